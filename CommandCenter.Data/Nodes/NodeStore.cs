using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Nodes;

/// <summary>A node as it was last heard of.</summary>
/// <param name="Id">Of the process.</param>
/// <param name="Address">Where it listens, as it was told to.</param>
/// <param name="StartedAt">UTC, the database's clock, as is <paramref name="LastSeen"/>.</param>
/// <param name="Position">How far it has read the event log.</param>
/// <param name="Silence">How long nothing was heard of it. A node speaks every few seconds; one that stopped properly is gone from the list.</param>
public sealed record NodeState(
    string Id, string Name, string Address, string Version, DateTime StartedAt, DateTime LastSeen, long Position, TimeSpan Silence);

/// <summary>The nodes that share the database.</summary>
public sealed class NodeStore(Store store)
{
    /// <summary>A node that died is listed for this long, for whoever looks for what happened.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    /// <summary>Says that a node lives, and forgets those that have been silent for a day.</summary>
    /// <param name="address">At most 400 characters are kept.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task SeenAsync(NodeIdentity node, string address, long position, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                var now = DatabaseClock.Now(session);
                var at = session.Dialect.Instant(now);
                var where = address.Length > 400 ? address[..400] : address;
                session.Execute("DELETE FROM node WHERE last_seen < @before", ("@before", session.Dialect.Instant(now - Remembered)));
                return session.Execute(
                    "UPDATE node SET address = @address, last_seen = @at, position = @position WHERE id = @id",
                    ("@address", where), ("@at", at), ("@position", position), ("@id", node.Id)) == 1
                    || session.Execute(
                        """
                        INSERT INTO node (id, name, address, version, started_at, last_seen, position)
                        VALUES (@id, @name, @address, @version, @at, @at, @position)
                        """,
                        ("@id", node.Id), ("@name", node.Name), ("@address", where), ("@version", node.Version), ("@at", at), ("@position", position)) == 1;
            },
            cancellationToken);

    /// <summary>Says that a node stopped properly.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task LeftAsync(NodeIdentity node, CancellationToken cancellationToken) =>
        store.WriteAsync(session => session.Execute("DELETE FROM node WHERE id = @id", ("@id", node.Id)), cancellationToken);

    /// <summary>The nodes heard of within the last day, by name, the latest start first.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<IReadOnlyList<NodeState>> ListAsync(CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<NodeState>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<Row>(new CommandDefinition(
                    $"""
                    SELECT id, name, address, version, started_at AS StartedAt, last_seen AS LastSeen, position, {store.Dialect.UtcNow} AS ReadAt
                    FROM node
                    ORDER BY name, started_at DESC
                    """,
                    cancellationToken: cancellationToken));
                return [.. rows.Select(row => new NodeState(row.Id, row.Name, row.Address, row.Version, row.StartedAt, row.LastSeen, row.Position, row.Silence))];
            },
            cancellationToken);

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Name { get; init; } = "";

        public string Address { get; init; } = "";

        public string Version { get; init; } = "";

        public DateTime StartedAt { get; init; }

        public DateTime LastSeen { get; init; }

        public long Position { get; init; }

        public DateTime ReadAt { get; init; }

        public TimeSpan Silence => ReadAt > LastSeen ? ReadAt - LastSeen : TimeSpan.Zero;
    }
}
