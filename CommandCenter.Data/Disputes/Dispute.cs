namespace CommandCenter.Data.Disputes;

/// <summary>Which side somebody is on.</summary>
public enum PartyRole
{
    /// <summary>申请人: who brought it.</summary>
    Applicant = 1,

    /// <summary>被申请人: whom it is brought against.</summary>
    Respondent = 2,

    /// <summary>Concerned, and on neither side.</summary>
    Other = 9,
}

/// <summary>How it ended for the parties.</summary>
public enum DisputeOutcome
{
    Agreed = 1,
    Failed = 2,
}

/// <summary>What a court said to an agreement.</summary>
public enum ConfirmationState
{
    /// <summary>The parties asked; it has not decided yet.</summary>
    Applied = 1,

    Confirmed = 2,
    Refused = 3,
}

/// <summary>What two disputes have to do with each other.</summary>
public enum DisputeLinkKind
{
    /// <summary>The same, known from two sources.</summary>
    Duplicate = 1,

    Related = 2,
}

/// <summary>A dispute as it stands, without its parties. Instants UTC, days county days, degrees WGS84.</summary>
public record Dispute
{
    public long Id { get; init; }

    public string Number { get; init; } = "";

    public string Source { get; init; } = "";

    public string? ExternalId { get; init; }

    public DateTime RegisteredAt { get; init; }

    public DateOnly? OccurredOn { get; init; }

    /// <summary>Area code of any level; null where its place is not known.</summary>
    public string? Area { get; init; }

    public double? Lon { get; init; }

    public double? Lat { get; init; }

    public string? SourceCrs { get; init; }

    /// <summary>Where it is, in words.</summary>
    public string? Place { get; init; }

    public string Category { get; init; } = "";

    public DisputeScale Scale { get; init; }

    public DisputeOrigin Origin { get; init; }

    public string Title { get; init; } = "";

    public string? Summary { get; init; }

    /// <summary>Organisations that are involved.</summary>
    public string? Units { get; init; }

    /// <summary>How many people are involved.</summary>
    public int? People { get; init; }

    public DisputeRisk Risk { get; init; }

    public string? RiskReason { get; init; }

    public DisputeStage Stage { get; init; }

    public DateTime? AcceptedAt { get; init; }

    /// <summary>The last day of its month, extended or not; null before it was accepted.</summary>
    public DateOnly? DueOn { get; init; }

    public bool Extended { get; init; }

    public string? ExtensionReason { get; init; }

    /// <summary>Code of the mediation body that has it.</summary>
    public string? Body { get; init; }

    public long? Mediator { get; init; }

    /// <summary>Code of the kind of mediation.</summary>
    public string? Method { get; init; }

    public DisputeOutcome? Outcome { get; init; }

    /// <summary>When they agreed, or it failed.</summary>
    public DateTime? OutcomeAt { get; init; }

    public AgreementForm? Agreement { get; init; }

    public ConfirmationState? Confirmation { get; init; }

    /// <summary>When the court was asked, or when it decided.</summary>
    public DateTime? ConfirmationAt { get; init; }

    public ReferralKind? Referral { get; init; }

    /// <summary>What was agreed, or why it could not be settled.</summary>
    public string? Resolution { get; init; }

    public DateTime? ClosedAt { get; init; }

    public DateOnly? ReviewedOn { get; init; }

    public string? ReviewOpinion { get; init; }

    /// <summary>When it became a crime (民转刑).</summary>
    public DateTime? CriminalAt { get; init; }

    public string? CriminalReason { get; init; }

    /// <summary>The incident that it was made of.</summary>
    public long? IncidentId { get; init; }

    /// <summary>1 when registered, one more with each change.</summary>
    public int Revision { get; init; }

    /// <summary>When people and free text were erased from it.</summary>
    public DateTime? ErasedAt { get; init; }

    /// <summary>Whether the month runs and has run out.</summary>
    /// <param name="today">County day.</param>
    public bool IsOverdue(DateOnly today) => Stage is DisputeStage.Accepted or DisputeStage.Assigned or DisputeStage.Mediating && DueOn < today;
}

/// <summary>Somebody in a dispute.</summary>
public sealed record DisputeParty(PartyRole Role, string? Name, string? Phone, string? IdNumber, string? Address);

/// <summary>A department that takes part.</summary>
public sealed record JointDepartment(long Id, string Name, bool IsLead);

/// <summary>Another dispute that has to do with this one; only where it is seen too.</summary>
public sealed record LinkedDispute(long Id, string Number, DisputeLinkKind Kind, DisputeStage Stage);

/// <summary>A dispute with all that belongs to it.</summary>
public sealed record DisputeFile(Dispute Dispute, IReadOnlyList<DisputeParty> Parties, IReadOnlyList<JointDepartment> Joint, IReadOnlyList<LinkedDispute> Links);
