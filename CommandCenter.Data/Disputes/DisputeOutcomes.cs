namespace CommandCenter.Data.Disputes;

/// <summary>What moving a dispute came to, and where it stands now.</summary>
public readonly record struct DisputeMoveResult(DisputeMoveOutcome Outcome, DisputeStage Stage);

/// <summary>What another change of a dispute came to.</summary>
public enum DisputeChangeOutcome
{
    Changed,

    /// <summary>It is so already; nothing was recorded.</summary>
    AlreadySo,

    NotFound,

    ReasonMissing,

    /// <summary>It is closed.</summary>
    IsOver,

    /// <summary>No body has it yet: it is assigned first.</summary>
    NotAssigned,

    BodyUnknown,

    MediatorUnknown,

    /// <summary>A department is none that is in use, or leads without taking part.</summary>
    DepartmentUnknown,

    /// <summary>There is no such other dispute, or none that is seen.</summary>
    OtherNotFound,

    /// <summary>It is linked with itself.</summary>
    IsItself,
}
