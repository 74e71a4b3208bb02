using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Accounts;

/// <summary>What a program is let in with, without the secret itself. Instants UTC.</summary>
public sealed record ApiKey
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    public KeyScopes Scopes { get; init; }

    /// <summary>Area code; null for the whole store.</summary>
    public string? Area { get; init; }

    /// <summary>The only source it may speak for; null for any.</summary>
    public string? Source { get; init; }

    /// <summary>Requests a second; null for the default.</summary>
    public int? Rate { get; init; }

    public DateTime CreatedAt { get; init; }

    public string CreatedBy { get; init; } = "";

    public DateTime? ExpiresAt { get; init; }

    public DateTime? LastUsedAt { get; init; }

    public DateTime? RevokedAt { get; init; }

    public bool IsGood(DateTime now) => RevokedAt is null && (ExpiresAt is not { } end || now < end);
}

/// <summary>API keys: made, found by their secret, revoked.</summary>
public sealed class ApiKeyStore(Store store)
{
    public const string Prefix = "cck_";

    /// <summary>Longest name.</summary>
    public const int NameLength = 80;

    private const string Columns =
        """
        id, name, scopes, area, source, rate, created_at AS CreatedAt, created_by AS CreatedBy, expires_at AS ExpiresAt,
        last_used_at AS LastUsedAt, revoked_at AS RevokedAt
        """;

    /// <summary>Makes a key, off the record: where no person asked for it. The secret is in the answer and nowhere else.</summary>
    /// <param name="actor">Who makes it, as the audit names them.</param>
    /// <returns>Null when another key that is not revoked has the name.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public async Task<(ApiKey Key, string Secret)?> AddAsync(
        string name, KeyScopes scopes, string? area, string? source, int? rate, TimeSpan? lifetime, string actor, CancellationToken cancellationToken)
    {
        var (secret, terms) = (Credential.Make(Prefix), new ApiKeyTerms(name, scopes, area, source, rate, lifetime));
        return await store.WriteAsync(session => Add(session, terms, secret, actor), cancellationToken) is { } key ? (key, secret) : null;
    }

    /// <param name="hash">Of its secret (<see cref="Credential.HashOf"/>).</param>
    /// <returns>Null when no key has the secret; a revoked or expired one is answered and is not good.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<ApiKey?> FindByHashAsync(string hash, CancellationToken cancellationToken) =>
        store.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<ApiKey>(new CommandDefinition(
                $"SELECT {Columns} FROM api_key WHERE hash = @hash", new { hash }, cancellationToken: cancellationToken)),
            cancellationToken);

    /// <summary>All keys, the newest first, revoked ones included.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<ApiKey>>(
            async connection => (await connection.QueryAsync<ApiKey>(new CommandDefinition(
                $"SELECT {Columns} FROM api_key ORDER BY id DESC", cancellationToken: cancellationToken))).AsList(),
            cancellationToken);

    /// <summary>Notes when keys were last used.</summary>
    /// <param name="used">UTC, by id of the key.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task UsedAsync(IReadOnlyDictionary<long, DateTime> used, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                foreach (var (id, at) in used)
                {
                    session.Execute("UPDATE api_key SET last_used_at = @at WHERE id = @id", ("@at", session.Dialect.Instant(at)), ("@id", id));
                }

                return used.Count;
            },
            cancellationToken);

    internal static ApiKey? Add(WriteSession session, ApiKeyTerms terms, string secret, string actor)
    {
        if (session.Scalar("SELECT id FROM api_key WHERE name = @name AND revoked_at IS NULL", ("@name", terms.Name)) is not null)
        {
            return null;
        }

        var now = DatabaseClock.Now(session);
        var made = new ApiKey
        {
            Id = AccessTable.NextId(session, "api_key"),
            Name = terms.Name,
            Scopes = terms.Scopes,
            Area = terms.Area,
            Source = terms.Source,
            Rate = terms.Rate,
            CreatedAt = now,
            CreatedBy = actor,
            ExpiresAt = terms.Lifetime is { } length ? now + length : null,
        };
        session.Execute(
            """
            INSERT INTO api_key (id, name, hash, scopes, area, source, rate, created_at, created_by, expires_at)
            VALUES (@id, @name, @hash, @scopes, @area, @source, @rate, @now, @actor, @expires)
            """,
            ("@id", made.Id), ("@name", made.Name), ("@hash", Credential.HashOf(secret)), ("@scopes", (int)made.Scopes), ("@area", made.Area), ("@source", made.Source),
            ("@rate", made.Rate), ("@now", session.Dialect.Instant(now)), ("@actor", actor),
            ("@expires", made.ExpiresAt is { } end ? session.Dialect.Instant(end) : null));
        AccessTable.Changed(session);
        return made;
    }
}
