using System.Globalization;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>The first day of the lunar year, 1902 to 2100.</summary>
public static class SpringFestival
{
    private static readonly ChineseLunisolarCalendar Lunar = new();

    /// <param name="year">Of our calendar: the festival falls between 21 January and 20 February of it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lunar calendar does not reach so far.</exception>
    public static DateOnly Of(int year) => DateOnly.FromDateTime(Lunar.ToDateTime(year, 1, 1, 0, 0, 0, 0));

    /// <summary>The festival nearest to a day; of two at the same distance the earlier one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The lunar calendar does not reach so far.</exception>
    public static DateOnly NearestTo(DateOnly day)
    {
        var (own, other) = (Of(day.Year), Of(day.Year + (day < Of(day.Year) ? -1 : 1)));
        var (distance, further) = (Math.Abs(own.DayNumber - day.DayNumber), Math.Abs(other.DayNumber - day.DayNumber));
        return further < distance || (further == distance && other < own) ? other : own;
    }
}
