using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using CommandCenter.Data.Disputes;

namespace CommandCenter.Web.Disputes;

/// <summary>The answer to a registration.</summary>
public sealed record DisputeReceipt(
    [property: Description("Id of the dispute.")] long Id,
    [property: Description("Number that people say on the phone: D, county day and sequence.")] string Number,
    [property: Description("Code of the area it belongs to; null where its place is not known.")] string? Area,
    [property: Description("Where it stands.")] DisputeStage Stage,
    [property: Description("When it was registered, UTC.")] DateTime RegisteredAt);

/// <summary>A dispute in a listing.</summary>
public record DisputeSummary
{
    [Description("Id of the dispute.")]
    public required long Id { get; init; }

    [Description("Number that people say on the phone: D, county day and sequence.")]
    public required string Number { get; init; }

    [Description("Code of the sender.")]
    public required string Source { get; init; }

    [Description("The sender's own id.")]
    public string? ExternalId { get; init; }

    [Description("Category code, 01 to 18 or 99.")]
    public required string Category { get; init; }

    [Description("individual, group or majorGroup.")]
    public required DisputeScale Scale { get; init; }

    [Description("How it came to be known.")]
    public required DisputeOrigin Origin { get; init; }

    [Description("About what, in a line; masked, unless the reader may see people.")]
    public required string Title { get; init; }

    [Description("Code of the area it belongs to.")]
    public string? Area { get; init; }

    [Description("Name of that area today.")]
    public string? AreaName { get; init; }

    [Description("Longitude in degrees, WGS84.")]
    public double? Lon { get; init; }

    [Description("Latitude in degrees, WGS84.")]
    public double? Lat { get; init; }

    [Description("Where it is, in words; only its first part, unless the reader may see people.")]
    public string? Place { get; init; }

    [Description("red, orange, yellow or blue.")]
    public required DisputeRisk Risk { get; init; }

    [Description("registered, accepted, assigned, mediating, agreed, confirming, failed, referred, closed or followedUp.")]
    public required DisputeStage Stage { get; init; }

    [Description("When it was registered, UTC.")]
    public required DateTime RegisteredAt { get; init; }

    [Description("When it was accepted, UTC.")]
    public DateTime? AcceptedAt { get; init; }

    [Description("The last day of its month, extended or not.")]
    public DateOnly? DueOn { get; init; }

    [Description("Whether the month was extended by another.")]
    public required bool Extended { get; init; }

    [Description("Whether the month runs and has run out.")]
    public required bool Overdue { get; init; }

    [Description("Code of the mediation body that has it.")]
    public string? Body { get; init; }

    [Description("Id of the mediator who has it.")]
    public long? Mediator { get; init; }

    [Description("agreed or failed; null while it is mediated.")]
    public DisputeOutcome? Outcome { get; init; }

    [Description("When it was closed, UTC.")]
    public DateTime? ClosedAt { get; init; }

    [Description("When it became a crime (民转刑), UTC.")]
    public DateTime? CriminalAt { get; init; }

    [Description("Id of the incident that it was made of.")]
    public long? Incident { get; init; }
}

/// <summary>A dispute with all that belongs to it.</summary>
public sealed record DisputeDetail : DisputeSummary
{
    [SetsRequiredMembers]
    public DisputeDetail(DisputeSummary summary)
        : base(summary)
    {
    }

    [JsonPropertyOrder(1), Description("What it is about; masked, unless the reader may see people, as all texts below.")]
    public string? Summary { get; init; }

    [JsonPropertyOrder(1), Description("Organisations that are involved.")]
    public string? Units { get; init; }

    [JsonPropertyOrder(1), Description("How many people are involved.")]
    public int? People { get; init; }

    [JsonPropertyOrder(1), Description("The day on which it arose.")]
    public DateOnly? OccurredOn { get; init; }

    [JsonPropertyOrder(1), Description("Coordinate system the point was sent in.")]
    public string? Crs { get; init; }

    [JsonPropertyOrder(1), Description("Why that risk.")]
    public string? RiskReason { get; init; }

    [JsonPropertyOrder(1), Description("Why the month was extended.")]
    public string? ExtensionReason { get; init; }

    [JsonPropertyOrder(1), Description("Name of the mediation body.")]
    public string? BodyName { get; init; }

    [JsonPropertyOrder(1), Description("Name of the mediator.")]
    public string? MediatorName { get; init; }

    [JsonPropertyOrder(1), Description("Code of the kind of mediation.")]
    public string? Method { get; init; }

    [JsonPropertyOrder(1), Description("When they agreed, or it failed, UTC.")]
    public DateTime? OutcomeAt { get; init; }

    [JsonPropertyOrder(1), Description("oral or written.")]
    public AgreementForm? Agreement { get; init; }

    [JsonPropertyOrder(1), Description("The last day on which the parties may ask a court together to confirm their agreement.")]
    public DateOnly? ConfirmUntil { get; init; }

