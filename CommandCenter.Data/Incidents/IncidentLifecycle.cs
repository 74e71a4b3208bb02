namespace CommandCenter.Data.Incidents;

/// <summary>Which moves there are.</summary>
public static class IncidentLifecycle
{
    /// <summary>Where an incident goes from here; null from the end.</summary>
    public static IncidentStatus? Next(IncidentStatus from) => from switch
    {
        IncidentStatus.Reported => IncidentStatus.Accepted,
        IncidentStatus.Accepted => IncidentStatus.InProgress,
        IncidentStatus.InProgress => IncidentStatus.Closed,
        IncidentStatus.Closed => null,
        _ => throw new ArgumentOutOfRangeException(nameof(from), from, "Not a status."),
    };
}

/// <summary>What asking to move an incident came to.</summary>
public enum MoveOutcome
{
    Moved,

    /// <summary>It stands there already; nothing was recorded.</summary>
    AlreadyThere,

    /// <summary>From where it stands there is no such move.</summary>
    NotAllowed,

    NotFound,
}

/// <param name="Status">Where the incident stands now; meaningless when it was not found.</param>
public readonly record struct MoveResult(MoveOutcome Outcome, IncidentStatus Status);
