using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Walls;

/// <summary>How a screen that asked stands.</summary>
public abstract record WallAnswer
{
    private WallAnswer()
    {
    }

    /// <summary>It shows the code and asks again.</summary>
    /// <param name="Secret">What the browser keeps, so that nobody who only sees the code can take its token.</param>
    public sealed record Waiting(string Secret, string Code, TimeSpan Left) : WallAnswer;

    /// <summary>It is let in by the token.</summary>
    public sealed record Paired(string Token) : WallAnswer;

    /// <summary>Too many screens ask already, from this address or at all.</summary>
    public sealed record TooMany : WallAnswer;
}

/// <summary>Screens on their way in: those that show a code, and those that open a one-time address.</summary>
public sealed partial class WallPairings(Store store, AuditLog audit, TimeProvider time)
{
    /// <summary>How long a code is shown.</summary>
    public static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(10);

    /// <summary>How long a one-time address can be used.</summary>
    public static readonly TimeSpan AddressLife = TimeSpan.FromHours(24);

    /// <summary>Open requests at most, of one address and in all.</summary>
    public const int MostOfAddress = 20;
    public const int MostOpen = 200;

    private const string RequestPrefix = "ccr_";
    private const string AddressPrefix = "ccp_";
    private const string Columns = "id, code, asked_at AS AskedAt, expires_at AS ExpiresAt, address, agent, wall_id AS WallId";

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Asks to be let in, again and again, until the answer is a token.</summary>
    /// <param name="secret">Of the answer before; null the first time. A code that is over is followed by a new one.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public async Task<WallAnswer> AskAsync(string? secret, string? address, string? agent, CancellationToken cancellationToken)
    {
        var known = Credential.IsOne(secret, RequestPrefix) ? await FindAsync(Credential.HashOf(secret!), cancellationToken) : null;
        if (known is null || known.ExpiresAt <= Now)
        {
            return await OpenAsync(Cut(address, 100), Cut(agent, 300), cancellationToken);
        }

        return known.WallId is { } wall
            ? await TakeUpAsync(wall, TokenOf(secret!), cancellationToken) ? new WallAnswer.Paired(TokenOf(secret!)) : await OpenAsync(Cut(address, 100), Cut(agent, 300), cancellationToken)
            : new WallAnswer.Waiting(secret!, known.Code, known.ExpiresAt - Now);
    }

    /// <summary>The screen that shows a code now.</summary>
    /// <param name="typed">As somebody typed it.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public async Task<WallRequest?> FindByCodeAsync(string? typed, CancellationToken cancellationToken)
    {
        if (WallCode.Read(typed) is not { } code)
        {
            return null;
        }

        var all = await store.ReadAsync(
            async connection => (await connection.QueryAsync<WallRequest>(new CommandDefinition(
                $"SELECT {Columns} FROM wall_request WHERE wall_id IS NULL", cancellationToken: cancellationToken))).AsList(),
            cancellationToken);
        WallRequest? found = null;
        foreach (var request in all)
        {
            found = WallCode.AreSame(request.Code, code) && request.ExpiresAt > Now ? request : found;
        }

        return found;
    }

    /// <summary>Lets the screen in that shows a code.</summary>
    /// <param name="by">Who does, as the audit names them.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public async Task<WallOutcome> ApproveAsync(string? typed, WallTerms terms, string by, string? address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return await FindByCodeAsync(typed, cancellationToken) is not { } request
            ? WallOutcome.NoSuchCode
            : await store.WriteAsync(
                session =>
                {
                    if (IsTaken(session, terms.Name))
                    {
                        return WallOutcome.NameTaken;
                    }

                    var (id, now) = (AccessTable.NextId(session, "wall"), DatabaseClock.Now(session));
                    if (session.Execute(
                        "UPDATE wall_request SET wall_id = @wall, expires_at = @until WHERE id = @id AND wall_id IS NULL",
                        ("@wall", id), ("@until", session.Dialect.Instant(now + CodeLife)), ("@id", request.Id)) == 0)
                    {
                        return WallOutcome.NoSuchCode;
                    }

                    Insert(session, id, terms, by, now, pairing: null);
                    audit.Append(session, new AuditEntry(by, WallActions.Paired, $"wall:{terms.Name}", AuditResult.Done, address, $"{Told(terms)}, screen at {request.Address}"));
                    return WallOutcome.Done;
                },
                cancellationToken);
    }

    private Task<WallRequest?> FindAsync(string id, CancellationToken cancellationToken) =>
        store.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<WallRequest>(new CommandDefinition(
                $"SELECT {Columns} FROM wall_request WHERE id = @id", new { id }, cancellationToken: cancellationToken)),
            cancellationToken);

    private async Task<WallAnswer> OpenAsync(string? address, string? agent, CancellationToken cancellationToken)
    {
        var (secret, code) = (Credential.Make(RequestPrefix), WallCode.Make());
        return await store.WriteAsync<WallAnswer>(
            session =>
            {
                var now = DatabaseClock.Now(session);
                session.Execute("DELETE FROM wall_request WHERE expires_at <= @now", ("@now", session.Dialect.Instant(now)));
                if (Count(session, "SELECT COUNT(*) FROM wall_request") >= MostOpen
                    || Count(session, "SELECT COUNT(*) FROM wall_request WHERE address = @address", ("@address", address)) >= MostOfAddress
                    || Count(session, "SELECT COUNT(*) FROM wall_request WHERE code = @code", ("@code", code)) > 0)
                {
                    return new WallAnswer.TooMany();
                }

                session.Execute(
                    "INSERT INTO wall_request (id, code, asked_at, expires_at, address, agent) VALUES (@id, @code, @now, @until, @address, @agent)",
                    ("@id", Credential.HashOf(secret)), ("@code", code), ("@now", session.Dialect.Instant(now)),
                    ("@until", session.Dialect.Instant(now + CodeLife)), ("@address", address), ("@agent", agent));
                return new WallAnswer.Waiting(secret, code, CodeLife);
            },
            cancellationToken);
    }

    // The same token whenever it is asked for: an answer that was lost on its way is given again.
    private static string TokenOf(string secret) => WallStore.Prefix + Credential.HashOf("wall " + secret);

    private Task<bool> TakeUpAsync(long wall, string token, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                var taken = session.Execute(
                    "UPDATE wall SET hash = @hash, last_seen_at = @now WHERE id = @wall AND revoked_at IS NULL",
                    ("@hash", Credential.HashOf(token)), ("@now", session.Dialect.Instant(DatabaseClock.Now(session))), ("@wall", wall)) == 1;
                AccessTable.Changed(session);
                return taken;
            },
            cancellationToken);

    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..length];
}
