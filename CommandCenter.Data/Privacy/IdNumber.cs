using System.Globalization;

namespace CommandCenter.Data.Privacy;

/// <summary>Identity numbers: 18 characters with a check digit (GB 11643), or 15 digits as they were given out before 1999.</summary>
public static class IdNumber
{
    public const int Length = 18;

    private const string CheckDigits = "10X98765432";

    private static ReadOnlySpan<byte> Weights => [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Whether it may be one: its length, its day of birth and, with 18 characters, its check digit.</summary>
    public static bool IsValid(ReadOnlySpan<char> number) => number.Length switch
    {
        15 => IsDigits(number) && IsDay($"19{number[6..12]}"),
        Length => IsDigits(number[..17]) && IsDay(number[6..14]) && char.ToUpperInvariant(number[17]) == CheckDigit(number[..17]),
        _ => false,
    };

    /// <summary>The check digit of the first 17.</summary>
    public static char CheckDigit(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++)
        {
            sum += (digits[i] - '0') * Weights[i];
        }

        return CheckDigits[sum % 11];
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static bool IsDay(ReadOnlySpan<char> day) => DateOnly.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
