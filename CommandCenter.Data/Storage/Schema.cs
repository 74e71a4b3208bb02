using System.Data.Common;
using CommandCenter.Data.Privacy;
using CommandCenter.Data.Storage.Copy;
using Dapper;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Data.Storage;

/// <summary>Brings the database to the schema of this program, or refuses to touch it.</summary>
public sealed partial class Schema(Store store, TimeProvider time, ILogger<Schema> logger)
{
    /// <summary>Makes the table that says which scripts ran, on the embedded store.</summary>
    internal const string SqliteVersionTable =
        """
        CREATE TABLE IF NOT EXISTS schema_version (
          number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT
        """;

    /// <summary>Stands behind the name of a script that Storage:SkipScripts left out.</summary>
    internal const string SkippedMark = " (skipped)";

    /// <summary>
    /// Runs, once each and in order, the scripts that this database has not seen. With nothing to run it only reads, so that a
    /// node starts while another holds the write lock, and on a database that may only be read.
    /// </summary>
    /// <exception cref="StoreUnavailableException">
    /// The database is newer than the program or was made by an edited script (<see cref="StoreFault.SchemaMismatch"/>), or it
    /// can't serve. Scripts before the one that failed are kept, each whole; nothing of the failed one is.
    /// </exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var scripts = SchemaScript.For(store.Dialect.ScriptFolder);
        try
        {
            if (await store.Dialect.PrepareAsync(cancellationToken) is { } advice)
            {
                store.Advice = advice;
                LogAdvice(advice);
            }

            IReadOnlyList<AppliedScript> applied;
            await using (var reader = await store.Dialect.OpenReaderAsync(cancellationToken))
            {
                applied = await AppliedAsync(reader);
            }

            var pending = Pending(scripts, applied).Count;
            await store.Dialect.CheckRightsAsync(toMigrate: pending > 0, cancellationToken);
            if (pending > 0)
            {
                using var connection = store.Dialect.OpenWriter();
                CreateVersionTable(connection);
                foreach (var script in Pending(scripts, await AppliedAsync(connection)))
                {
                    if (Run(connection, script))
                    {
                        LogApplied(script.Number, script.Name);
                    }
                    else
                    {
                        LogSkipped(script.Number, script.Name);
                    }
                }
            }

            await KeyRegister.CheckAsync(store.Dialect, time.GetUtcNow().UtcDateTime, cancellationToken);
            if (await PlainSealing.RunAsync(store.Dialect, LogSealing, cancellationToken) is var rows and > 0)
            {
                LogSealed(rows);
            }
        }
        catch (Exception e) when (store.Dialect.Unavailable(e) is { } unavailable)
        {
            throw unavailable;
        }
    }

    private async Task<IReadOnlyList<AppliedScript>> AppliedAsync(DbConnection connection)
    {
        var exists = store.Dialect.ScriptFolder == "sqlite"
            ? "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'"
            : "SELECT CASE WHEN OBJECT_ID(N'schema_version', N'U') IS NULL THEN 0 ELSE 1 END";
        return await connection.ExecuteScalarAsync<int>(exists) == 0
            ? []
            : (await connection.QueryAsync<AppliedScript>("SELECT number, name, hash FROM schema_version ORDER BY number")).AsList();
    }

    /// <summary>The scripts still to run; the ones that ran must be ours, unedited, without a hole.</summary>
    internal static IReadOnlyList<SchemaScript> Pending(IReadOnlyList<SchemaScript> scripts, IReadOnlyList<AppliedScript> applied)
    {
        foreach (var done in applied)
        {
            if (done.Number == CopyTarget.Mark)
            {
                throw new StoreUnavailableException(
                    StoreFault.SchemaMismatch,
                    "The database is the target of an unfinished copy: not all of its data is there yet. Run the copy verb again with the same --from and --to; "
                    + "it goes on where it stopped. Nothing was changed.");
            }

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
        if (scripts.FirstOrDefault(script => script.Number < last && applied.All(done => done.Number != script.Number)) is { } missed)
        {
            throw new StoreUnavailableException(
                StoreFault.SchemaMismatch,
                $"The database has script {last:000} but not {missed.Number:000} ({missed.Name}), which comes before it: it was made by an unfinished "
                + "version of this program. Start with a new database, or restore a backup. Nothing was changed.");
        }

        return scripts.Where(script => script.Number > last).ToList();
    }

    private void CreateVersionTable(DbConnection connection)
    {
        // Under the write lock, because several nodes may start on an empty database at once.
        using var transaction = store.Dialect.BeginWrite(connection);
        var sql = store.Dialect.ScriptFolder == "sqlite"
            ? SqliteVersionTable
            : """
              IF OBJECT_ID(N'schema_version', N'U') IS NULL
              CREATE TABLE schema_version (
                number int NOT NULL CONSTRAINT schema_version_pk PRIMARY KEY, name nvarchar(100) NOT NULL, hash nvarchar(64) NOT NULL, applied_at datetime2(3) NOT NULL)
              """;
        connection.Execute(sql, transaction: transaction);
        transaction.Commit();
    }

    /// <returns>False when it was left out, as the settings say.</returns>
    private bool Run(DbConnection connection, SchemaScript script)
    {
        using var transaction = store.Dialect.BeginWrite(connection);

        // Another node may have run it while this one waited for the lock.
        if (connection.ExecuteScalar<int>("SELECT COUNT(*) FROM schema_version WHERE number = @Number", script, transaction) > 0)
        {
            return true;
        }

        // One that is left out is recorded all the same, so that those after it find no hole.
        var skipped = IsSkipped(script);
        try
        {
            foreach (var batch in skipped ? [] : script.Batches)
            {
                connection.Execute(batch, transaction: transaction);
            }
        }
        catch (DbException e) when (store.Dialect.Unavailable(e) is null)
        {
            throw Failed(script, e);
        }

        connection.Execute(
            "INSERT INTO schema_version (number, name, hash, applied_at) VALUES (@Number, @Name, @Hash, @appliedAt)",
            new { script.Number, Name = skipped ? script.Name + SkippedMark : script.Name, script.Hash, appliedAt = store.Dialect.Instant(time.GetUtcNow().UtcDateTime) },
            transaction);
        transaction.Commit();
        return !skipped;
    }

    private bool IsSkipped(SchemaScript script) => script.IsOptional && store.Dialect.SkippedScripts.Contains(script.Name);

    internal static StoreUnavailableException Failed(SchemaScript script, Exception failure) => new(
        StoreFault.Misconfigured,
        $"Schema script {script.Number:000} ({script.Name}) failed: {failure.Message.TrimEnd('.')}. Nothing of it was kept; scripts before it stay. "
            + (script.IsOptional
                ? "A server without spatial indexes can do without it: name it, and the others like it, in Storage:SkipScripts (of copy: --skip-scripts)."
                : "The database holds tables of something else, or the server is none that this program knows (db/README.md)."),
        failure);

    [LoggerMessage(LogLevel.Information, "Schema script {Number} ({Name}) applied")]
    private partial void LogApplied(int number, string name);

    [LoggerMessage(LogLevel.Information, "Schema script {Number} ({Name}) is left out, as Storage:SkipScripts says")]
    private partial void LogSkipped(int number, string name);

    [LoggerMessage(LogLevel.Debug, "Names, phones and addresses of {Rows} incidents are sealed")]
    private partial void LogSealing(long rows);

    [LoggerMessage(LogLevel.Information, "Names, phones and addresses of all {Rows} incidents from before are sealed")]
    private partial void LogSealed(long rows);

    [LoggerMessage(LogLevel.Warning, "{Advice}")]
    private partial void LogAdvice(string advice);

    internal sealed record AppliedScript
    {
        public int Number { get; init; }

        public string Name { get; init; } = "";

        public string Hash { get; init; } = "";
    }
}
