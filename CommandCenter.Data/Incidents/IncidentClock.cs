namespace CommandCenter.Data.Incidents;

/// <summary>The two clocks of an incident, from its urgency.</summary>
public static class IncidentClock
{
    /// <summary>When the incident must have been accepted, and when it must be finished.</summary>
    /// <param name="urgency">One of the four grades.</param>
    /// <param name="receivedAt">UTC.</param>
    /// <returns>Both UTC.</returns>
    public static (DateTime AcceptBy, DateTime FinishBy) For(Urgency urgency, DateTime receivedAt) => urgency switch
    {
        Urgency.Critical => (receivedAt.AddMinutes(15), receivedAt.AddHours(2)),
        Urgency.Urgent => (receivedAt.AddMinutes(30), receivedAt.AddHours(24)),
        Urgency.Normal => (receivedAt.AddHours(2), receivedAt.AddDays(7)),
        Urgency.Complex => (NextWorkingDay(receivedAt), receivedAt.AddDays(15)),
        _ => throw new ArgumentOutOfRangeException(nameof(urgency), urgency, "Not an urgency."),
    };

    // Same hour on the next weekday of the county. Public holidays and their make-up days are not known here yet.
    private static DateTime NextWorkingDay(DateTime receivedAt)
    {
        var next = receivedAt.AddDays(1);
        while (CountyTime.Local(next).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            next = next.AddDays(1);
        }

        return next;
    }
}
