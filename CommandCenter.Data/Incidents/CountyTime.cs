namespace CommandCenter.Data.Incidents;

/// <summary>
/// County time is Asia/Shanghai: UTC+8 all year round, without daylight saving since 1991. A fixed offset, so that the same
/// instant falls on the same county day on a machine without time zone data.
/// </summary>
public static class CountyTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The county day an instant falls on.</summary>
    /// <param name="utc">UTC.</param>
    public static DateOnly Day(DateTime utc) => DateOnly.FromDateTime(utc + Offset);

    /// <summary>The county's wall-clock time of an instant.</summary>
    /// <param name="utc">UTC.</param>
    public static DateTime Local(DateTime utc) => DateTime.SpecifyKind(utc + Offset, DateTimeKind.Unspecified);

    /// <summary>The instant, in UTC, at which a county day begins.</summary>
    public static DateTime StartOfDay(DateOnly day) => DateTime.SpecifyKind(day.ToDateTime(TimeOnly.MinValue) - Offset, DateTimeKind.Utc);
}
