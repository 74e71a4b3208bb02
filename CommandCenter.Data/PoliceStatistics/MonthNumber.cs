namespace CommandCenter.Data.PoliceStatistics;

/// <summary>Months as numbers that follow each other: year × 12 + month − 1.</summary>
internal static class MonthNumber
{
    public static int Of(DateOnly day) => (day.Year * 12) + day.Month - 1;

    public static DateOnly First(int month) => new(month / 12, (month % 12) + 1, 1);

    public static int Days(int month) => DateTime.DaysInMonth(month / 12, (month % 12) + 1);
}
