using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Disputes;

/// <summary>The time that a mediation may take: one month from acceptance, and one extension by another (DOMAIN, "Dispute").</summary>
public static class DisputeClock
{
    /// <summary>The last county day. A month ends on the day of the same number, or on the last day of a month that has none.</summary>
    /// <param name="acceptedAt">UTC.</param>
    public static DateOnly DueOn(DateTime acceptedAt, bool extended) => CountyTime.Day(acceptedAt).AddMonths(extended ? 2 : 1);

    /// <summary>The instant, in UTC, from which on it is overdue.</summary>
    public static DateTime DueBy(DateOnly dueOn) => CountyTime.StartOfDay(dueOn.AddDays(1));

    /// <summary>Whether the time may be extended now.</summary>
    /// <param name="acceptedAt">UTC; null before it was accepted.</param>
    /// <param name="now">UTC.</param>
    public static ExtensionOutcome Extend(DisputeStage stage, DateTime? acceptedAt, bool extended, string? reason, DateTime now) =>
        acceptedAt is not { } accepted ? ExtensionOutcome.NotRunning
        : stage is not (DisputeStage.Accepted or DisputeStage.Assigned or DisputeStage.Mediating) ? ExtensionOutcome.NotRunning
        : extended ? ExtensionOutcome.AlreadyExtended
        : now >= DueBy(DueOn(accepted, extended: false)) ? ExtensionOutcome.TooLate
        : string.IsNullOrWhiteSpace(reason) ? ExtensionOutcome.ReasonMissing
        : ExtensionOutcome.Extended;
}

/// <summary>What asking for more time came to.</summary>
public enum ExtensionOutcome
{
    Extended,
    NotFound,

    /// <summary>Nobody has accepted it yet, or mediation is over.</summary>
    NotRunning,

    AlreadyExtended,

    /// <summary>The time has run out: an extension would only hide that.</summary>
    TooLate,

    ReasonMissing,
}
