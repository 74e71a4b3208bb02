using CommandCenter.Data.Events;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Privacy;

namespace CommandCenter.Web.Incidents;

/// <summary>From stored incidents to what programs are told.</summary>
internal static class IncidentMapping
{
    public static IncidentSummary ToSummary(this Incident incident, AreaIndex areas) => new()
    {
        Id = incident.Id,
        Number = incident.Number,
        Source = incident.Source,
        ExternalId = incident.ExternalId,
        Category = incident.Category,
        Urgency = incident.Urgency,
        Title = incident.Title,
        Lon = incident.Lon,
        Lat = incident.Lat,
        GridCode = incident.GridCode,
        GridName = areas.Find(incident.GridCode)?.Name,
        OutsideGrids = incident.OutsideGrids,
        Address = incident.Address,
        Status = incident.Status,
        OccurredAt = incident.OccurredAt,
        ReceivedAt = incident.ReceivedAt,
        AcceptBy = incident.AcceptBy,
        FinishBy = incident.FinishBy,
        AcceptedAt = incident.AcceptedAt,
        StartedAt = incident.StartedAt,
        ClosedAt = incident.ClosedAt,
    };

    public static IncidentDetail ToDetail(this Incident incident, AreaIndex areas, IReadOnlyList<LoggedEvent> history) =>
        new(incident.ToSummary(areas))
        {
            Description = incident.Description,
            Crs = incident.SourceCrs,
            Reporter = incident is { ReporterName: null, ReporterPhone: null, ReporterIdNumber: null }
                ? null
                : new IncidentReporter(incident.ReporterName, incident.ReporterPhone, incident.ReporterIdNumber),
            ErasedAt = incident.ErasedAt,
            History = [.. Entries(history, incident.Status)],
            HistoryArchived = history.Count == 0 || history[0].Position != incident.Id,
        };

    // What does not move it tells where it stood, which the entries before say.
    private static IEnumerable<IncidentHistoryEntry> Entries(IReadOnlyList<LoggedEvent> history, IncidentStatus status)
    {
        var stood = history.FirstOrDefault(entry => entry.Event is IncidentReported or IncidentMoved)?.Event switch
        {
            IncidentReported => IncidentStatus.Reported,
            IncidentMoved moved => moved.From,
            _ => status,
        };
        foreach (var happened in history)
        {
            var entry = ToEntry(happened, stood);
            stood = entry.To;
            yield return entry;
        }
    }

    private static IncidentHistoryEntry ToEntry(LoggedEvent entry, IncidentStatus stood) => entry.Event switch
    {
        IncidentReported => new(entry.Position, entry.RecordedAt, entry.Actor, From: null, IncidentStatus.Reported, Note: null),
        IncidentMoved moved => new(entry.Position, entry.RecordedAt, entry.Actor, moved.From, moved.To, moved.Note is { } note ? TextMasker.Mask(note) : null),
        IncidentReminded reminded => new(entry.Position, entry.RecordedAt, entry.Actor, reminded.Status, reminded.Status, Note: null)
        {
            Reminder = reminded.Kind == ReminderKind.Remind ? "reminded" : "supervised",
            Clock = reminded.Clock == IncidentClockKind.Accept ? "accept" : "finish",
        },
        IncidentBecameDispute dispute => new(entry.Position, entry.RecordedAt, entry.Actor, From: null, stood, dispute.Number) { Dispute = dispute.Dispute },
        _ => throw new InvalidDataException($"{entry.Event.GetType().Name} is no part of an incident's history."),
    };
}
