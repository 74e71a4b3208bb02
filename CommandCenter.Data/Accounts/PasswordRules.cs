using System.Text;

namespace CommandCenter.Data.Accounts;

/// <summary>Why a password is not taken. Each has its sentence in the resources.</summary>
public enum PasswordProblem
{
    TooShort,
    TooLong,

    /// <summary>It holds the user name.</summary>
    HoldsName,

    /// <summary>It is one of those that are tried first, or one of them with something added.</summary>
    Common,

    /// <summary>Fewer than three kinds of characters, and shorter than a passphrase.</summary>
    TooPlain,

    /// <summary>It was used before.</summary>
    UsedBefore,
}

/// <summary>What a password must be. Pure: all that it needs is given.</summary>
public static class PasswordRules
{
    public const int Shortest = 10;

    /// <summary>From here on its length is enough, whatever it consists of.</summary>
    public const int Passphrase = 16;

    public const int Longest = 128;

    /// <summary>The last so many do not come back.</summary>
    public const int History = 5;

    private const int Kinds = 3;

    /// <returns>The first thing that is wrong with it; null when it will do.</returns>
    public static PasswordProblem? Check(string password, string name)
    {
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(name);
        var length = password.EnumerateRunes().Count();
        if (length < Shortest)
        {
            return PasswordProblem.TooShort;
        }

        if (length > Longest)
        {
            return PasswordProblem.TooLong;
        }

        var (folded, key) = (Account.KeyOf(password), Account.KeyOf(name));
        if (key.Length >= 3 && folded.Contains(key, StringComparison.Ordinal))
        {
            return PasswordProblem.HoldsName;
        }

        if (CommonPasswords.Has(password))
        {
            return PasswordProblem.Common;
        }

        return length < Passphrase && KindsIn(password) < Kinds ? PasswordProblem.TooPlain : null;
    }

    // Small and capital letters, digits, everything else that is typed, and characters of scripts without case, such as Chinese.
    private static int KindsIn(string password) => password.EnumerateRunes()
        .Select(rune => Rune.IsLower(rune) ? 0 : Rune.IsUpper(rune) ? 1 : Rune.IsDigit(rune) ? 2 : Rune.IsLetter(rune) ? 4 : 3)
        .Distinct()
        .Count();
}
