using System.Globalization;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Accounts;

/// <summary>What the tables of accounts, keys and walls have in common.</summary>
internal static class AccessTable
{
    /// <summary>The next id of a table. Safe because a session holds the write lock; rows are never deleted.</summary>
    public static long NextId(WriteSession session, string table) =>
        Convert.ToInt64(session.Scalar($"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}"), CultureInfo.InvariantCulture);

    /// <summary>Makes every node read anew whom it lets in.</summary>
    public static void Changed(WriteSession session) => session.Execute("UPDATE access_version SET version = version + 1");
}

/// <summary>A number that grows whenever an account, session, key or wall changes.</summary>
public sealed class AccessVersion(Store store)
{
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<long> ReadAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(
            connection => connection.QuerySingleAsync<long>(new CommandDefinition("SELECT version FROM access_version", cancellationToken: cancellationToken)),
            cancellationToken);
}
