using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Walls;

public sealed partial class WallPairings
{
    /// <summary>Prepares a wall for the browser that opens a one-time address.</summary>
    /// <param name="by">Who does, as the audit names them.</param>
    /// <returns>The secret of the address; null when the name is taken.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public async Task<string?> InviteAsync(WallTerms terms, string by, string? address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var secret = Credential.Make(AddressPrefix);
        return await store.WriteAsync(
            session =>
            {
                if (IsTaken(session, terms.Name))
                {
                    return false;
                }

                Insert(session, AccessTable.NextId(session, "wall"), terms, by, DatabaseClock.Now(session), Credential.HashOf(secret));
                audit.Append(session, new AuditEntry(by, WallActions.Added, $"wall:{terms.Name}", AuditResult.Done, address, Told(terms)));
                return true;
            },
            cancellationToken)
            ? secret
            : null;
    }

    /// <summary>Takes up a one-time address.</summary>
    /// <returns>The wall's token; null when the address is unknown, was used, or is over.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public async Task<string?> JoinAsync(string? secret, string? address, CancellationToken cancellationToken)
    {
        if (!Credential.IsOne(secret, AddressPrefix))
        {
            return null;
        }

        var (hash, token) = (Credential.HashOf(secret!), Credential.Make(WallStore.Prefix));
        return await store.WriteAsync(
            session =>
            {
                var now = session.Dialect.Instant(DatabaseClock.Now(session));
                if (session.Scalar(
                    "SELECT name FROM wall WHERE pairing_hash = @hash AND revoked_at IS NULL AND pairing_until > @now", ("@hash", hash), ("@now", now)) is not string name)
                {
                    return false;
                }

                session.Execute(
                    "UPDATE wall SET hash = @token, pairing_hash = NULL, pairing_until = NULL, last_seen_at = @now WHERE pairing_hash = @hash",
                    ("@token", Credential.HashOf(token)), ("@hash", hash), ("@now", now));
                AccessTable.Changed(session);
                audit.Append(session, new AuditEntry($"wall:{name}", WallActions.Paired, $"wall:{name}", AuditResult.Done, address, Detail: null));
                return true;
            },
            cancellationToken)
            ? token
            : null;
    }

    /// <summary>Lets a wall in no more.</summary>
    /// <returns>Its name; null when there is no such wall, or it was revoked before.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<string?> RevokeAsync(long id, string by, string? address, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                if (session.Scalar("SELECT name FROM wall WHERE id = @id AND revoked_at IS NULL", ("@id", id)) is not string name)
                {
                    return null;
                }

                session.Execute(
                    "UPDATE wall SET revoked_at = @now, pairing_hash = NULL, pairing_until = NULL WHERE id = @id",
                    ("@now", session.Dialect.Instant(DatabaseClock.Now(session))), ("@id", id));
                AccessTable.Changed(session);
                audit.Append(session, new AuditEntry(by, WallActions.Revoked, $"wall:{name}", AuditResult.Done, address, Detail: null));
                return name;
            },
            cancellationToken);

    private static bool IsTaken(WriteSession session, string name) =>
        session.Scalar("SELECT id FROM wall WHERE name = @name AND revoked_at IS NULL", ("@name", name)) is not null;

    private static void Insert(WriteSession session, long id, WallTerms terms, string by, DateTime now, string? pairing)
    {
        session.Execute(
            """
            INSERT INTO wall (id, name, area, profile, scenes, pairing_hash, pairing_until, created_at, created_by, expires_at)
            VALUES (@id, @name, @area, @profile, @scenes, @pairing, @until, @now, @by, @expires)
            """,
            ("@id", id), ("@name", terms.Name), ("@area", terms.Area), ("@profile", terms.Profile), ("@scenes", string.Join(',', terms.Scenes)), ("@pairing", pairing),
            ("@until", pairing is null ? null : session.Dialect.Instant(now + AddressLife)), ("@now", session.Dialect.Instant(now)), ("@by", by),
            ("@expires", terms.Lifetime is { } lifetime ? session.Dialect.Instant(now + lifetime) : null));
        AccessTable.Changed(session);
    }

    private static int Count(WriteSession session, string sql, params (string Name, object? Value)[] parameters) =>
        Convert.ToInt32(session.Scalar(sql, parameters), CultureInfo.InvariantCulture);

    private static string Told(WallTerms terms) =>
        $"area {terms.Area ?? "all"}, profile {terms.Profile}, scenes {string.Join(',', terms.Scenes)}, expires {(terms.Lifetime is { } lifetime ? $"in {lifetime.TotalDays:0} days" : "never")}";
}
