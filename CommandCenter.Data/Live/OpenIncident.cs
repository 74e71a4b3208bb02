using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Live;

/// <summary>
/// An incident as the live board holds it: what the map and the running stream show, nothing about people. The board keeps the
/// open ones; the stream also carries one last time the incident that was just closed, with that status.
/// </summary>
/// <param name="Id">The position of its <c>IncidentReported</c> event.</param>
/// <param name="Category">Level-1 or level-2 code.</param>
/// <param name="Longitude">Degrees, WGS84; null when the report named no point.</param>
/// <param name="Latitude">Degrees, WGS84.</param>
/// <param name="GridCode">15 digits; null when it belongs to no grid.</param>
/// <param name="OutsideGrids">It has a point, and no grid holds that point.</param>
/// <param name="ReceivedAt">UTC.</param>
/// <param name="FinishBy">UTC; overdue when this lies before now while the incident is open.</param>
public sealed record OpenIncident(
    long Id,
    string Number,
    string Title,
    string Category,
    Urgency Urgency,
    IncidentStatus Status,
    double? Longitude,
    double? Latitude,
    string? GridCode,
    bool OutsideGrids,
    string Source,
    DateTime ReceivedAt,
    DateTime FinishBy)
{
    public bool IsOverdue(DateTime now) => Status != IncidentStatus.Closed && FinishBy < now;

    /// <summary>Not overdue yet, and at least <see cref="DueIncidents.SoonFrom"/> of its time is used.</summary>
    /// <param name="now">UTC.</param>
    public bool IsDueSoon(DateTime now) => Status != IncidentStatus.Closed && FinishBy >= now
        && now - ReceivedAt >= (FinishBy - ReceivedAt) * DueIncidents.SoonFrom;
}
