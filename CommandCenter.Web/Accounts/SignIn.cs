using System.Security.Claims;
using System.Security.Cryptography;
using CommandCenter.Data.Accounts;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace CommandCenter.Web.Accounts;

/// <summary>Lets people in by name and password.</summary>
public sealed class SignIn(AccountStore accounts, SessionStore sessions, IPasswordHasher<Account> hasher)
{
    // Whoever asks for a name that is not there waits as long as for one that is.
    private readonly string _nobody = hasher.HashPassword(new Account(), Credential.Make(""));

    /// <returns>False when name and password do not fit, or the account is disabled; nobody is told which.</returns>
    public async Task<bool> TryAsync(HttpContext context, string name, string password)
    {
        ArgumentNullException.ThrowIfNull(context);
        var account = await accounts.FindAsync(name, context.RequestAborted);
        var fits = hasher.VerifyHashedPassword(account ?? new Account(), account?.PasswordHash ?? _nobody, password) != PasswordVerificationResult.Failed;
        if (account is null || !fits || account.DisabledAt is not null)
        {
            return false;
        }

        await BeginAsync(context, account, secondFactor: false);
        return true;
    }

    /// <summary>Begins a session, always a new one: an identifier that was there before the sign-in is worth nothing after it.</summary>
    public async Task BeginAsync(HttpContext context, Account account, bool secondFactor)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(account);
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await sessions.BeginAsync(id, account.Id, context.Connection.RemoteIpAddress?.ToString(), context.Request.Headers.UserAgent, secondFactor, context.RequestAborted);
        await context.SignInAsync(
            SubjectHandler.Session,
            new ClaimsPrincipal(new ClaimsIdentity([new Claim(SubjectHandler.SessionId, id)], SubjectHandler.Session)));
    }
}
