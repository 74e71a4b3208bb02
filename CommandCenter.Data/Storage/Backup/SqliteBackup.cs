using System.Security.Cryptography;
using CommandCenter.Data.Events;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CommandCenter.Data.Storage.Backup;

/// <summary>
/// Copies of the embedded database, made with SQLite's own online backup: of one moment, while others write. A copy stands
/// under its name only when it is whole, checked and on the disk.
/// </summary>
internal static class SqliteBackup
{
    // 4 MiB at a time: often enough to show how far it is and to stop.
    private const int PagesAtOnce = 1024;

    /// <summary>Copies a database into a file of another name in the same folder, makes sure that it is whole, and renames it.</summary>
    /// <exception cref="OperationRefusedException">There is no room, or the copy is damaged because the source is.</exception>
    public static async Task<BackupFile> CopyAsync(string source, string file, Action<long, long> progress, CancellationToken cancellationToken)
    {
        var unfinished = $"{file}.unfinished";
        File.Delete(unfinished);
        try
        {
            await Task.Run(() => CopyPages(source, unfinished, progress, cancellationToken), cancellationToken);
            var copy = await InspectAsync(unfinished, cancellationToken);
            File.Move(unfinished, file, overwrite: true);
            return copy with { File = file };
        }
        finally
        {
            // What is left of a copy that was stopped or refused.
            foreach (var rest in new[] { unfinished, $"{unfinished}-journal", $"{unfinished}-wal", $"{unfinished}-shm" })
            {
                File.Delete(rest);
            }
        }
    }

    /// <summary>Looks a file through, every page of it.</summary>
    /// <exception cref="OperationRefusedException">It is damaged, not ours, or of another schema.</exception>
    public static async Task<BackupFile> InspectAsync(string file, CancellationToken cancellationToken)
    {
        long position, incidents;
        int pending;
        LogGap? gap;
        try
        {
            await using var connection = Open(file, SqliteOpenMode.ReadOnly);
            var problems = (await connection.QueryAsync<string>(new CommandDefinition("PRAGMA integrity_check(5)", cancellationToken: cancellationToken))).AsList();
            if (problems is not ["ok"])
            {
                throw new OperationRefusedException(RefusalReason.Damaged, file, string.Join("; ", problems));
            }

            pending = Pending(connection, file);
            position = connection.ExecuteScalar<long?>("SELECT MAX(position) FROM event_log") ?? 0;
            incidents = connection.ExecuteScalar<long>("SELECT COUNT(*) FROM incident");
            var hasArchive = connection.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'event_archive'") == 1;
            gap = await LogGap.FindAsync(connection, null, hasArchive, cancellationToken);
        }
        catch (SqliteException e)
        {
            throw new OperationRefusedException(RefusalReason.Damaged, file, e.Message);
        }

        await using var bytes = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 20);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, cancellationToken));
        return new BackupFile(file, bytes.Length, hash, position, incidents, pending, gap);
    }

    /// <summary>A connection of its own, closed when it is disposed.</summary>
    public static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 2 }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static void CopyPages(string source, string file, Action<long, long> progress, CancellationToken cancellationToken)
    {
        using (var from = Open(source, SqliteOpenMode.ReadWrite))
        using (var to = Open(file, SqliteOpenMode.ReadWriteCreate))
        {
            // A transaction that reads keeps the moment: without it each commit of another process would begin the copy anew.
            using var moment = from.BeginTransaction(deferred: true);
            var bytes = from.ExecuteScalar<long>("SELECT (SELECT COUNT(*) FROM sqlite_master) * 0 + page_count * page_size FROM pragma_page_count, pragma_page_size", transaction: moment);
            RequireRoom(file, bytes);
            to.Execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF");
            Step(from, to, progress, cancellationToken);
        }

        // One file, not three: without a log beside it, so that it can be carried away and read from a disk that is read-only.
        using (var copy = Open(file, SqliteOpenMode.ReadWrite))
        {
            copy.Execute("PRAGMA journal_mode = DELETE");
        }

        using var written = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        written.Flush(flushToDisk: true);
    }

    private static void Step(SqliteConnection from, SqliteConnection to, Action<long, long> progress, CancellationToken cancellationToken)
    {
        using var backup = raw.sqlite3_backup_init(to.Handle!, "main", from.Handle!, "main");
        if (backup is null || backup.IsInvalid)
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(to.Handle!), to.Handle);
            return;
        }

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = raw.sqlite3_backup_step(backup, PagesAtOnce);
            var total = raw.sqlite3_backup_pagecount(backup);
            progress(total - raw.sqlite3_backup_remaining(backup), total);
            switch (result)
            {
                case raw.SQLITE_DONE:
                    return;
                case raw.SQLITE_OK:
                    break;
                case raw.SQLITE_BUSY or raw.SQLITE_LOCKED:
                    cancellationToken.WaitHandle.WaitOne(10);
                    break;
                default:
                    SqliteException.ThrowExceptionForRC(result, to.Handle);
                    break;
            }
        }
    }

    private static void RequireRoom(string file, long bytes)
    {
        var folder = Path.GetDirectoryName(file)!;
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < bytes)
        {
            throw new OperationRefusedException(RefusalReason.NoRoom, folder, (bytes >> 20) + 1, free >> 20);
        }
    }

    private static int Pending(SqliteConnection connection, string file)
    {
        if (connection.ExecuteScalar<int>("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'") == 0)
        {
            throw new OperationRefusedException(RefusalReason.NotOurs, file);
        }

        try
        {
            var applied = connection.Query<Schema.AppliedScript>("SELECT number, name, hash FROM schema_version ORDER BY number").AsList();
            return applied.Count == 0
                ? throw new OperationRefusedException(RefusalReason.NotOurs, file)
                : Schema.Pending(SchemaScript.For("sqlite"), applied).Count;
        }
        catch (StoreUnavailableException e)
        {
            throw new OperationRefusedException(RefusalReason.OtherSchema, file, e.Message);
        }
    }
}
