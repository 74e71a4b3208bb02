using CommandCenter.Data.Accounts;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Walls;

/// <summary>A screen that is let in. Instants UTC.</summary>
public sealed record PairedWall
{
    /// <summary>Guests stand before it: everything is masked on the server (参观模式).</summary>
    public const string Visitor = "visitor";

    /// <summary>The ordinary profile.</summary>
    public const string Centre = "centre";

    public long Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Area code; null for the whole store.</summary>
    public string? Area { get; init; }

    public string Profile { get; init; } = Centre;

    /// <summary>Names of the scenes it shows, separated by commas.</summary>
    public string Scenes { get; init; } = "";

    public DateTime CreatedAt { get; init; }

    public string CreatedBy { get; init; } = "";

    public DateTime? ExpiresAt { get; init; }

    public DateTime? LastSeenAt { get; init; }

    public DateTime? RevokedAt { get; init; }

    /// <summary>Until when its one-time address can be used; null when it has none.</summary>
    public DateTime? PairingUntil { get; init; }

    /// <summary>Tokens that it holds: 1, or 0 while its screen has not come.</summary>
    public int Tokens { get; init; }

    public bool IsGood(DateTime now) => RevokedAt is null && (ExpiresAt is not { } end || now < end);
}

/// <summary>Screens that are let in, each by a token that it keeps.</summary>
public sealed class WallStore(Store store)
{
    public const string Prefix = "ccw_";

    private const string Columns =
        """
        id, name, area, profile, scenes, created_at AS CreatedAt, created_by AS CreatedBy, expires_at AS ExpiresAt, last_seen_at AS LastSeenAt, revoked_at AS RevokedAt,
        pairing_until AS PairingUntil, CASE WHEN hash IS NULL THEN 0 ELSE 1 END AS Tokens
        """;

    /// <summary>Lets a screen in that holds the token in the answer.</summary>
    /// <param name="actor">Who lets it in, as the audit names them.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public async Task<(long Id, string Token)> AddAsync(string name, string? area, string profile, string scenes, string actor, CancellationToken cancellationToken)
    {
        var token = Credential.Make(Prefix);
        var id = await store.WriteAsync(
            session =>
            {
                var next = AccessTable.NextId(session, "wall");
                session.Execute(
                    """
                    INSERT INTO wall (id, name, area, profile, scenes, hash, created_at, created_by)
                    VALUES (@id, @name, @area, @profile, @scenes, @hash, @now, @actor)
                    """,
                    ("@id", next), ("@name", name), ("@area", area), ("@profile", profile), ("@scenes", scenes), ("@hash", Credential.HashOf(token)),
                    ("@now", session.Dialect.Instant(DatabaseClock.Now(session))), ("@actor", actor));
                AccessTable.Changed(session);
                return next;
            },
            cancellationToken);
        return (id, token);
    }

    /// <param name="hash">Of its token (<see cref="Credential.HashOf"/>).</param>
    /// <returns>Null when no wall has the token; a revoked or expired one is answered and is not good.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<PairedWall?> FindByHashAsync(string hash, CancellationToken cancellationToken) =>
        store.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<PairedWall>(new CommandDefinition(
                $"SELECT {Columns} FROM wall WHERE hash = @hash", new { hash }, cancellationToken: cancellationToken)),
            cancellationToken);

    /// <summary>All walls, the newest first, revoked ones included.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<IReadOnlyList<PairedWall>> ListAsync(CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<PairedWall>>(
            async connection => (await connection.QueryAsync<PairedWall>(new CommandDefinition(
                $"SELECT {Columns} FROM wall ORDER BY id DESC", cancellationToken: cancellationToken))).AsList(),
            cancellationToken);

    /// <summary>Notes when walls were last here.</summary>
    /// <param name="seen">UTC, by id of the wall.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task SeenAsync(IReadOnlyDictionary<long, DateTime> seen, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                foreach (var (id, at) in seen)
                {
                    session.Execute("UPDATE wall SET last_seen_at = @at WHERE id = @id", ("@at", session.Dialect.Instant(at)), ("@id", id));
                }

                return seen.Count;
            },
            cancellationToken);
}
