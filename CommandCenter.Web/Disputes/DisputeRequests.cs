using System.ComponentModel;

namespace CommandCenter.Web.Disputes;

/// <summary>Which incident becomes a dispute.</summary>
public sealed record FromIncidentRequest(
    [property: Description("Id of the incident.")] long? Incident,
    [property: Description("Category code of the dispute; what the incident's category stands for when not given.")] string? Category,
    [property: Description("individual (when not given), group or majorGroup.")] string? Scale,
    [property: Description("red, orange, yellow or blue (when not given).")] string? Risk,
    [property: Description("Why that risk; owed for all but blue. At most 400 characters.")] string? RiskReason);

/// <summary>A move that is asked for.</summary>
public sealed record DisputeStageChange
{
    [Description("The stage to go to: one of the dispute's next.")]
    public string? Stage { get; init; }

    [Description("Code of the mediation body; owed for assigned.")]
    public string? Body { get; init; }

    [Description("Id of a mediator of that body.")]
    public long? Mediator { get; init; }

    [Description("Code of the kind of mediation; the body's own when not given.")]
    public string? Method { get; init; }

    [Description("oral or written; owed for agreed.")]
    public string? Agreement { get; init; }

    [Description("arbitration, litigation or petition; owed for referred.")]
    public string? Referral { get; init; }

    [Description("What the court decided, where a confirmation ends.")]
    public bool? Confirmed { get; init; }

    [Description("What was agreed, or why it could not be settled; at most 2,000 characters.")]
    public string? Resolution { get; init; }

    [Description("Reason of a failure or referral, opinion at a follow-up: owed there. At most 1,000 characters; people are masked in the record.")]
    public string? Note { get; init; }

    [Description("Who does it; at most 100 characters. The key's own name when not given.")]
    public string? Actor { get; init; }
}

/// <summary>A change with its reason.</summary>
public sealed record DisputeReason(
    [property: Description("Why; at most 400 characters. People are masked in the record.")] string? Reason,
    [property: Description("Who does it; at most 100 characters. The key's own name when not given.")] string? Actor);

/// <summary>A risk with its reason.</summary>
public sealed record DisputeRiskChange(
    [property: Description("red, orange, yellow or blue.")] string? Risk,
    [property: Description("Why; at most 400 characters.")] string? Reason,
    [property: Description("Who does it; at most 100 characters. The key's own name when not given.")] string? Actor);

/// <summary>Who has it from now on.</summary>
public sealed record DisputeHandOver(
    [property: Description("Code of the mediation body.")] string? Body,
    [property: Description("Id of a mediator of that body; null for none in particular.")] long? Mediator,
    [property: Description("At most 1,000 characters.")] string? Note,
    [property: Description("Who does it; at most 100 characters. The key's own name when not given.")] string? Actor);

/// <summary>The departments that mediate together, all of them.</summary>
public sealed record DisputeJoint(
    [property: Description("Ids of departments, at most 20; an empty list ends it.")] IReadOnlyList<long>? Departments,
    [property: Description("Id of the one that leads.")] long? Lead,
    [property: Description("Who does it; at most 100 characters. The key's own name when not given.")] string? Actor);

/// <summary>A link with another dispute.</summary>
public sealed record DisputeLinkRequest(
    [property: Description("Id of the other dispute.")] long? Dispute,
    [property: Description("duplicate or related.")] string? Kind,
    [property: Description("Who does it; at most 100 characters. The key's own name when not given.")] string? Actor);
