namespace CommandCenter.Data.PoliceStatistics;

/// <summary>Which days of the year before a period is compared with.</summary>
public enum Alignment
{
    /// <summary>The days of the same date: the rule.</summary>
    Calendar,

    /// <summary>As many of each weekday.</summary>
    Weekday,

    /// <summary>Those that lie the same way to the Spring Festival.</summary>
    SpringFestival,
}
