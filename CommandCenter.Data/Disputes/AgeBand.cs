using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Disputes;

/// <summary>How long a dispute has been waiting since it was registered.</summary>
public enum AgeBand
{
    UpTo7Days,
    UpTo15Days,
    UpTo30Days,
    UpTo60Days,
    Over60Days,
}

/// <summary>Ages in whole county days, so that a dispute is as old in the morning as in the evening.</summary>
public static class DisputeAge
{
    /// <summary>County days since it was registered; 0 on the day itself.</summary>
    /// <param name="registeredAt">UTC.</param>
    public static int Days(DateTime registeredAt, DateOnly today) => today.DayNumber - CountyTime.Day(registeredAt).DayNumber;

    /// <summary>0–7, 8–15, 16–30, 31–60, more than 60 days.</summary>
    public static AgeBand Band(int days) => days switch
    {
        <= 7 => AgeBand.UpTo7Days,
        <= 15 => AgeBand.UpTo15Days,
        <= 30 => AgeBand.UpTo30Days,
        <= 60 => AgeBand.UpTo60Days,
        _ => AgeBand.Over60Days,
    };
}
