using System.Security.Cryptography;
using CommandCenter.Data.Accounts;
using Microsoft.AspNetCore.DataProtection;

namespace CommandCenter.Web.Accounts;

/// <summary>The second factor: its secret, which the store keeps protected with the server's keys, and its codes.</summary>
public sealed class SecondFactor(AccountStore accounts, AccountChanges changes, IDataProtectionProvider protection, TimeProvider time)
{
    private readonly IDataProtector _protector = protection.CreateProtector("second-factor");

    public string Protect(byte[] secret) => _protector.Protect(Convert.ToBase64String(secret));

    /// <returns>Null when it was not protected by this centre's servers.</returns>
    public byte[]? Reveal(string? secret)
    {
        if (string.IsNullOrEmpty(secret))
        {
            return null;
        }

        try
        {
            return Convert.FromBase64String(_protector.Unprotect(secret));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The step that a first code belongs to.</summary>
    /// <returns>Null when it does not fit.</returns>
    public long? Proves(byte[] secret, string code) => Totp.Fits(secret, code, time.GetUtcNow().UtcDateTime, after: null);

    /// <summary>Takes a code of the app or a recovery code, once.</summary>
    public async Task<bool> TakeAsync(Account account, string code, ChangedBy by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(code);
        if (code.Length <= 40 && RecoveryCode.IsOne(code))
        {
            return await changes.UseRecoveryAsync(account, RecoveryCode.HashOf(code), by, cancellationToken);
        }

        var now = await accounts.FindAsync(account.Id, cancellationToken);
        return Reveal(now?.SecondFactor) is { } secret
            && Totp.Fits(secret, code, time.GetUtcNow().UtcDateTime, now!.SecondFactorStep) is { } step
            && await changes.UseStepAsync(account.Id, step, cancellationToken);
    }
}
