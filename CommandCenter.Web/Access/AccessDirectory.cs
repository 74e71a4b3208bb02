using System.Collections.Concurrent;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Storage;
using CommandCenter.Data.Walls;

namespace CommandCenter.Web.Access;

/// <summary>
/// Whom this node lets in, from memory: everything read stays until the store's <see cref="AccessVersion"/> grows, which
/// <see cref="AccessWatch"/> looks for once a second. While the store is away, whoever was known stays known.
/// </summary>
public sealed class AccessDirectory(
    ApiKeyStore keys, AccountStore accounts, SessionStore sessions, WallStore walls, AreaDirectory areas, AccessOptions options, TimeProvider time)
{
    // Whoever tries secrets at random must not fill the memory.
    private const int MostUnknown = 10_000;

    private readonly ConcurrentDictionary<long, DateTime> _keysUsed = new();
    private readonly ConcurrentDictionary<long, DateTime> _wallsSeen = new();
    private readonly ConcurrentDictionary<string, DateTime> _sessionsActive = new(StringComparer.Ordinal);
    private volatile Known _known = new();

    /// <summary>Raised after something changed, so that lasting connections ask again whether they may stay.</summary>
    public event Action? Changed;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Who an API key stands for.</summary>
    /// <returns>Null when it is none, revoked or expired.</returns>
    /// <exception cref="StoreUnavailableException">It is not known here, and the store can't say.</exception>
    public async ValueTask<SubjectPrincipal?> OfKeyAsync(string secret, CancellationToken cancellationToken) =>
        Credential.IsOne(secret, ApiKeyStore.Prefix) && await OfKeyHashAsync(Credential.HashOf(secret), cancellationToken) is { } principal
            ? Used(principal)
            : null;

    /// <summary>Who a wall's token stands for.</summary>
    /// <returns>Null when it is none, revoked or expired.</returns>
    /// <exception cref="StoreUnavailableException">It is not known here, and the store can't say.</exception>
    public ValueTask<SubjectPrincipal?> OfWallAsync(string token, CancellationToken cancellationToken) =>
        Credential.IsOne(token, WallStore.Prefix) ? OfWallHashAsync(Credential.HashOf(token), cancellationToken) : default;

    /// <summary>Who a session stands for.</summary>
    /// <param name="active">A person did something just now, so that the session is not idle.</param>
    /// <returns>Null when it ended, idled out or grew too old, or its account was disabled.</returns>
    /// <exception cref="StoreUnavailableException">It is not known here, and the store can't say.</exception>
    public async ValueTask<SubjectPrincipal?> OfSessionAsync(string id, bool active, CancellationToken cancellationToken)
    {
        var known = _known;
        if (!known.Sessions.TryGetValue(id, out var entry))
        {
            var session = await sessions.FindAsync(id, cancellationToken);
            var account = session is null ? null : await accounts.FindAsync(session.AccountId, cancellationToken);
            IReadOnlyList<string>? categories = account?.DepartmentId is { } department ? await accounts.CategoriesAsync(department, cancellationToken) : null;
            entry = account is null ? null : new SignedIn(session!, account, categories);
            known.Remember(known.Sessions, id, entry);
        }

        if (entry is null || entry.Session.EndedAt is not null || entry.Account.DisabledAt is not null)
        {
            return null;
        }

        var now = Now;
        if (IsIdle(id, entry, now))
        {
            // It may have been active on another node since it was read here.
            entry = await sessions.FindAsync(id, cancellationToken) is { } again ? entry with { Session = again } : entry;
            known.Remember(known.Sessions, id, entry);
        }

        if (entry.Session.EndedAt is not null || IsIdle(id, entry, now) || now - entry.Session.BegunAt > options.Longest)
        {
            return null;
        }

        if (active)
        {
            _sessionsActive[id] = now;
        }

        return new SubjectPrincipal(OfAccount(entry), $"session:{id}");
    }

    /// <summary>Who a principal stands for now.</summary>
    /// <returns>Null when they are let in no more.</returns>
    public ValueTask<SubjectPrincipal?> ResolveAsync(SubjectPrincipal principal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        var colon = principal.Credential.IndexOf(':', StringComparison.Ordinal);
        var id = principal.Credential[(colon + 1)..];
        return principal.Credential[..colon] switch
        {
            "key" => OfKeyHashAsync(id, cancellationToken),
            "wall" => OfWallHashAsync(id, cancellationToken),
            "session" => OfSessionAsync(id, active: false, cancellationToken),
            _ => ValueTask.FromResult<SubjectPrincipal?>(principal),
        };
    }

    /// <summary>Reads everybody anew from now on.</summary>
    public void Forget()
    {
        _known = new Known();
        Changed?.Invoke();
    }

    /// <summary>Writes down when keys were used and sessions active since the last time.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve; nothing is lost, it is written the next time.</exception>
    public async Task WriteDownAsync(CancellationToken cancellationToken)
    {
        await WriteDownAsync(_keysUsed, used => keys.UsedAsync(used, cancellationToken));
        await WriteDownAsync(_wallsSeen, seen => walls.SeenAsync(seen, cancellationToken));
        await WriteDownAsync(_sessionsActive, active => sessions.ActiveAsync(active, cancellationToken));

        // Kept as long as they may still be asked for: the store's own copy was read when they were first seen.
        foreach (var (id, at) in _sessionsActive)
        {
            if (Now - at > options.Idle)
            {
                _sessionsActive.TryRemove(new KeyValuePair<string, DateTime>(id, at));
            }
        }

        _keysUsed.Clear();
        _wallsSeen.Clear();
    }

    private static async Task WriteDownAsync<T>(ConcurrentDictionary<T, DateTime> noted, Func<IReadOnlyDictionary<T, DateTime>, Task> write)
        where T : notnull
    {
        if (!noted.IsEmpty)
        {
            await write(noted.ToDictionary());
        }
    }

    private async ValueTask<SubjectPrincipal?> OfKeyHashAsync(string hash, CancellationToken cancellationToken)
    {
        var known = _known;
        if (!known.Keys.TryGetValue(hash, out var key))
        {
            key = await keys.FindByHashAsync(hash, cancellationToken);
            known.Remember(known.Keys, hash, key);
        }

        return key is not null && key.IsGood(Now)
            ? new SubjectPrincipal(Subject.OfKey(key.Id, key.Name, key.Scopes, Reach(key.Area), key.Source, key.Rate), $"key:{hash}")
            : null;
    }

    private async ValueTask<SubjectPrincipal?> OfWallHashAsync(string hash, CancellationToken cancellationToken)
    {
        var known = _known;
        if (!known.Walls.TryGetValue(hash, out var wall))
        {
            wall = await walls.FindByHashAsync(hash, cancellationToken);
            known.Remember(known.Walls, hash, wall);
        }

        if (wall is null || !wall.IsGood(Now))
        {
            return null;
        }

        // Also what stays open asks here: a wall that hangs there and hears is here.
        _wallsSeen[wall.Id] = Now;
        return new SubjectPrincipal(OfWall(wall), $"wall:{hash}");
    }

    private SubjectPrincipal Used(SubjectPrincipal program)
    {
        _keysUsed[program.Subject.Id] = Now;
        return program;
    }

    private Subject OfWall(PairedWall wall) => Subject.OfWall(wall.Id, wall.Name, Reach(wall.Area), wall.Profile == PairedWall.Visitor, wall.Scenes);

    private bool IsIdle(string id, SignedIn entry, DateTime now)
    {
        var last = _sessionsActive.TryGetValue(id, out var seen) && seen > entry.Session.LastActiveAt ? seen : entry.Session.LastActiveAt;
        return now - last > options.Idle;
    }

    private Subject OfAccount(SignedIn entry) => Subject.OfAccount(
        entry.Account.Id, entry.Account.Name, entry.Account.Role, Reach(entry.Account.Area), entry.Categories, MustSetUp(entry), entry.Account.DepartmentId);

    // Whoever can let others in shows more than a password.
    private static bool MustSetUp(SignedIn entry) =>
        entry.Account.MustChange || entry.Account is { Role: Role.Administrator, SecondFactor: null } && !entry.Session.SecondFactor;

    // The only county of a store stands for the whole of it, what lies outside all grids included.
    private string? Reach(string? area)
    {
        var counties = areas.Current.Of(AreaLevel.County);
        return string.IsNullOrEmpty(area) || (counties.Count == 1 && counties[0].Code == area) ? null : area;
    }

    private sealed record SignedIn(AccountSession Session, Account Account, IReadOnlyList<string>? Categories);

    private sealed class Known
    {
        public ConcurrentDictionary<string, ApiKey?> Keys { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, PairedWall?> Walls { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, SignedIn?> Sessions { get; } = new(StringComparer.Ordinal);

        public void Remember<T>(ConcurrentDictionary<string, T?> among, string key, T? found)
            where T : class
        {
            if (found is not null || among.Count < MostUnknown)
            {
                among[key] = found;
            }
        }
    }
}
