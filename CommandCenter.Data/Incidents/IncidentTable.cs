using System.Data;
using CommandCenter.Data.Privacy;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Incidents;

/// <summary>The table of incidents.</summary>
internal static class IncidentTable
{
    public static readonly RowTable Rows = new(
        "incident",
        [
            new("id", DbType.Int64),
            new("number", DbType.String, 20),
            new("source", DbType.String, IncidentLimits.Source),
            new("external_id", DbType.String, IncidentLimits.ExternalId),
            new("category", DbType.String, 4),
            new("urgency", DbType.Int32),
            new("title", DbType.String, IncidentLimits.Title),
            new("description", DbType.String, IncidentLimits.Description),
            new("lon", DbType.Double),
            new("lat", DbType.Double),
            new("source_crs", DbType.String, 16),
            new("grid_code", DbType.String, 15),
            new("outside_grids", DbType.Boolean),
            new("occurred_at", DbType.DateTime2),
            new("received_at", DbType.DateTime2),
            new("status", DbType.Int32),
            new("accept_by", DbType.DateTime2),
            new("finish_by", DbType.DateTime2),
            new("next_reminder_at", DbType.DateTime2),
            new("address_sealed", DbType.Binary, 1240),
            new("reporter_name_sealed", DbType.Binary, 300),
            new("reporter_phone_sealed", DbType.Binary, 70),
            new("reporter_id_sealed", DbType.Binary, 60),
            new("reporter_name_hash", DbType.Binary, PersonHash.Bytes),
            new("reporter_phone_hash", DbType.Binary, PersonHash.Bytes),
            new("reporter_id_hash", DbType.Binary, PersonHash.Bytes),
            new("wall_title", DbType.String, 2 * IncidentLimits.Title),
        ],
        PointColumn: "place");

    public static object?[] Row(Dialect dialect, long id, string number, IncidentReport report, in SealedPerson person, DateTime receivedAt, DateTime acceptBy, DateTime finishBy, DateTime? remindAt) =>
    [
        id, number, report.Source, report.ExternalId, report.Category, (int)report.Urgency, report.Title, report.Description,
        report.Longitude, report.Latitude, report.SourceCrs, report.GridCode, report.OutsideGrids,
        report.OccurredAt is { } occurredAt ? dialect.Instant(occurredAt) : null, dialect.Instant(receivedAt), (int)IncidentStatus.Reported,
        dialect.Instant(acceptBy), dialect.Instant(finishBy), remindAt is { } reminder ? dialect.Instant(reminder) : null,
        person.Address, person.Name, person.Phone, person.IdNumber, person.Marks.Name, person.Marks.Phone, person.Marks.IdNumber, person.Marks.WallTitle,
    ];
}
