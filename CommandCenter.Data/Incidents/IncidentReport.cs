namespace CommandCenter.Data.Incidents;

/// <summary>A report that was checked and may be taken in.</summary>
/// <param name="Longitude">Degrees, WGS84.</param>
/// <param name="Latitude">Degrees, WGS84.</param>
/// <param name="SourceCrs">The coordinate system it was sent in; null without a point.</param>
/// <param name="OutsideGrids">It has a point, no grid was named, and no grid holds the point.</param>
/// <param name="OccurredAt">UTC.</param>
public sealed record IncidentReport(
    string Source,
    string? ExternalId,
    string Category,
    Urgency Urgency,
    string Title,
    string? Description,
    double? Longitude,
    double? Latitude,
    string? SourceCrs,
    string? GridCode,
    bool OutsideGrids,
    string? Address,
    DateTime? OccurredAt,
    string? ReporterName,
    string? ReporterPhone,
    string? ReporterIdNumber = null);

/// <summary>What taking in a report came to.</summary>
/// <param name="Created">False: the same source and external id was taken in before, and this is that one.</param>
/// <param name="ReceivedAt">UTC.</param>
public readonly record struct TakenIn(
    bool Created, long Id, string Number, string? GridCode, bool OutsideGrids, IncidentStatus Status, DateTime ReceivedAt);
