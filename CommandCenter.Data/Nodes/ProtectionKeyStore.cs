using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Nodes;

/// <summary>The keys that cookies and forms are protected with, as XML elements. They are added and never changed.</summary>
public sealed class ProtectionKeyStore(Store store)
{
    /// <returns>XML, one element a key or revocation, oldest first.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<string>>(
            async connection => (await connection.QueryAsync<string>(new CommandDefinition(
                "SELECT element FROM data_protection_key ORDER BY created_at, name", cancellationToken: cancellationToken))).AsList(),
            cancellationToken);

    /// <param name="name">At most 200 characters, unique.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task AddAsync(string name, string element, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session => session.Execute(
                "INSERT INTO data_protection_key (name, element, created_at) VALUES (@name, @element, @at)",
                ("@name", name), ("@element", element), ("@at", session.Dialect.Instant(DatabaseClock.Now(session)))),
            cancellationToken);
}
