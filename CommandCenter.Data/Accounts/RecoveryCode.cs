using System.Security.Cryptography;
using System.Text;

namespace CommandCenter.Data.Accounts;

/// <summary>Codes that let somebody in whose second factor is lost: 79 random bits, each good once. The store keeps their hashes.</summary>
public static class RecoveryCode
{
    /// <summary>How many are given out at once.</summary>
    public const int Count = 10;

    // Nothing that is mistaken for something else when it is read from paper.
    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    private const int Length = 16;

    public static IReadOnlyList<string> MakeAll() => [.. Enumerable.Range(0, Count).Select(_ => Make())];

    /// <summary>What the store keeps; the same for every way of typing it.</summary>
    public static string HashOf(string code) =>
        Credential.HashOf(new string([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]));

    /// <summary>Whether it can be one; anything else is taken for a code of the app.</summary>
    public static bool IsOne(string text) => text.Count(char.IsAsciiLetterOrDigit) == Length;

    private static string Make()
    {
        var code = new StringBuilder(RandomNumberGenerator.GetString(Letters, Length));
        for (var at = 12; at > 0; at -= 4)
        {
            code.Insert(at, '-');
        }

        return code.ToString();
    }
}
