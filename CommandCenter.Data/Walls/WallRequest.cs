using System.Security.Cryptography;
using System.Text;
using CommandCenter.Data.Accounts;

namespace CommandCenter.Data.Walls;

/// <summary>A screen that asks to be let in and shows a code. Instants UTC.</summary>
public sealed record WallRequest
{
    /// <summary>Of the secret that the asking browser keeps (<see cref="Credential.HashOf"/>).</summary>
    public string Id { get; init; } = "";

    public string Code { get; init; } = "";

    public DateTime AskedAt { get; init; }

    public DateTime ExpiresAt { get; init; }

    public string? Address { get; init; }

    public string? Agent { get; init; }

    /// <summary>The wall it was let in as; null while it waits.</summary>
    public long? WallId { get; init; }
}

/// <summary>What a screen shows: 8 characters of which no two look alike across a room.</summary>
public static class WallCode
{
    public const int Length = 8;

    // Without 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
    private const string Alphabet = "34679ACDEFGHJKMNPQRTWXY";

    public static string Make() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>A code as it was typed: in small letters, full width, with spaces or dashes.</summary>
    /// <returns>Null when it can be none.</returns>
    public static string? Read(string? typed)
    {
        if (typed is null || typed.Length > 64)
        {
            return null;
        }

        var code = new string([.. typed.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '·'))]);
        return code.Length == Length && code.All(c => Alphabet.Contains(c, StringComparison.Ordinal)) ? code : null;
    }

    /// <summary>As it is shown and read out: <c>ABCD-EFGH</c>.</summary>
    public static string Show(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return $"{code[..4]}-{code[4..]}";
    }

    internal static bool AreSame(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(other));
}
