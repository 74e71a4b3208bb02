using System.Globalization;
using System.Security.Cryptography;
using CommandCenter.Data.Accounts;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.DataProtection;

namespace CommandCenter.Web.Accounts;

/// <summary>What a browser holds between password and code: who it is, protected, for five minutes. No session, and good for nothing else.</summary>
public sealed class SignInTicket(IDataProtectionProvider protection, AccessOptions options)
{
    private const string Cookie = "cc_step";
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("sign-in").ToTimeLimitedDataProtector();

    public static bool IsThere(HttpContext context) => context.Request.Cookies.ContainsKey(Cookie);

    internal void Give(HttpContext context, Account account) => context.Response.Cookies.Append(
        Cookie,
        _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{account.Id}|{Stamp(account)}"), Lasts),
        new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = options.RequireHttps || context.Request.IsHttps, Path = "/sign-in", MaxAge = Lasts, IsEssential = true });

    internal void End(HttpContext context) => context.Response.Cookies.Delete(Cookie, new CookieOptions { Path = "/sign-in" });

    /// <returns>Null when there is none, it is too old, or the password was changed since.</returns>
    internal async Task<Account?> TakeAsync(HttpContext context, AccountStore accounts)
    {
        if (!context.Request.Cookies.TryGetValue(Cookie, out var ticket))
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(ticket).Split('|') is [var id, var stamp]
                && await accounts.FindAsync(long.Parse(id, CultureInfo.InvariantCulture), context.RequestAborted) is { SecondFactor: not null } account
                && stamp == Stamp(account)
                ? account
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string Stamp(Account account) => Credential.HashOf(account.PasswordHash)[..16];
}
