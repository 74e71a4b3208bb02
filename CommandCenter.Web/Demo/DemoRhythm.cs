using CommandCenter.Data.Incidents;

namespace CommandCenter.Web.Demo;

/// <summary>How a county's day goes: quiet nights, busy mornings and afternoons, a late peak after supper.</summary>
internal static class DemoRhythm
{
    // Shares of a day by hour, about 1 on average.
    private static readonly double[] Hours =
        [0.28, 0.22, 0.18, 0.16, 0.2, 0.36, 0.72, 1.15, 1.65, 1.85, 1.75, 1.35, 0.95, 1.1, 1.55, 1.65, 1.5, 1.3, 1.2, 1.3, 1.15, 0.9, 0.6, 0.4];

    private static readonly double Mean = Hours.Average();

    /// <summary>How busy it is, against the mean of the day; glides from hour to hour.</summary>
    /// <param name="at">UTC.</param>
    public static double At(DateTime at)
    {
        var local = CountyTime.Local(at).TimeOfDay.TotalHours;
        var (hour, part) = ((int)local, local - (int)local);
        return (Hours[hour] + ((Hours[(hour + 1) % 24] - Hours[hour]) * part)) / Mean;
    }

    /// <summary>A time of day, likelier where the day is busy.</summary>
    public static TimeSpan Pick(Dice dice)
    {
        var rest = dice.Next() * Hours.Sum();
        var hour = 0;
        while (rest >= Hours[hour] && hour < 23)
        {
            rest -= Hours[hour++];
        }

        return TimeSpan.FromHours(hour + Math.Min(rest / Hours[hour], 0.9999));
    }
}
