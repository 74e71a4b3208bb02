namespace CommandCenter.Data.Incidents;

/// <summary>How soon a matter must be accepted and finished (<see cref="IncidentClock"/>). The numbers are stored.</summary>
public enum Urgency
{
    /// <summary>特急: accept within 15 minutes, finish within 2 hours.</summary>
    Critical = 1,

    /// <summary>紧急: 30 minutes, 24 hours.</summary>
    Urgent = 2,

    /// <summary>一般: 2 hours, 7 days.</summary>
    Normal = 3,

    /// <summary>疑难: one working day, 15 days.</summary>
    Complex = 4,
}
