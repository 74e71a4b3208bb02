using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Live;

public enum StreamEntryKind
{
    Reported,
    Accepted,
    InProgress,
    Closed,

    /// <summary>催办: three quarters of a clock are used.</summary>
    Reminded,

    /// <summary>督办: a clock has run out.</summary>
    Supervised,
    AreasReplaced,
    UnitsReplaced,

    /// <summary>Figures were imported, or an import was undone.</summary>
    StatisticsChanged,

    /// <summary>The safety index has new values.</summary>
    SafetyIndexChanged,

    /// <summary>The register of disputes changed. Never shown as a line.</summary>
    DisputesChanged,

    /// <summary>Titles before this entry may be told no longer. Never shown as a line.</summary>
    IncidentsErased,
}

/// <summary>One line of the running stream: what was reported, or what was done about it.</summary>
/// <param name="Position">The position of its event in the log.</param>
/// <param name="At">UTC.</param>
/// <param name="Incident">The incident as it stood after this event; null for entries that concern no incident.</param>
/// <param name="Note">What was done, in the handler's words.</param>
/// <param name="Late">For what was done: it was done after the finish-by instant. Null for reports and areas.</param>
public sealed record StreamEntry(
    long Position,
    DateTime At,
    StreamEntryKind Kind,
    OpenIncident? Incident,
    string Actor,
    string? Note,
    bool? Late)
{
    /// <summary>Of a reminder: which clock it speaks of.</summary>
    public IncidentClockKind? Clock { get; init; }
}
