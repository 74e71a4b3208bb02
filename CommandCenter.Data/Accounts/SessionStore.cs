using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Accounts;

/// <summary>The times that people are signed in, so that each can be ended from anywhere.</summary>
public sealed class SessionStore(Store store)
{
    private const string Columns =
        """
        id, account_id AS AccountId, begun_at AS BegunAt, last_active_at AS LastActiveAt, address, agent, second_factor AS SecondFactor, ended_at AS EndedAt
        """;

    /// <param name="id">The hash of what the browser holds.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task BeginAsync(string id, long accountId, string? address, string? agent, bool secondFactor, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                var now = session.Dialect.Instant(DatabaseClock.Now(session));
                session.Execute("UPDATE account SET last_sign_in_at = @now, failures = 0, locked_until = NULL WHERE id = @account", ("@now", now), ("@account", accountId));
                return session.Execute(
                    """
                    INSERT INTO account_session (id, account_id, begun_at, last_active_at, address, agent, second_factor)
                    VALUES (@id, @account, @now, @now, @address, @agent, @second)
                    """,
                    ("@id", id), ("@account", accountId), ("@now", now), ("@address", address), ("@agent", agent is { Length: > 300 } ? agent[..300] : agent),
                    ("@second", secondFactor));
            },
            cancellationToken);

    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<AccountSession?> FindAsync(string id, CancellationToken cancellationToken) =>
        store.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<AccountSession>(new CommandDefinition(
                $"SELECT {Columns} FROM account_session WHERE id = @id", new { id }, cancellationToken: cancellationToken)),
            cancellationToken);

    /// <summary>The sessions of an account that have not ended, the latest first.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<IReadOnlyList<AccountSession>> ListAsync(long accountId, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<AccountSession>>(
            async connection => (await connection.QueryAsync<AccountSession>(new CommandDefinition(
                $"SELECT {Columns} FROM account_session WHERE account_id = @accountId AND ended_at IS NULL ORDER BY begun_at DESC",
                new { accountId },
                cancellationToken: cancellationToken))).AsList(),
            cancellationToken);

    /// <summary>Notes when sessions were last active. A later time stays.</summary>
    /// <param name="active">UTC, by id.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task ActiveAsync(IReadOnlyDictionary<string, DateTime> active, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                foreach (var (id, at) in active)
                {
                    session.Execute(
                        "UPDATE account_session SET last_active_at = @at WHERE id = @id AND last_active_at < @at", ("@at", session.Dialect.Instant(at)), ("@id", id));
                }

                return active.Count;
            },
            cancellationToken);

    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task EndAsync(string id, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                var done = session.Execute(
                    "UPDATE account_session SET ended_at = @now WHERE id = @id AND ended_at IS NULL",
                    ("@now", session.Dialect.Instant(DatabaseClock.Now(session))), ("@id", id));
                AccessTable.Changed(session);
                return done;
            },
            cancellationToken);

    /// <summary>Ends every session of an account.</summary>
    /// <param name="except">One that goes on; null for none.</param>
    /// <returns>How many ended.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<int> EndAllAsync(long accountId, string? except, CancellationToken cancellationToken) =>
        store.WriteAsync(session => EndAll(session, accountId, except), cancellationToken);

    internal static int EndAll(WriteSession session, long accountId, string? except)
    {
        var ended = session.Execute(
            "UPDATE account_session SET ended_at = @now WHERE account_id = @account AND ended_at IS NULL AND id <> @except",
            ("@now", session.Dialect.Instant(DatabaseClock.Now(session))), ("@account", accountId), ("@except", except ?? ""));
        AccessTable.Changed(session);
        return ended;
    }
}
