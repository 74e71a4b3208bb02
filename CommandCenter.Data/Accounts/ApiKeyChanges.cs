using CommandCenter.Data.Audit;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Accounts;

/// <summary>What a key is made for.</summary>
/// <param name="Area">Area code; null for the whole store.</param>
/// <param name="Source">The only source it may speak for; null for any.</param>
/// <param name="Rate">Requests a second; null for the default.</param>
/// <param name="Lifetime">Null until it is revoked.</param>
public sealed record ApiKeyTerms(string Name, KeyScopes Scopes, string? Area, string? Source, int? Rate, TimeSpan? Lifetime)
{
    public const int MostDays = 3660;
    public const int MostRate = 1_000_000;

    /// <summary>What is wrong with them: names of the texts that say so.</summary>
    public IEnumerable<string> Problems()
    {
        if (Name.Length is 0 or > ApiKeyStore.NameLength || Name.Any(char.IsControl))
        {
            yield return "BadName";
        }

        if (Scopes == KeyScopes.None)
        {
            yield return "NoScope";
        }

        if (Source is not null && (Source.Length is 0 or > IncidentLimits.Source))
        {
            yield return "BadSource";
        }

        if (Source is not null && Scopes.HasFlag(KeyScopes.Live))
        {
            yield return "LiveIsOfAll";
        }

        if (Lifetime is { TotalDays: < 1 or > MostDays })
        {
            yield return "BadExpiry";
        }

        if (Rate is < 1 or > MostRate)
        {
            yield return "BadRate";
        }
    }
}

/// <summary>Codes by which the record names what was done to keys; the audit's resources name them for people.</summary>
public static class ApiKeyActions
{
    public const string Created = "apikey.created";
    public const string Revoked = "apikey.revoked";
}

/// <summary>Keys made and revoked, on record in the same transaction.</summary>
public sealed class ApiKeyChanges(Store store, AuditLog audit)
{
    /// <summary>Makes a key. The secret is in the answer and nowhere else.</summary>
    /// <param name="by">Who does, as the audit names them.</param>
    /// <returns>Null when another key that is not revoked has the name.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public async Task<(ApiKey Key, string Secret)?> AddAsync(ApiKeyTerms terms, string by, string? address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var secret = Credential.Make(ApiKeyStore.Prefix);
        var key = await store.WriteAsync(
            session =>
            {
                var made = ApiKeyStore.Add(session, terms, secret, by);
                if (made is not null)
                {
                    audit.Append(session, new AuditEntry(by, ApiKeyActions.Created, $"key:{made.Name}", AuditResult.Done, address, Told(terms)));
                }

                return made;
            },
            cancellationToken);
        return key is null ? null : (key, secret);
    }

    /// <summary>Lets a key in no more.</summary>
    /// <returns>Its name; null when there is no such key, or it was revoked before.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<string?> RevokeAsync(long id, string by, string? address, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                if (session.Scalar("SELECT name FROM api_key WHERE id = @id AND revoked_at IS NULL", ("@id", id)) is not string name)
                {
                    return null;
                }

                session.Execute("UPDATE api_key SET revoked_at = @now WHERE id = @id", ("@now", session.Dialect.Instant(DatabaseClock.Now(session))), ("@id", id));
                AccessTable.Changed(session);
                audit.Append(session, new AuditEntry(by, ApiKeyActions.Revoked, $"key:{name}", AuditResult.Done, address, Detail: null));
                return name;
            },
            cancellationToken);

    private static string Told(ApiKeyTerms terms) =>
        $"scopes {terms.Scopes}, area {terms.Area ?? "all"}, source {terms.Source ?? "any"}, rate {terms.Rate?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "default"}, "
        + $"expires {(terms.Lifetime is { } lifetime ? $"in {lifetime.TotalDays:0} days" : "never")}";
}
