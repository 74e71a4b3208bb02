using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Accounts;

/// <summary>Accounts.</summary>
public sealed partial class AccountStore(Store store)
{
    private const string Columns =
        """
        id, name, display_name AS DisplayName, role, area, department_id AS DepartmentId, password_hash AS PasswordHash,
        password_changed_at AS PasswordChangedAt, must_change AS MustChange, second_factor AS SecondFactor, second_factor_step AS SecondFactorStep,
        failures, locked_until AS LockedUntil, disabled_at AS DisabledAt, created_at AS CreatedAt, created_by AS CreatedBy, last_sign_in_at AS LastSignInAt
        """;

    /// <param name="actor">Who makes it, as the audit names them.</param>
    /// <returns>Its id; null when an account has the name.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<long?> AddAsync(NewAccount account, string actor, CancellationToken cancellationToken) =>
        store.WriteAsync(session => Add(session, account, actor), cancellationToken);

    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<Account?> FindAsync(long id, CancellationToken cancellationToken) =>
        store.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<Account>(new CommandDefinition(
                $"SELECT {Columns} FROM account WHERE id = @id", new { id }, cancellationToken: cancellationToken)),
            cancellationToken);

    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<Account?> FindAsync(string name, CancellationToken cancellationToken) =>
        store.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<Account>(new CommandDefinition(
                $"SELECT {Columns} FROM account WHERE name_key = @key", new { key = Account.KeyOf(name) }, cancellationToken: cancellationToken)),
            cancellationToken);

    /// <summary>The categories that a department answers for.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public async Task<IReadOnlyList<string>> CategoriesAsync(long departmentId, CancellationToken cancellationToken)
    {
        var stored = await store.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
                "SELECT categories FROM department WHERE id = @departmentId", new { departmentId }, cancellationToken: cancellationToken)),
            cancellationToken);
        return (stored ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
    }

    internal static long? Add(WriteSession session, NewAccount account, string actor)
    {
        var key = Account.KeyOf(account.Name);
        if (session.Scalar("SELECT id FROM account WHERE name_key = @key", ("@key", key)) is not null)
        {
            return null;
        }

        var (id, now) = (AccessTable.NextId(session, "account"), session.Dialect.Instant(DatabaseClock.Now(session)));
        session.Execute(
            """
            INSERT INTO account (id, name_key, name, display_name, role, area, department_id, password_hash, password_changed_at, must_change, failures, created_at, created_by)
            VALUES (@id, @key, @name, @display, @role, @area, @department, @hash, @now, @must, 0, @now, @actor)
            """,
            ("@id", id), ("@key", key), ("@name", account.Name.Trim()), ("@display", account.DisplayName), ("@role", (int)account.Role), ("@area", account.Area),
            ("@department", account.DepartmentId), ("@hash", account.PasswordHash), ("@must", account.MustChange), ("@now", now), ("@actor", actor));
        AccessTable.Changed(session);
        return id;
    }
}
