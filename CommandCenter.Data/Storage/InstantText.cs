using System.Globalization;

namespace CommandCenter.Data.Storage;

/// <summary>Reads instants as the embedded store keeps them: <c>2026-11-22T08:15:30.123Z</c>, always.</summary>
internal static class InstantText
{
    // Ten times as fast as the general parser, which a start with 200,000 incidents would run half a million times.
    public static DateTime Parse(string text)
    {
        if (text is not [_, _, _, _, '-', _, _, '-', _, _, 'T', _, _, ':', _, _, ':', _, _, '.', _, _, _, 'Z'])
        {
            return DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
        }

        var date = new DateTime(Number(text, 0, 4), Number(text, 5, 2), Number(text, 8, 2), 0, 0, 0, DateTimeKind.Utc);
        return new DateTime(
            date.Ticks
            + (Number(text, 11, 2) * TimeSpan.TicksPerHour)
            + (Number(text, 14, 2) * TimeSpan.TicksPerMinute)
            + (Number(text, 17, 2) * TimeSpan.TicksPerSecond)
            + (Number(text, 20, 3) * TimeSpan.TicksPerMillisecond),
            DateTimeKind.Utc);
    }

    private static int Number(string text, int start, int length)
    {
        var number = 0;
        foreach (var digit in text.AsSpan(start, length))
        {
            number = char.IsAsciiDigit(digit) ? (number * 10) + digit - '0' : throw new FormatException($"'{text}' is not an instant.");
        }

        return number;
    }
}
