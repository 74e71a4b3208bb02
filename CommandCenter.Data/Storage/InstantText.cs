using System.Globalization;
using System.Numerics;
using System.Text;

namespace CommandCenter.Data.Storage;

/// <summary>Instants as the embedded store keeps them: <c>2026-11-22T08:15:30.123Z</c>, always.</summary>
internal static class InstantText
{
    private const string Shape = "0000-00-00T00:00:00.000Z";

    /// <param name="utc">What is finer than milliseconds is left out.</param>
    public static string Of(DateTime utc)
    {
        // The round trip form is written several times as fast as one of our own letters: seven digits of a second, of which three stay.
        Span<char> text = stackalloc char[33];
        utc.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        text[Shape.Length - 1] = 'Z';
        return new string(text[..Shape.Length]);
    }

    public static DateTime Parse(string text) => TryParse<char>(text, out var instant)
        ? instant
        : DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    public static DateTime Parse(ReadOnlySpan<byte> utf8) => TryParse(utf8, out var instant) ? instant : Parse(Encoding.UTF8.GetString(utf8));

    // Ten times as fast as the general parser, which a start with 200,000 incidents would run half a million times.
    private static bool TryParse<T>(ReadOnlySpan<T> text, out DateTime instant)
        where T : unmanaged, IBinaryInteger<T>
    {
        instant = default;
        if (text.Length != Shape.Length)
        {
            return false;
        }

        for (var i = 0; i < Shape.Length; i++)
        {
            var letter = int.CreateTruncating(text[i]);
            if (Shape[i] == '0' ? letter is < '0' or > '9' : letter != Shape[i])
            {
                return false;
            }
        }

        var date = new DateTime(Number(text, 0, 4), Number(text, 5, 2), Number(text, 8, 2), 0, 0, 0, DateTimeKind.Utc);
        instant = new DateTime(
            date.Ticks
            + (Number(text, 11, 2) * TimeSpan.TicksPerHour)
            + (Number(text, 14, 2) * TimeSpan.TicksPerMinute)
            + (Number(text, 17, 2) * TimeSpan.TicksPerSecond)
            + (Number(text, 20, 3) * TimeSpan.TicksPerMillisecond),
            DateTimeKind.Utc);
        return true;
    }

    private static int Number<T>(ReadOnlySpan<T> text, int start, int length)
        where T : unmanaged, IBinaryInteger<T>
    {
        var number = 0;
        for (var i = start; i < start + length; i++)
        {
            number = (number * 10) + int.CreateTruncating(text[i]) - '0';
        }

        return number;
    }
}
