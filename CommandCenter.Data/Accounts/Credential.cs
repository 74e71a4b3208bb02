using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace CommandCenter.Data.Accounts;

/// <summary>
/// A secret that a program or a screen shows to be let in: 256 random bits. The store keeps its SHA-256, which tells nothing of
/// something that random; a slow hash is for what people think up.
/// </summary>
public static class Credential
{
    private const int Bytes = 32;
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <param name="prefix">Says what it is where it is found lying about: <c>cck_</c>, <c>ccw_</c>.</param>
    public static string Make(string prefix) => prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What the store keeps: 64 hexadecimal digits.</summary>
    public static string HashOf(string credential) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(credential)));

    /// <summary>Whether it can be one at all, so that nothing else is looked up.</summary>
    public static bool IsOne(string? text, string prefix) =>
        text is not null && text.Length == prefix.Length + (2 * Bytes) && text.StartsWith(prefix, StringComparison.Ordinal)
        && !text.AsSpan(prefix.Length).ContainsAnyExcept(Digits);
}
