using System.Data.Common;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CommandCenter.Data.Events;
using CommandCenter.Data.Privacy;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Data.Storage.Copy;

/// <summary>A table that was copied.</summary>
/// <param name="Copied">Rows copied now; the others were there from a copy that was stopped.</param>
/// <param name="Sha256">Over all its rows in the order of the key; the same in both databases.</param>
public sealed record CopiedTable(string Name, long Rows, long Copied, string Sha256);

/// <summary>How far a copy is.</summary>
/// <param name="IsComparison">The table is copied and both sides are being read once more.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CopyStep(string Table, bool IsComparison, long Rows, long Total);

/// <summary>What a copy came to.</summary>
/// <param name="Head">The last event that was copied; what came later in the source is not in the target.</param>
/// <param name="Outcome">How it came about.</param>
/// <param name="Gap">Events that are missing from the log of both; null when none is.</param>
public sealed record CopyResult(string From, string To, long Head, CopyOutcome Outcome, LogGap? Gap, IReadOnlyList<CopiedTable> Tables);

/// <summary>How the target came to hold everything.</summary>
public enum CopyOutcome
{
    Copied,

    /// <summary>It went on with one that was stopped.</summary>
    Resumed,

    /// <summary>It held everything already; both were compared and nothing was changed.</summary>
    Complete,
}

/// <summary>
/// Copies a whole database into an empty one of the same or the other kind: every table, events with their positions, as of one
/// moment of the source. A copy that was stopped, however, goes on where it stopped when it is run again.
/// </summary>
public static partial class DatabaseCopy
{
    private const int RowsAtOnce = 10_000;

    /// <param name="allowGaps">Copy, too, a log from which events are missing.</param>
    /// <exception cref="OperationRefusedException">Nothing was changed in the target, or it is marked as unfinished.</exception>
    /// <exception cref="StoreUnavailableException">One of the databases can't serve. Run it again to go on.</exception>
    public static async Task<CopyResult> RunAsync(
        StorageOptions from, StorageOptions to, bool allowGaps, TimeProvider time, Action<CopyStep> progress, CancellationToken cancellationToken)
    {
        using var source = new Store(from, time, NullLogger<Store>.Instance);
        if (to is { Provider: StorageProvider.SqlServer, KeyFile.Length: 0 })
        {
            to.KeyFile = source.Dialect.Keys.Path;
        }

        using var store = new Store(to, time, NullLogger<Store>.Instance);
        if (string.Equals(source.Dialect.DatabaseName, store.Dialect.DatabaseName, StringComparison.Ordinal))
        {
            throw new OperationRefusedException(RefusalReason.SameDatabase, source.Dialect.DatabaseName);
        }

        await RequireSourceAsync(source, time, cancellationToken);
        await TakeKeysAlongAsync(source, store.Dialect.Keys, cancellationToken);
        using var target = new CopyTarget(store, time);
        return await source.ReadAsync(
            async connection =>
            {
                await using var moment = source.Dialect.BeginRead(connection);
                var reading = new Source(source.Dialect, connection, moment);
                var head = await connection.ExecuteScalarAsync<long?>(EventLogTable.HeadSql, transaction: moment) ?? 0;
                var gap = await LogGap.FindAsync(connection, moment, hasArchive: true, cancellationToken);
                if (gap is { } missing && !allowGaps)
                {
                    throw new OperationRefusedException(RefusalReason.LogGap, source.Dialect.DatabaseName, missing.Events, missing.First);
                }

                if (await FinishedAsync(store, target, time, cancellationToken) is { } filled)
                {
                    return new CopyResult(
                        source.Dialect.DatabaseName, store.Dialect.DatabaseName, head, CopyOutcome.Complete, gap,
                        await SameAsync(reading, target, filled, progress, cancellationToken));
                }

                var resumed = await PrepareAsync(store, target, await FingerprintAsync(reading, cancellationToken), head, time, cancellationToken);
                var copied = new Dictionary<string, long>(StringComparer.Ordinal);
                foreach (var table in StoreTables.All)
                {
                    copied[table.Name] = await CopyAsync(reading, target, table, progress, cancellationToken);
                }

                target.FillIndexes();
                var tables = await CompareAllAsync(reading, target, copied, progress, cancellationToken);
                target.Finish();
                return new CopyResult(
                    source.Dialect.DatabaseName, store.Dialect.DatabaseName, head, resumed ? CopyOutcome.Resumed : CopyOutcome.Copied, gap, tables);
            },
            cancellationToken);
    }

    /// <returns>The first table that holds anything of a target that is no unfinished copy; null when it is empty, or is one.</returns>
    private static async Task<string?> FinishedAsync(Store store, CopyTarget target, TimeProvider time, CancellationToken cancellationToken)
    {
        if (store.Dialect is SqliteDialect sqlite && !File.Exists(sqlite.DatabaseFile) || await TryUnfinishedAsync(target, cancellationToken) is not null)
        {
            return null;
        }

        var plan = await new Schema(store, time, NullLogger<Schema>.Instance).PlanAsync(cancellationToken);
        return plan is { Exists: true, Pending.Count: 0 } ? await target.FilledAsync() : null;
    }

    // What is sealed is copied as it is, so the target needs the source's keys: in a file of its own where it has none yet.
    private static async Task TakeKeysAlongAsync(Store source, KeyRing target, CancellationToken cancellationToken)
    {
        var keys = source.Dialect.Keys;
        if (await source.ReadAsync(KeyRegister.HasAnyAsync, cancellationToken))
        {
            // Refuses when the file is not named or not there: a copy that nobody can read is none.
            keys.Reload();
        }

        if (keys.Path == target.Path || !File.Exists(keys.Path))
        {
            return;
        }

        if (!File.Exists(target.Path))
        {
            KeyFile.Copy(keys.Path, target.Path);
        }
        else if (!keys.Reload().AreIn(target.Reload()))
        {
            throw new OperationRefusedException(RefusalReason.OtherKeys, target.Path, keys.Path);
        }
    }

