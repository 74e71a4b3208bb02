using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Events;

/// <summary>
/// What an entry of the log says. The log is never edited, so no event carries what may one day have to be erased: titles,
/// descriptions, addresses and people stay in the incident's own row.
/// </summary>
public abstract record DomainEvent;

/// <summary>A report was taken in. The incident's id is the position of this event.</summary>
/// <param name="Number">What people call it on the phone: day and sequence, <c>20261122-00042</c>.</param>
/// <param name="Source">Short code of the sender: <c>grid-worker</c>, <c>110</c>, <c>12345</c> …</param>
/// <param name="Category">Level-1 or level-2 code.</param>
/// <param name="Urgency">Sets the two clocks.</param>
/// <param name="Longitude">Degrees, WGS84; null when the report named no point.</param>
/// <param name="Latitude">Degrees, WGS84.</param>
/// <param name="GridCode">The grid it belongs to; null when it has no point and named no grid, or lies outside all grids.</param>
/// <param name="OutsideGrids">It has a point, and no grid holds that point.</param>
/// <param name="OccurredAt">When it happened, as told by the sender; null when not told.</param>
/// <param name="AcceptBy">UTC.</param>
/// <param name="FinishBy">UTC.</param>
public sealed record IncidentReported(
    string Number,
    string Source,
    string Category,
    Urgency Urgency,
    double? Longitude,
    double? Latitude,
    string? GridCode,
    bool OutsideGrids,
    DateTime? OccurredAt,
    DateTime AcceptBy,
    DateTime FinishBy) : DomainEvent;

/// <summary>An incident moved from one status to another.</summary>
/// <param name="Note">What was done, in the handler's words; about the handling, not about people.</param>
public sealed record IncidentMoved(IncidentStatus From, IncidentStatus To, string? Note) : DomainEvent;

/// <summary>A clock of an open incident said that it is time (催办), or past it (督办).</summary>
/// <param name="DueBy">When that clock runs out, or ran out, UTC.</param>
/// <param name="Status">Where the incident stood then.</param>
public sealed record IncidentReminded(ReminderKind Kind, IncidentClockKind Clock, DateTime DueBy, IncidentStatus Status) : DomainEvent;

/// <summary>A set of boundaries was taken in; every node reads its areas anew.</summary>
/// <param name="ValidFrom">First county day on which they apply.</param>
/// <param name="Taken">How many areas the file brought.</param>
/// <param name="Retired">How many areas end where these begin.</param>
public sealed record AreasReplaced(DateOnly ValidFrom, int Taken, int Retired) : DomainEvent;

/// <summary>A county's list of units was taken in.</summary>
/// <param name="County">Six digits.</param>
/// <param name="Taken">Units of the list.</param>
/// <param name="Changed">Those of them that are new, other than before, or back.</param>
/// <param name="Retired">Units that the list left out.</param>
public sealed record UnitsReplaced(string County, int Taken, int Changed, int Retired) : DomainEvent;

/// <summary>A version of statistics was taken in; every page of figures reads anew.</summary>
/// <param name="Source">Who said so.</param>
/// <param name="AsOf">The day up to which the source speaks.</param>
/// <param name="First">The first day that a figure speaks of.</param>
/// <param name="Last">The last.</param>
/// <param name="Cells">How many figures.</param>
public sealed record StatisticsImported(string Source, DateOnly AsOf, DateOnly First, DateOnly Last, int Cells) : DomainEvent;

/// <summary>A version of statistics was undone.</summary>
/// <param name="Import">Position of the event by which it was taken in.</param>
/// <param name="Reason">In the words of who undid it; about figures, not about people.</param>
public sealed record StatisticsUndone(long Import, string Source, string Reason) : DomainEvent;

/// <summary>The safety index of towns was computed.</summary>
/// <param name="First">The first day that got a new value.</param>
/// <param name="Last">The last.</param>
/// <param name="Towns">How many towns.</param>
/// <param name="WeightsVersion">The weights it was computed with.</param>
public sealed record SafetyIndexComputed(DateOnly First, DateOnly Last, int Towns, int WeightsVersion) : DomainEvent;

/// <summary>People and free text were erased from closed incidents; whoever holds their titles lets go of them.</summary>
/// <param name="Incidents">Their ids.</param>
public sealed record IncidentsErased(IReadOnlyList<long> Incidents) : DomainEvent;