    [JsonPropertyOrder(1), Description("applied, confirmed or refused.")]
    public ConfirmationState? Confirmation { get; init; }

    [JsonPropertyOrder(1), Description("When the court was asked, or when it decided, UTC.")]
    public DateTime? ConfirmationAt { get; init; }

    [JsonPropertyOrder(1), Description("arbitration, litigation or petition.")]
    public ReferralKind? Referral { get; init; }

    [JsonPropertyOrder(1), Description("What was agreed, or why it could not be settled.")]
    public string? Resolution { get; init; }

    [JsonPropertyOrder(1), Description("The day of the follow-up.")]
    public DateOnly? ReviewedOn { get; init; }

    [JsonPropertyOrder(1), Description("What the parties said then.")]
    public string? ReviewOpinion { get; init; }

    [JsonPropertyOrder(1), Description("How it became a crime.")]
    public string? CriminalReason { get; init; }

    [JsonPropertyOrder(1), Description("1 when registered, one more with each change.")]
    public int Revision { get; init; }

    [JsonPropertyOrder(1), Description("When people and free text were erased from it, UTC; null while they are there.")]
    public DateTime? ErasedAt { get; init; }

    [JsonPropertyOrder(1), Description("Who is in dispute; masked, unless the reader may see people.")]
    public IReadOnlyList<DisputePartySummary> Parties { get; init; } = [];

    [JsonPropertyOrder(1), Description("The departments that mediate together, the leading one first.")]
    public IReadOnlyList<JointDepartmentSummary> Joint { get; init; } = [];

    [JsonPropertyOrder(1), Description("Other disputes that have to do with it, as far as the reader sees them.")]
    public IReadOnlyList<DisputeLinkSummary> Links { get; init; } = [];

    [JsonPropertyOrder(1), Description("The stages that it may go to from here.")]
    public IReadOnlyList<DisputeStage> Next { get; init; } = [];

    [JsonPropertyOrder(1), Description("Everything that happened to it, oldest first.")]
    public IReadOnlyList<DisputeHistoryEntry> History { get; init; } = [];
}

/// <summary>Somebody in a dispute; masked, unless the reader may see people.</summary>
public sealed record DisputePartySummary(
    [property: Description("applicant, respondent or other.")] PartyRole Role,
    [property: Description("Name; masked: its first character and asterisks.")] string? Name,
    [property: Description("Phone; masked: first three and last four digits.")] string? Phone,
    [property: Description("Identity number; masked: first three and last four characters.")] string? IdNumber,
    [property: Description("Address; masked: its first part.")] string? Address);

/// <summary>A department that takes part.</summary>
public sealed record JointDepartmentSummary(
    [property: Description("Id of the department.")] long Id,
    [property: Description("Its name.")] string Name,
    [property: Description("Whether it leads.")] bool Lead);

/// <summary>Another dispute that has to do with one.</summary>
public sealed record DisputeLinkSummary(
    [property: Description("Id of the other dispute.")] long Id,
    [property: Description("Its number.")] string Number,
    [property: Description("duplicate or related.")] DisputeLinkKind Kind,
    [property: Description("Where it stands.")] DisputeStage Stage);

/// <summary>Something that happened to a dispute.</summary>
public sealed record DisputeHistoryEntry(
    [property: Description("Position in the event log.")] long Position,
    [property: Description("When, UTC.")] DateTime At,
    [property: Description("Who: account or program.")] string Actor,
    [property: Description("registered, moved, extended, rated, turnedCriminal, handedOver, joined or linked.")] string What)
{
    [Description("Of a move: the stage before.")]
    public DisputeStage? From { get; init; }

    [Description("Of a move: the stage after.")]
    public DisputeStage? To { get; init; }

    [Description("The risk from here on.")]
    public DisputeRisk? Risk { get; init; }

    [Description("The body that has it from here on.")]
    public string? Body { get; init; }

    [Description("The mediator who has it from here on.")]
    public long? Mediator { get; init; }

    [Description("The last day of its month from here on.")]
    public DateOnly? DueOn { get; init; }

    [Description("The departments that mediate together from here on.")]
    public IReadOnlyList<long>? Departments { get; init; }

    [Description("The dispute that it was linked with.")]
    public long? Other { get; init; }

    [Description("What was noted, or the reason; people masked.")]
    public string? Note { get; init; }
}

/// <summary>What happened to a dispute.</summary>
public sealed record DisputeHistory([property: Description("Oldest first.")] IReadOnlyList<DisputeHistoryEntry> Items);

/// <summary>A page of disputes, the last registered first.</summary>
public sealed record DisputePage(
    [property: Description("The disputes.")] IReadOnlyList<DisputeSummary> Items,
    [property: Description("Give this as after to get the next page; null on the last.")] long? Next);
