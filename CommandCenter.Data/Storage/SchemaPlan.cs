using Microsoft.Data.SqlClient;

namespace CommandCenter.Data.Storage;

/// <summary>What bringing a database to this program's schema would do.</summary>
/// <param name="Database">The file, or server and database, for people.</param>
/// <param name="Exists">Whether the database is there at all.</param>
/// <param name="Pending">The scripts still to run, in order.</param>
public sealed record SchemaPlan(string Database, bool Exists, IReadOnlyList<PendingScript> Pending);

/// <summary>A schema script that did not run yet.</summary>
/// <param name="IsSkipped">The settings leave it out: it will only be recorded.</param>
public sealed record PendingScript(int Number, string Name, bool IsSkipped);

public sealed partial class Schema
{
    // "Cannot open database": it is not there, or not for this account.
    // The second is what Babelfish says.
    private const int CannotOpenDatabase = 4060, NoSuchDatabase = 911;

    /// <summary>Says what <see cref="MigrateAsync"/> would run, and changes nothing.</summary>
    /// <exception cref="StoreUnavailableException">As <see cref="MigrateAsync"/>.</exception>
    public async Task<SchemaPlan> PlanAsync(CancellationToken cancellationToken)
    {
        var scripts = SchemaScript.For(store.Dialect.ScriptFolder);
        if (store.Dialect is SqliteDialect sqlite && !File.Exists(sqlite.DatabaseFile))
        {
            return Plan(exists: false, scripts);
        }

        try
        {
            var applied = await store.ReadAsync(
                async connection =>
                {
                    await store.Dialect.LookAsync(connection, cancellationToken);
                    return await AppliedAsync(connection);
                },
                cancellationToken);
            return Plan(exists: true, Pending(scripts, applied));
        }
        catch (StoreUnavailableException e) when (e.InnerException is SqlException { Number: CannotOpenDatabase or NoSuchDatabase })
        {
            return Plan(exists: false, scripts);
        }
    }

    private SchemaPlan Plan(bool exists, IReadOnlyList<SchemaScript> pending) =>
        new(store.Dialect.DatabaseName, exists, [.. pending.Select(script => new PendingScript(script.Number, script.Name, IsSkipped(script)))]);
}
