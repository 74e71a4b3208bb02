using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Forces;

namespace CommandCenter.Web.Incidents;

/// <summary>The answer to a report.</summary>
public sealed record IncidentReceipt(
    [property: Description("Id of the incident; grows with the order of intake.")] long Id,
    [property: Description("Number that people say on the phone: county day and sequence.")] string Number,
    [property: Description("Code of the grid it belongs to; null without a point or outside all grids.")] string? GridCode,
    [property: Description("Name of that grid.")] string? GridName,
    [property: Description("True when the point lies in no grid; the report is kept all the same.")] bool OutsideGrids,
    [property: Description("reported, accepted, inProgress or closed.")] IncidentStatus Status,
    [property: Description("When it was taken in, UTC.")] DateTime ReceivedAt);

/// <summary>One line of the answer to a batch.</summary>
public sealed record BatchLineResult(
    [property: Description("Line of the NDJSON body, or place in the array, from 1.")] int Line,
    [property: Description("created, duplicate (the same source and externalId was taken in before) or rejected.")] BatchResult Result,
    [property: Description("Id of the incident or dispute, unless rejected."), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Id,
    [property: Description("Its number, unless rejected."), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Number,
    [property: Description("What is wrong, by field, when rejected."), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IDictionary<string, string[]>? Errors);

public enum BatchResult
{
    Created,
    Duplicate,
    Rejected,
}

/// <summary>An incident in a listing.</summary>
public record IncidentSummary
{
    [Description("Id of the incident; grows with the order of intake.")]
    public required long Id { get; init; }

    [Description("Number that people say on the phone: county day and sequence.")]
    public required string Number { get; init; }

    [Description("Code of the sender.")]
    public required string Source { get; init; }

    [Description("The sender's own id.")]
    public string? ExternalId { get; init; }

    [Description("Category code, as sent.")]
    public required string Category { get; init; }

    [Description("critical, urgent, normal or complex.")]
    public required Urgency Urgency { get; init; }

    [Description("Title, as sent; phones, identity numbers and the reporter's name masked, unless the reader may see people.")]
    public required string Title { get; init; }

    [Description("Longitude in degrees, WGS84.")]
    public double? Lon { get; init; }

    [Description("Latitude in degrees, WGS84.")]
    public double? Lat { get; init; }

    [Description("Code of the grid it belongs to.")]
    public string? GridCode { get; init; }

    [Description("Name of that grid today.")]
    public string? GridName { get; init; }

    [Description("True when the point lies in no grid.")]
    public required bool OutsideGrids { get; init; }

    [Description("Where it is, in words; only its first part, unless the reader may see people.")]
    public string? Address { get; init; }

    [Description("reported, accepted, inProgress or closed.")]
    public required IncidentStatus Status { get; init; }

    [Description("When it happened, UTC; as told by the sender.")]
    public DateTime? OccurredAt { get; init; }

    [Description("When it was taken in, UTC.")]
    public required DateTime ReceivedAt { get; init; }

    [Description("When it must have been accepted, UTC.")]
    public required DateTime AcceptBy { get; init; }

    [Description("When it must be finished, UTC.")]
    public required DateTime FinishBy { get; init; }

    [Description("When it was accepted, UTC.")]
    public DateTime? AcceptedAt { get; init; }

    [Description("When work on it began, UTC.")]
    public DateTime? StartedAt { get; init; }

    [Description("When it was closed, UTC.")]
    public DateTime? ClosedAt { get; init; }
}

/// <summary>An incident with everything that happened to it.</summary>
public sealed record IncidentDetail : IncidentSummary
{
    [SetsRequiredMembers]
    public IncidentDetail(IncidentSummary summary)
        : base(summary)
    {
    }

    [JsonPropertyOrder(1), Description("More about it, as sent; masked as the title is.")]
    public string? Description { get; init; }

    [JsonPropertyOrder(1), Description("Coordinate system the point was sent in.")]
    public string? Crs { get; init; }

    [JsonPropertyOrder(1), Description("Who reported it; masked, unless the reader may see people.")]
    public IncidentReporter? Reporter { get; init; }

    [JsonPropertyOrder(1), Description("When people and free text were erased from it, UTC; null while they are there.")]
    public DateTime? ErasedAt { get; init; }

    [JsonPropertyOrder(1), Description("The units in service nearest to its point, at most three; empty without a point.")]
    public IReadOnlyList<NearUnitSummary> NearestUnits { get; init; } = [];

    [JsonPropertyOrder(1), Description("Everything that happened to it, oldest first.")]
    public IReadOnlyList<IncidentHistoryEntry> History { get; init; } = [];

    [JsonPropertyOrder(1), Description("Some or all of what happened to it has been moved into an archive file; history holds the rest.")]
    public bool HistoryArchived { get; init; }
}

/// <summary>Who reported an incident; masked, unless the reader may see people.</summary>
public sealed record IncidentReporter(
    [property: Description("Name; masked: its first character and asterisks.")] string? Name,
    [property: Description("Phone; masked: first three and last four digits.")] string? Phone,
    [property: Description("Identity number; masked: first three and last four characters.")] string? IdNumber);

/// <summary>Something that happened to an incident.</summary>
public sealed record IncidentHistoryEntry(
    [property: Description("Position in the event log.")] long Position,
    [property: Description("When, UTC.")] DateTime At,
    [property: Description("Who: account, program, or source of the report.")] string Actor,
    [property: Description("Status before; null for the report itself.")] IncidentStatus? From,
    [property: Description("Status after.")] IncidentStatus To,
    [property: Description("What was noted.")] string? Note)
{
    [Description("reminded when three quarters of a clock are used, supervised when it has run out; null for reports and moves.")]
    public string? Reminder { get; init; }

    [Description("Of a reminder: accept or finish, the clock that it speaks of.")]
    public string? Clock { get; init; }

    [Description("Id of the dispute that was made of it; the note has its number.")]
    public long? Dispute { get; init; }
}

/// <summary>A page of incidents, newest first.</summary>
public sealed record IncidentPage(
    [property: Description("The incidents.")] IReadOnlyList<IncidentSummary> Items,
    [property: Description("Give this as after to get the next page; null on the last.")] long? Next);

/// <summary>A move asked for.</summary>
public sealed record StatusChange
{
    [Description("accepted, inProgress or closed: the next one after where it stands.")]
    public string? Status { get; init; }

    [Description("What was done; at most 1,000 characters.")]
    public string? Note { get; init; }

    [Description("Who does it; at most 100 characters. \"api\" when not given.")]
    public string? Actor { get; init; }
}
