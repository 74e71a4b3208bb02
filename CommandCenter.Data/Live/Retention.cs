using System.Runtime.InteropServices;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Live;

/// <summary>
/// How far back a board counts. A function of the latest recorded instant alone, so that every way to a board forgets the same.
/// Both reach one day further than the figures need, for a reader whose clock is behind the writer's at midnight.
/// </summary>
/// <param name="HoursFrom">First hour kept, in hours since 0001-01-01T00Z.</param>
/// <param name="DaysFrom">First day kept, as day number of the county day.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Retention(int HoursFrom, int DaysFrom)
{
    /// <summary>Days that the on-time rate looks at, today included.</summary>
    public const int OnTimeDays = 30;

    public static Retention Of(DateTime latest)
    {
        // Instants before the year 2 (a clock that was never set) have no day before yesterday.
        var today = CountyTime.Day(latest);
        var daysBack = Math.Min(2, today.DayNumber - 1);
        return new Retention(Hour(CountyTime.StartOfDay(today.AddDays(-daysBack))), today.DayNumber - OnTimeDays);
    }

    public static int Hour(DateTime utc) => (int)(utc.Ticks / TimeSpan.TicksPerHour);

    public static DateTime StartOfHour(int hour) => new(hour * TimeSpan.TicksPerHour, DateTimeKind.Utc);
}