    private static async Task RequireSourceAsync(Store source, TimeProvider time, CancellationToken cancellationToken)
    {
        var plan = await new Schema(source, time, NullLogger<Schema>.Instance).PlanAsync(cancellationToken);
        if (!plan.Exists || plan.Pending.Count > 0)
        {
            throw new OperationRefusedException(plan.Exists ? RefusalReason.NotMigrated : RefusalReason.NoDatabase, plan.Database);
        }
    }

    /// <returns>Whether the target holds an unfinished copy of this source.</returns>
    private static async Task<bool> PrepareAsync(Store store, CopyTarget target, string source, long head, TimeProvider time, CancellationToken cancellationToken)
    {
        var schema = new Schema(store, time, NullLogger<Schema>.Instance);
        var exists = store.Dialect is not SqliteDialect sqlite || File.Exists(sqlite.DatabaseFile);
        var unfinished = exists ? await TryUnfinishedAsync(target, cancellationToken) : null;
        if (unfinished is { } begun)
        {
            if (begun.Source != source)
            {
                throw new OperationRefusedException(RefusalReason.OtherCopy, store.Dialect.DatabaseName, begun.Source);
            }

            target.Begin(source, head, isStale: begun.Head != head);
            return true;
        }

        await schema.MigrateAsync(cancellationToken);
        if (await target.FilledAsync() is { } older)
        {
            throw new OperationRefusedException(RefusalReason.NotEmpty, store.Dialect.DatabaseName, older);
        }

        target.Begin(source, head, isStale: true);
        return false;
    }

    // A server without the database yet has no unfinished copy either; migrating makes it, or says what is missing.
    private static async Task<(string Source, long Head)?> TryUnfinishedAsync(CopyTarget target, CancellationToken cancellationToken)
    {
        try
        {
            return await target.UnfinishedAsync(cancellationToken);
        }
        catch (StoreUnavailableException e) when (e is { Fault: StoreFault.Away, InnerException: Microsoft.Data.SqlClient.SqlException { Number: 4060 or 911 } })
        {
            return null;
        }
    }

    // The first event that is kept: it names a database however its file is called. And how much of its logs is archived or over
    // its time: what was taken out of the source since can't be taken out of the target, so such a copy is begun anew.
    private static async Task<string> FingerprintAsync(Source source, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await using var writer = new BinaryWriter(bytes);
        using (var rows = await CopiedRows.OpenAsync(source.Dialect, source.Connection, source.Moment, StoreTables.All[0], null, cancellationToken))
        {
            if (rows.Next())
            {
                rows.WriteTo(writer);
            }
        }

        var mark = await source.Connection.ExecuteScalarAsync<long?>(EventLogTable.ArchivedSql, transaction: source.Moment) ?? 0;
        if (mark > 0)
        {
            writer.Write(mark);
            writer.Write(await CountBelowAsync(source.Connection, source.Moment, mark));
        }

        var expired = await source.Connection.ExecuteScalarAsync<long?>("SELECT MAX(through_sequence) FROM audit_checkpoint", transaction: source.Moment) ?? 0;
        if (expired > 0)
        {
            writer.Write(expired);
        }

        writer.Flush();
        return Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))[..16];
    }

    private static async Task<long> CopyAsync(Source source, CopyTarget target, StoreTable table, Action<CopyStep> progress, CancellationToken cancellationToken)
    {
        var total = await source.CountAsync(table);
        var there = await target.CountAsync(table);
        long? after = table.Number is null ? null : await target.LastAsync(table);
        using var writer = target.Dialect.OpenRowWriter(target.Connection, table.Rows);
        using var rows = await CopiedRows.OpenAsync(source.Dialect, source.Connection, source.Moment, table, after, cancellationToken);
        var transaction = target.Dialect.BeginWrite(target.Connection);
        var copied = 0L;
        try
        {
            if (table.Number is null)
            {
                there = 0;
                target.Clear(table, transaction);
            }

            while (rows.Next())
            {
                writer.Add(transaction, rows.ForInsert(target.Dialect));
                if (++copied % RowsAtOnce == 0)
                {
                    progress(new CopyStep(table.Name, IsComparison: false, there + copied, total));
                    if (table.Number is not null)
                    {
                        writer.Flush(transaction);
                        await transaction.CommitAsync(cancellationToken);
                        await transaction.DisposeAsync();
                        transaction = target.Dialect.BeginWrite(target.Connection);
                    }
                }
            }

            writer.Flush(transaction);
            await transaction.CommitAsync(cancellationToken);
        }
        finally
        {
            await transaction.DisposeAsync();
        }

        progress(new CopyStep(table.Name, IsComparison: false, there + copied, total));
        return copied;
    }

    /// <summary>How many events the log has up to a position.</summary>
    internal static Task<long> CountBelowAsync(DbConnection connection, DbTransaction? moment, long mark) =>
        connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM event_log WHERE position <= @mark", new { mark }, moment, commandTimeout: 0);

    /// <summary>How many rows a table has.</summary>
    internal static Task<long> CountAsync(DbConnection connection, DbTransaction? moment, StoreTable table) =>
        connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {table.Name}", transaction: moment, commandTimeout: 0);

    private sealed record Source(Dialect Dialect, DbConnection Connection, DbTransaction Moment)
    {
        public Task<long> CountAsync(StoreTable table) => DatabaseCopy.CountAsync(Connection, Moment, table);
    }
}
