using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Accounts;

public sealed partial class AccountStore
{
    /// <summary>All accounts, by name.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<Account>>(
            async connection => (await connection.QueryAsync<Account>(new CommandDefinition(
                $"SELECT {Columns} FROM account ORDER BY name_key", cancellationToken: cancellationToken))).AsList(),
            cancellationToken);

    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public async Task<bool> AnyAsync(CancellationToken cancellationToken) => await store.ReadAsync(
        connection => connection.ExecuteScalarAsync<long?>(new CommandDefinition("SELECT MIN(id) FROM account", cancellationToken: cancellationToken)),
        cancellationToken) is not null;

    /// <summary>How many recovery codes are left.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<int> RecoveryLeftAsync(long id, CancellationToken cancellationToken) => store.ReadAsync(
        connection => connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "SELECT COUNT(*) FROM account_recovery WHERE account_id = @id AND used_at IS NULL", new { id }, cancellationToken: cancellationToken)),
        cancellationToken);

    // Hashes of earlier passwords, the latest first.
    internal static Task<IReadOnlyList<string>> PasswordsAsync(Store store, long id, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<string>>(
            async connection => (await connection.QueryAsync<string>(new CommandDefinition(
                "SELECT hash FROM account_password WHERE account_id = @id ORDER BY set_at DESC", new { id }, cancellationToken: cancellationToken))).AsList(),
            cancellationToken);

    // What a change needs to know, under the write lock.
    internal static Account? Read(WriteSession session, long id) =>
        session.Connection.QuerySingleOrDefault<Account>($"SELECT {Columns} FROM account WHERE id = @id", new { id }, session.Transaction);
}
