using System.Security.Claims;
using System.Security.Cryptography;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Web.Access;
using CommandCenter.Web.Audit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace CommandCenter.Web.Accounts;

/// <summary>How far somebody came.</summary>
public enum SignInOutcome
{
    Refused,

    /// <summary>The password fits; the code of the second factor is still asked for.</summary>
    NeedsCode,
    SignedIn,
}

/// <summary>
/// Lets people in by name, password and second factor. Whoever is refused is not told why, neither by words nor by time: a name
/// that is not there, a wrong password, a lock and a disabled account cost the same work and answer at the same moment.
/// </summary>
public sealed class SignIn(
    AccountStore accounts, AccountChanges changes, SessionStore sessions, SecondFactor factor, SignInTicket tickets, IPasswordHasher<Account> hasher, AuditLog audit, TimeProvider time)
    : IDisposable
{
    /// <summary>Longer names and passwords are nobody's.</summary>
    public const int LongestName = 64, LongestPassword = 512;

    // No refusal answers sooner, so that what the work took does not show.
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(400);

    // Whoever asks for a name that is not there waits as long as for one that is.
    private readonly string _nobody = hasher.HashPassword(new Account(), Credential.Make(""));

    // Hashing is slow on purpose. Strangers must not take all processors by it.
    private readonly SemaphoreSlim _hashing = new(Math.Max(1, Environment.ProcessorCount / 2));

    public void Dispose() => _hashing.Dispose();

    /// <summary>The first step.</summary>
    public async Task<SignInOutcome> TryAsync(HttpContext context, string name, string password)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(password);
        var began = time.GetTimestamp();
        var account = name.Length > LongestName ? null : await accounts.FindAsync(name, context.RequestAborted);
        var fits = await FitsAsync(account?.PasswordHash ?? _nobody, password, context.RequestAborted) && account is not null;
        if (!fits || !MayTry(account!))
        {
            // While it is locked or disabled nothing is counted: the lock must end by itself.
            await RefuseAsync(context, began, account, counts: account is not null && !fits && MayTry(account));
            return SignInOutcome.Refused;
        }

        if (account!.SecondFactor is not null)
        {
            tickets.Give(context, account);
            return SignInOutcome.NeedsCode;
        }

        await BeginAsync(context, account, secondFactor: false);
        return SignInOutcome.SignedIn;
    }

    /// <summary>The second step: a code of the app, or a recovery code.</summary>
    public async Task<SignInOutcome> TryCodeAsync(HttpContext context, string code)
    {
        ArgumentNullException.ThrowIfNull(context);
        var began = time.GetTimestamp();
        var account = await tickets.TakeAsync(context, accounts);
        if (account is null || !MayTry(account) || !await factor.TakeAsync(account, code, Of(context, account), context.RequestAborted))
        {
            await RefuseAsync(context, began, account, counts: account is not null && MayTry(account));
            return account is not null && await accounts.FindAsync(account.Id, context.RequestAborted) is { } now && MayTry(now) ? SignInOutcome.NeedsCode : SignInOutcome.Refused;
        }

        tickets.End(context);
        await BeginAsync(context, account, secondFactor: true);
        return SignInOutcome.SignedIn;
    }

    /// <summary>Begins a session, always a new one: an identifier that was there before the sign-in is worth nothing after it.</summary>
    /// <param name="secondFactor">Something besides the password was shown.</param>
    public async Task BeginAsync(HttpContext context, Account account, bool secondFactor)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(account);
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await sessions.BeginAsync(id, account.Id, context.AuditAddress(), context.Request.Headers.UserAgent, secondFactor, context.RequestAborted);
        var by = Of(context, account);
        await audit.AppendAsync(new AuditEntry(by.Subject, AccountActions.SignedIn, "", AuditResult.Done, by.Address, secondFactor ? "second factor" : null), context.RequestAborted);
        await context.SignInAsync(
            SubjectHandler.Session,
            new ClaimsPrincipal(new ClaimsIdentity([new Claim(SubjectHandler.SessionId, id)], SubjectHandler.Session)));
    }

    /// <summary>Whether somebody signed in knows their own password. A wrong one counts as at the sign-in.</summary>
    public async Task<bool> KnowsPasswordAsync(HttpContext context, Account account, string password)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(password);
        var began = time.GetTimestamp();
        if (MayTry(account) && await FitsAsync(account.PasswordHash, password, context.RequestAborted))
        {
            return true;
        }

        await RefuseAsync(context, began, account, counts: MayTry(account));
        return false;
    }

    private async Task<bool> FitsAsync(string hash, string password, CancellationToken cancellationToken)
    {
        await _hashing.WaitAsync(cancellationToken);
        try
        {
            return hasher.VerifyHashedPassword(new Account(), hash, password.Length > LongestPassword ? "" : password) != PasswordVerificationResult.Failed;
        }
        finally
        {
            _hashing.Release();
        }
    }

    private bool MayTry(Account account) => account.DisabledAt is null && !(account.LockedUntil > time.GetUtcNow().UtcDateTime);

    private async Task RefuseAsync(HttpContext context, long began, Account? account, bool counts)
    {
        var by = account is null ? new ChangedBy("nobody", context.AuditAddress()) : Of(context, account);
        await changes.FailedAsync(counts ? account!.Id : 0, account?.Name ?? "", by, context.RequestAborted);

        // What was typed as a name is not kept: people type passwords there.
        await audit.AppendAsync(new AuditEntry(by.Subject, AccountActions.SignInRefused, "", AuditResult.Refused, by.Address, Detail: null), context.RequestAborted);
        var left = Soonest - time.GetElapsedTime(began);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, time, context.RequestAborted);
        }
    }

    private static ChangedBy Of(HttpContext context, Account account) => new($"account:{account.Name}", context.AuditAddress());
}
