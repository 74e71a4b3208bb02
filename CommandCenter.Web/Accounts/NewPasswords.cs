using System.Security.Cryptography;
using CommandCenter.Data.Accounts;
using Microsoft.AspNetCore.Identity;

namespace CommandCenter.Web.Accounts;

/// <summary>Passwords that somebody sets for themselves, and those that are made for them.</summary>
public sealed class NewPasswords(IPasswordHasher<Account> hasher)
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    public string Hash(string password) => hasher.HashPassword(new Account(), password);

    public bool IsOf(string hash, string password) => hasher.VerifyHashedPassword(new Account(), hash, password) != PasswordVerificationResult.Failed;

    /// <summary>A password to be told on the telephone, 79 random bits: <c>k7mw-2xqa-9fhd-tr4z</c>.</summary>
    public static string Make() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 4)));
}
