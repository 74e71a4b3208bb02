using System.Runtime.InteropServices;

namespace CommandCenter.Data.Incidents;

/// <summary>One of the two clocks of an incident.</summary>
public enum IncidentClockKind
{
    /// <summary>Until it is accepted.</summary>
    Accept,

    /// <summary>Until it is closed.</summary>
    Finish,
}

/// <summary>How firmly a clock speaks.</summary>
public enum ReminderKind
{
    /// <summary>催办: three quarters of the time are used.</summary>
    Remind,

    /// <summary>督办: the time has run out.</summary>
    Supervise,
}

/// <param name="At">UTC; the reminder is due as soon as now is later.</param>
/// <param name="DueBy">When the clock runs out, UTC.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Reminder(DateTime At, ReminderKind Kind, IncidentClockKind Clock, DateTime DueBy);

/// <summary>When the clocks of an incident speak: at three quarters of their time, and when it has run out (DOMAIN, "Lifecycle").</summary>
public static class ReminderSchedule
{
    private const double RemindFrom = 0.75;

    /// <summary>The four moments in order of time; those of the accept clock only while nobody has accepted.</summary>
    /// <returns>Empty for what is closed.</returns>
    public static IReadOnlyList<Reminder> Of(DateTime receivedAt, DateTime acceptBy, DateTime finishBy, IncidentStatus status)
    {
        if (status == IncidentStatus.Closed)
        {
            return [];
        }

        List<Reminder> all = [];
        if (status == IncidentStatus.Reported)
        {
            Add(all, IncidentClockKind.Accept, receivedAt, acceptBy);
        }

        Add(all, IncidentClockKind.Finish, receivedAt, finishBy);
        all.Sort((one, other) => one.At.CompareTo(other.At));
        return all;
    }

    /// <summary>When the first reminder of a new incident is due, UTC.</summary>
    public static DateTime First(DateTime receivedAt, DateTime acceptBy) => Soon(receivedAt, acceptBy);

    private static void Add(List<Reminder> all, IncidentClockKind clock, DateTime from, DateTime dueBy)
    {
        all.Add(new Reminder(Soon(from, dueBy), ReminderKind.Remind, clock, dueBy));
        all.Add(new Reminder(dueBy, ReminderKind.Supervise, clock, dueBy));
    }

    // To the milliseconds that are stored.
    private static DateTime Soon(DateTime from, DateTime dueBy)
    {
        var ticks = from.Ticks + (long)((dueBy - from).Ticks * RemindFrom);
        return new DateTime(ticks - (ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
    }
}
