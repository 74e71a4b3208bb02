using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Data.Storage.Backup;

/// <summary>Puts a backup in the place of the embedded database, and keeps what was there.</summary>
internal static class SqliteRestore
{
    private static readonly string[] Logs = ["-wal", "-shm", "-journal"];

    private const int Busy = 5, Locked = 6, Corrupt = 11, NotADatabase = 26;

    /// <exception cref="OperationRefusedException">The backup is no good, or another process has the database open.</exception>
    public static async Task<RestoredDatabase> RunAsync(string backup, string database, bool allowGaps, DateTime now, Action<long, long> progress, CancellationToken cancellationToken)
    {
        if ((await SqliteBackup.InspectAsync(backup, cancellationToken)).Gap is { } gap && !allowGaps)
        {
            throw new OperationRefusedException(RefusalReason.LogGap, backup, gap.Events, gap.First);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(database)!);

        // Held until the new file is in its place: nothing can open the old one meanwhile and write into what is put aside.
        using var hold = File.Exists(database) ? Hold(database) : null;
        var prepared = $"{database}.restoring";
        var restored = await SqliteBackup.CopyAsync(backup, prepared, progress, cancellationToken);
        if (OperatingSystem.IsWindows())
        {
            // There an open file can't be renamed.
            hold?.Dispose();
        }

        return new RestoredDatabase(restored with { File = database }, Put(prepared, database, isHeld: hold is not null, now));
    }

    private static string? Put(string prepared, string database, bool isHeld, DateTime now)
    {
        if (!File.Exists(database))
        {
            File.Move(prepared, database);
            return null;
        }

        var replaced = NewName(string.Create(CultureInfo.InvariantCulture, $"{database}.replaced-{now:yyyyMMdd'T'HHmmss}Z"));

        // What stands beside a damaged database belongs to it and would spoil the new one. One that was sound was written whole
        // when it was taken hold of, and only an empty journal is left.
        foreach (var suffix in Logs.Where(suffix => File.Exists(database + suffix)))
        {
            if (isHeld)
            {
                File.Delete(database + suffix);
            }
            else
            {
                File.Move(database + suffix, replaced + suffix);
            }
        }

        // In one step: there is no moment at which no database stands there and a starting program would make an empty one.
        File.Replace(prepared, database, replaced, ignoreMetadataErrors: true);
        return replaced;
    }

    // What was put aside a moment ago is somebody's database too.
    private static string NewName(string wanted)
    {
        var name = wanted;
        for (var i = 2; File.Exists(name); i++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{wanted}-{i}");
        }

        return name;
    }

    /// <summary>The only connection to the database. Whoever has it open, reading or idle, keeps us from having it.</summary>
    private static SqliteConnection? Hold(string database)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteBackup.Open(database, SqliteOpenMode.ReadWrite);
            connection.Execute("PRAGMA locking_mode = EXCLUSIVE");

            // Writes the log into the file and takes it away. It needs to be alone for that.
            connection.ExecuteScalar("PRAGMA journal_mode = DELETE");
            connection.Execute("BEGIN EXCLUSIVE");
            return connection;
        }
        catch (SqliteException e) when ((e.SqliteErrorCode & 0xFF) is Busy or Locked)
        {
            connection?.Dispose();
            throw new OperationRefusedException(RefusalReason.InUse, database);
        }
        catch (SqliteException e) when ((e.SqliteErrorCode & 0xFF) is Corrupt or NotADatabase)
        {
            // No program runs on it, and it is what the backup is for.
            connection?.Dispose();
            return null;
        }
    }
}
