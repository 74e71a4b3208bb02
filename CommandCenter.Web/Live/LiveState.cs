namespace CommandCenter.Web.Live;

public enum LiveCondition
{
    /// <summary>What the board shows is what the store holds, give or take the poll interval.</summary>
    Live,

    /// <summary>The store has more than the board has read yet: starting, or a surge.</summary>
    Behind,

    /// <summary>The store does not answer; the board shows what it knew last.</summary>
    StoreAway,
}

/// <summary>How the node's board stands to the store, and why.</summary>
/// <param name="Since">UTC, when this condition began.</param>
/// <param name="Reason">What the store said, for operators; null while live.</param>
public sealed record LiveState(LiveCondition Condition, DateTime Since, string? Reason = null);
