using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Data.Storage;

/// <summary>Brings the database to the schema of this program, or refuses to touch it.</summary>
public sealed partial class Schema(Store store, TimeProvider time, ILogger<Schema> logger)
{
    /// <summary>Runs, once each and in order, the scripts that this database has not seen.</summary>
    /// <exception cref="StoreUnavailableException">
    /// The database is newer than the program or was made by an edited script (<see cref="StoreFault.SchemaMismatch"/>), or it
    /// can't serve. Scripts before the one that failed are kept, each whole; nothing of the failed one is.
    /// </exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await store.Dialect.PrepareAsync(cancellationToken);
        var scripts = SchemaScript.For(store.Dialect.ScriptFolder);
        try
        {
            using var connection = store.Dialect.OpenWriter();
            CreateVersionTable(connection);
            foreach (var script in Pending(scripts, Applied(connection)))
            {
                Run(connection, script);
                LogApplied(script.Number, script.Name);
            }
        }
        catch (Exception e) when (store.Dialect.Unavailable(e) is { } unavailable)
        {
            throw unavailable;
        }
    }

    private static List<AppliedScript> Applied(DbConnection connection) =>
        connection.Query<AppliedScript>("SELECT number, name, hash FROM schema_version ORDER BY number").ToList();

    /// <summary>The scripts still to run; the ones that ran must be ours, unedited, without a hole.</summary>
    internal static IEnumerable<SchemaScript> Pending(IReadOnlyList<SchemaScript> scripts, IReadOnlyList<AppliedScript> applied)
    {
        foreach (var done in applied)
        {
            var ours = scripts.FirstOrDefault(script => script.Number == done.Number)
                ?? throw new StoreUnavailableException(
                    StoreFault.SchemaMismatch,
                    $"The database is newer than this program: it has script {done.Number:000} ({done.Name}), this program knows scripts up to {scripts[^1].Number:000}. "
                    + "Start the newer program, or restore a backup from before the upgrade. Nothing was changed.");
            if (!string.Equals(ours.Hash, done.Hash, StringComparison.OrdinalIgnoreCase))
            {
                throw new StoreUnavailableException(
                    StoreFault.SchemaMismatch,
                    $"Schema script {done.Number:000} ({done.Name}) differs from the one that made this database. A script that ran is never edited; "
                    + "add a new one, or start the program that made the database. Nothing was changed.");
            }
        }

        var last = applied.Count == 0 ? 0 : applied.Max(script => script.Number);
        return scripts.Where(script => script.Number > last);
    }

    private void CreateVersionTable(DbConnection connection)
    {
        // Under the write lock, because several nodes may start on an empty database at once.
        using var transaction = store.Dialect.BeginWrite(connection);
        var sql = store.Dialect.ScriptFolder == "sqlite"
            ? """
              CREATE TABLE IF NOT EXISTS schema_version (
                number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT
              """
            : """
              IF OBJECT_ID(N'schema_version', N'U') IS NULL
              CREATE TABLE schema_version (
                number int NOT NULL CONSTRAINT schema_version_pk PRIMARY KEY, name nvarchar(100) NOT NULL, hash nvarchar(64) NOT NULL, applied_at datetime2(3) NOT NULL)
              """;
        connection.Execute(sql, transaction: transaction);
        transaction.Commit();
    }

    private void Run(DbConnection connection, SchemaScript script)
    {
        using var transaction = store.Dialect.BeginWrite(connection);

        // Another node may have run it while this one waited for the lock.
        if (connection.ExecuteScalar<int>("SELECT COUNT(*) FROM schema_version WHERE number = @Number", script, transaction) > 0)
        {
            return;
        }

        foreach (var batch in script.Batches)
        {
            connection.Execute(batch, transaction: transaction);
        }

        connection.Execute(
            "INSERT INTO schema_version (number, name, hash, applied_at) VALUES (@Number, @Name, @Hash, @appliedAt)",
            new { script.Number, script.Name, script.Hash, appliedAt = store.Dialect.Instant(time.GetUtcNow().UtcDateTime) },
            transaction);
        transaction.Commit();
    }

    [LoggerMessage(LogLevel.Information, "Schema script {Number} ({Name}) applied")]
    private partial void LogApplied(int number, string name);

    internal sealed record AppliedScript
    {
        public int Number { get; init; }

        public string Name { get; init; } = "";

        public string Hash { get; init; } = "";
    }
}
