using System.Globalization;

namespace CommandCenter.Data.Storage.Backup;

/// <summary>Backs the database up and puts a backup back; for SQL Server, which does that itself, says how.</summary>
public sealed class DatabaseBackup(Store store, TimeProvider time)
{
    // The file, and what SQLite keeps beside it.
    private static readonly string[] Parts = ["", "-wal", "-shm", "-journal"];

    /// <summary>Whether the database is a file that the program backs up itself.</summary>
    public bool IsOwnWork => store.Dialect is SqliteDialect;

    /// <summary>Copies the embedded database as of one moment, while the program runs.</summary>
    /// <exception cref="OperationRefusedException">Nothing was written.</exception>
    /// <exception cref="IOException">The file can't be written; nothing stands under its name.</exception>
    public async Task<BackupFile> BackUpAsync(string file, bool overwrite, Action<long, long> progress, CancellationToken cancellationToken)
    {
        var source = DatabaseFile;
        file = Path.GetFullPath(file);
        if (!File.Exists(source))
        {
            throw new OperationRefusedException(RefusalReason.NoDatabase, source);
        }

        if (IsPartOf(file, source))
        {
            throw new OperationRefusedException(RefusalReason.SameFile, file);
        }

        if (!Directory.Exists(Path.GetDirectoryName(file)))
        {
            throw new OperationRefusedException(RefusalReason.NoFolder, Path.GetDirectoryName(file) ?? file);
        }

        if (Directory.Exists(file))
        {
            throw new OperationRefusedException(RefusalReason.IsFolder, file);
        }

        return File.Exists(file) && !overwrite
            ? throw new OperationRefusedException(RefusalReason.FileExists, file)
            : await SqliteBackup.CopyAsync(source, file, progress, cancellationToken);
    }

    /// <summary>Puts a backup in the place of the embedded database, which no program may have open.</summary>
    /// <param name="allowGaps">Take one, too, from whose log events are missing.</param>
    /// <exception cref="OperationRefusedException">Nothing was changed.</exception>
    public Task<RestoredDatabase> RestoreAsync(string file, bool allowGaps, Action<long, long> progress, CancellationToken cancellationToken)
    {
        file = Path.GetFullPath(file);
        return Directory.Exists(file) ? throw new OperationRefusedException(RefusalReason.IsFolder, file)
            : !File.Exists(file) ? throw new OperationRefusedException(RefusalReason.NoFile, file)
            : IsPartOf(file, DatabaseFile) ? throw new OperationRefusedException(RefusalReason.SameFile, file)
            : SqliteRestore.RunAsync(file, DatabaseFile, allowGaps, time.GetUtcNow().UtcDateTime, progress, cancellationToken);
    }

    /// <summary>What SQL Server must be told to back the database up into a file on its own machine.</summary>
    /// <exception cref="StoreUnavailableException">The server is away.</exception>
    public Task<ServerBackupPlan> PlanBackupAsync(string file, CancellationToken cancellationToken) =>
        ServerBackup.PlanAsync(store, facts => ServerBackup.BackupStatements(facts, file), cancellationToken);

    /// <summary>What SQL Server must be told to put a backup back.</summary>
    /// <exception cref="StoreUnavailableException">The server is away.</exception>
    public Task<ServerBackupPlan> PlanRestoreAsync(string file, CancellationToken cancellationToken)
    {
        var before = string.Create(CultureInfo.InvariantCulture, $"{file}.before-{time.GetUtcNow():yyyyMMdd'T'HHmmss}Z.bak");
        return ServerBackup.PlanAsync(store, facts => ServerBackup.RestoreStatements(facts, file, before), cancellationToken);
    }

    private string DatabaseFile => ((SqliteDialect)store.Dialect).DatabaseFile;

    private static bool IsPartOf(string file, string database)
    {
        var comparison = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return Parts.Any(suffix => string.Equals(file, database + suffix, comparison));
    }
}
