using System.Globalization;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Nodes;

/// <summary>
/// Leases on work that one node at a time does. Only the database's clock decides when one is over, so the clocks of the nodes
/// may differ as they like; a holder counts its own time from before it asked, and so always ends before the database does. What
/// is asked here goes before the writing that waits: a lease must not be lost to its holder's own bulk of work.
/// </summary>
public sealed class LeaseStore(Store store)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes a lease that nobody else holds. A holder that takes it again overtakes itself: the earlier lease is lost.</summary>
    /// <param name="name">At most 100 characters.</param>
    /// <param name="holder">At most 200 characters, another one for each process.</param>
    /// <param name="length">100 ms or more.</param>
    /// <returns>Null while somebody else holds it.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public async Task<Lease?> TryTakeAsync(string name, string holder, TimeSpan length, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(holder);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, Shortest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, 100, nameof(name));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(holder.Length, 200, nameof(holder));

        // Those that wait ask often; they need not take the write lock to be told no.
        return await IsHeldByAnotherAsync(name, holder, cancellationToken)
            ? null
            : await store.WriteAsync(session => TryTake(session, name, holder, length), cancellationToken, isUrgent: true);
    }

    /// <summary>Holds a lease for its length from now on.</summary>
    /// <returns>False when it is lost: somebody else has it, or had it in between.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve; whether the lease still holds is for the holder's own clock to say.</exception>
    public Task<bool> RenewAsync(Lease lease, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session => session.Execute(
                "UPDATE lease SET expires_at = @until WHERE name = @name AND holder = @holder AND fence = @fence",
                ("@until", session.Dialect.Instant(DatabaseClock.Now(session) + lease.Length)), ("@name", lease.Name), ("@holder", lease.Holder), ("@fence", lease.Fence)) == 1,
            cancellationToken,
            isUrgent: true);

    /// <summary>Gives a lease back, so that another may take it at once. One that is lost already is left alone.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve; the lease ends by itself.</exception>
    public Task ReleaseAsync(Lease lease, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session => session.Execute(
                "UPDATE lease SET holder = NULL, expires_at = @now WHERE name = @name AND holder = @holder AND fence = @fence",
                ("@now", session.Dialect.Instant(DatabaseClock.Now(session))), ("@name", lease.Name), ("@holder", lease.Holder), ("@fence", lease.Fence)),
            cancellationToken,
            isUrgent: true);

    /// <summary>
    /// Makes a transaction good only while the lease is held: what the holder writes after it was overtaken, however late it
    /// finds out, is not kept. The transaction holds the write lock, so nobody overtakes it before it has committed.
    /// </summary>
    /// <exception cref="LeaseLostException">It is lost. Let it out of the work, and nothing of the work is kept.</exception>
    public static void Require(WriteSession session, Lease lease)
    {
        if (session.Scalar("SELECT fence FROM lease WHERE name = @name AND holder = @holder AND fence = @fence", ("@name", lease.Name), ("@holder", lease.Holder), ("@fence", lease.Fence)) is null)
        {
            throw new LeaseLostException(lease);
        }
    }

    /// <summary>All leases that were ever taken, by name.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<IReadOnlyList<LeaseState>> ListAsync(CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<LeaseState>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<Row>(new CommandDefinition(
                    $"SELECT name, holder, taken_at AS TakenAt, expires_at AS ExpiresAt, {store.Dialect.UtcNow} AS ReadAt FROM lease ORDER BY name",
                    cancellationToken: cancellationToken));
                return [.. rows.Select(row => new LeaseState(row.Name, row.Holder, row.TakenAt, row.ExpiresAt, row.IsHeld))];
            },
            cancellationToken);

    private async Task<bool> IsHeldByAnotherAsync(string name, string holder, CancellationToken cancellationToken)
    {
        var row = await store.ReadAsync(
            connection => connection.QueryFirstOrDefaultAsync<Row>(new CommandDefinition(
                $"SELECT holder, expires_at AS ExpiresAt, {store.Dialect.UtcNow} AS ReadAt FROM lease WHERE name = @name", new { name }, cancellationToken: cancellationToken)),
            cancellationToken);
        return row is { IsHeld: true } && row.Holder != holder;
    }

    private static Lease? TryTake(WriteSession session, string name, string holder, TimeSpan length)
    {
        var now = DatabaseClock.Now(session);
        var (at, until) = (session.Dialect.Instant(now), session.Dialect.Instant(now + length));
        var taken = session.Execute(
            """
            UPDATE lease SET holder = @holder, fence = fence + 1, taken_at = @at, expires_at = @until
            WHERE name = @name AND (holder IS NULL OR holder = @holder OR expires_at <= @at)
            """,
            ("@holder", holder), ("@at", at), ("@until", until), ("@name", name));
        var fence = session.Scalar("SELECT fence FROM lease WHERE name = @name", ("@name", name));
        if (fence is null)
        {
            session.Execute(
                "INSERT INTO lease (name, holder, fence, taken_at, expires_at) VALUES (@name, @holder, 1, @at, @until)",
                ("@name", name), ("@holder", holder), ("@at", at), ("@until", until));
            return new Lease(name, holder, 1, length);
        }

        return taken == 0 ? null : new Lease(name, holder, Convert.ToInt64(fence, CultureInfo.InvariantCulture), length);
    }

    private sealed class Row
    {
        public string Name { get; init; } = "";

        public string? Holder { get; init; }

        public DateTime TakenAt { get; init; }

        public DateTime ExpiresAt { get; init; }

        public DateTime ReadAt { get; init; }

        public bool IsHeld => Holder is not null && ExpiresAt > ReadAt;
    }
}
