namespace CommandCenter.Web.Wall.Police;

/// <summary>When a figure is old. Figures come a day late where they are sent daily, and a month late where they are sent monthly.</summary>
internal static class StaleFigures
{
    private const int DaysLate = 7;

    // A month's figure speaks up to its last day, and the next one comes within a week of the month after.
    private const int MonthLate = 31 + DaysLate;

    /// <summary>How many days old a figure is, if that is too old; null where it is not.</summary>
    public static int? Days(DateOnly? asOf, DateOnly today)
    {
        if (asOf is not { } day)
        {
            return null;
        }

        var days = today.DayNumber - day.DayNumber;
        var isMonthEnd = day.Day == DateTime.DaysInMonth(day.Year, day.Month);
        return days > (isMonthEnd ? MonthLate : DaysLate) ? days : null;
    }
}
