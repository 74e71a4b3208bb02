using System.Globalization;

namespace CommandCenter.Data.Incidents;

/// <summary>
/// County time is Asia/Shanghai: UTC+8 all year round, without daylight saving since 1991. A fixed offset, so that the same
/// instant falls on the same county day on a machine without time zone data.
/// </summary>
public static class CountyTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    private static readonly string[] Iso8601 =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>The county day an instant falls on.</summary>
    /// <param name="utc">UTC.</param>
    public static DateOnly Day(DateTime utc) => DateOnly.FromDateTime(utc + Offset);

    /// <summary>The county's wall-clock time of an instant.</summary>
    /// <param name="utc">UTC.</param>
    public static DateTime Local(DateTime utc) => DateTime.SpecifyKind(utc + Offset, DateTimeKind.Unspecified);

    /// <summary>Reads an ISO 8601 instant; one without an offset is county time, a bare date its beginning.</summary>
    /// <param name="utc">UTC, cut to milliseconds.</param>
    public static bool TryParse(string text, out DateTime utc)
    {
        utc = default;
        if (!DateTimeOffset.TryParseExact(text, Iso8601, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read))
        {
            return false;
        }

        var hasOffset = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > "yyyy-MM-dd".Length;
        var ticks = read.UtcTicks - (hasOffset ? 0 : Offset.Ticks);
        if (ticks < 0)
        {
            return false;
        }

        utc = new DateTime(ticks - (ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
        return true;
    }

    /// <summary>The instant, in UTC, at which a county day begins.</summary>
    public static DateTime StartOfDay(DateOnly day) => DateTime.SpecifyKind(day.ToDateTime(TimeOnly.MinValue) - Offset, DateTimeKind.Utc);
}
