using System.Data.Common;
using Dapper;

namespace CommandCenter.Data.Storage.Copy;

/// <summary>
/// The database that is copied to. While the copy is unfinished its schema says so, as a script that no program knows: nobody
/// can start on half of the data, and the copy that is run again knows its own.
/// </summary>
internal sealed class CopyTarget(Store store, TimeProvider time) : IDisposable
{
    internal const int Mark = 9999;
    private const string Name = "unfinished copy: run the copy verb again";

    private DbConnection? _writer;

    public Dialect Dialect => store.Dialect;

    /// <summary>The connection that writes, opened when the database is there.</summary>
    public DbConnection Connection => _writer ??= store.Dialect.OpenWriter();

    /// <summary>Of which source the unfinished copy in it is, and up to which event; null when there is none.</summary>
    public Task<(string Source, long Head)?> UnfinishedAsync(CancellationToken cancellationToken) =>
        store.ReadAsync<(string, long)?>(
            async connection =>
            {
                var exists = store.Dialect is SqliteDialect
                    ? "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'"
                    : "SELECT CASE WHEN OBJECT_ID(N'schema_version', N'U') IS NULL THEN 0 ELSE 1 END";
                if (await connection.ExecuteScalarAsync<int>(new CommandDefinition(exists, cancellationToken: cancellationToken)) == 0)
                {
                    return null;
                }

                var mark = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
                    "SELECT hash FROM schema_version WHERE number = @Mark", new { Mark }, cancellationToken: cancellationToken));
                return mark?.Split(' ') is [var source, var head] ? (source, long.Parse(head, System.Globalization.CultureInfo.InvariantCulture)) : null;
            },
            cancellationToken);

    /// <summary>The first table that holds anything; null when all are empty.</summary>
    public async Task<string?> FilledAsync()
    {
        foreach (var table in StoreTables.All)
        {
            // Keys made when a program first started on the empty database, and marks of work, are not somebody's data.
            if (table.Name is not ("data_protection_key" or "privacy_key" or "privacy_mark") && await CountAsync(table) > 0)
            {
                return table.Name;
            }
        }

        return null;
    }

    /// <summary>Says that what is in it is an unfinished copy. What may have changed in the source since is taken out again.</summary>
    public void Begin(string source, long head, bool isStale)
    {
        using var transaction = Dialect.BeginWrite(Connection);
        if (isStale)
        {
            foreach (var table in StoreTables.All.Reverse().Where(table => !table.OnlyGrows))
            {
                Clear(table, transaction);
            }
        }

        Connection.Execute("DELETE FROM schema_version WHERE number = @Mark", new { Mark }, transaction);
        Connection.Execute(
            "INSERT INTO schema_version (number, name, hash, applied_at) VALUES (@Mark, @Name, @hash, @at)",
            new { Mark, Name, hash = $"{source} {head}", at = Dialect.Instant(time.GetUtcNow().UtcDateTime) },
            transaction);
        transaction.Commit();
    }

    public void Clear(StoreTable table, DbTransaction transaction)
    {
        if (table.Name == "area" && Dialect is SqliteDialect)
        {
            Connection.Execute("DELETE FROM area_box", transaction: transaction);
        }

        Connection.Execute($"DELETE FROM {table.Name}", transaction: transaction, commandTimeout: 0);
    }

    public Task<long> CountAsync(StoreTable table) => DatabaseCopy.CountAsync(Connection, null, table);

    /// <summary>The number of the last row that is there; 0 when none is.</summary>
    public async Task<long> LastAsync(StoreTable table) =>
        await Connection.ExecuteScalarAsync<long?>($"SELECT MAX({table.Number}) FROM {table.Name}", commandTimeout: 0) ?? 0;

    /// <summary>Fills what the embedded store derives, and takes the mark away: from here on it is a database like any other.</summary>
    public void Finish()
    {
        using var transaction = Dialect.BeginWrite(Connection);
        Connection.Execute("DELETE FROM schema_version WHERE number = @Mark", new { Mark }, transaction);
        transaction.Commit();
    }

    public void FillIndexes()
    {
        if (Dialect is not SqliteDialect)
        {
            return;
        }

        using var transaction = Dialect.BeginWrite(Connection);
        Connection.Execute("DELETE FROM area_box", transaction: transaction);
        Connection.Execute(
            "INSERT INTO area_box (id, min_lon, max_lon, min_lat, max_lat) SELECT id, min_lon, max_lon, min_lat, max_lat FROM area", transaction: transaction);
        transaction.Commit();
    }

    public void Dispose() => _writer?.Dispose();
}
