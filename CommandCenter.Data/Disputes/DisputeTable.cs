using System.Data;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Privacy;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Disputes;

/// <summary>The tables that registering fills.</summary>
internal static class DisputeTable
{
    public static readonly RowTable Rows = new(
        "dispute",
        [
            new("id", DbType.Int64),
            new("number", DbType.String, 24),
            new("source", DbType.String, IncidentLimits.Source),
            new("external_id", DbType.String, IncidentLimits.ExternalId),
            new("registered_at", DbType.DateTime2),
            new("occurred_on", DbType.Date),
            new("area_code", DbType.String, 15),
            new("lon", DbType.Double),
            new("lat", DbType.Double),
            new("source_crs", DbType.String, 16),
            new("place_sealed", DbType.Binary, 1240),
            new("category", DbType.String, 2),
            new("scale", DbType.Int32),
            new("origin", DbType.Int32),
            new("title", DbType.String, IncidentLimits.Title),
            new("shown_title", DbType.String, 2 * IncidentLimits.Title),
            new("summary", DbType.String, DisputeLimits.Summary),
            new("units", DbType.String, DisputeLimits.Units),
            new("people", DbType.Int32),
            new("risk", DbType.Int32),
            new("risk_reason", DbType.String, DisputeLimits.Reason),
            new("stage", DbType.Int32),
            new("extended", DbType.Boolean),
            new("incident_id", DbType.Int64),
            new("revision", DbType.Int32),
            new("changed_at", DbType.DateTime2),
            new("changed_position", DbType.Int64),
        ]);

    public static readonly RowTable Parties = new(
        "dispute_party",
        [
            new("id", DbType.Int64),
            new("dispute_id", DbType.Int64),
            new("role", DbType.Int32),
            new("address_sealed", DbType.Binary, 1240),
            new("name_sealed", DbType.Binary, 300),
            new("phone_sealed", DbType.Binary, 70),
            new("id_sealed", DbType.Binary, 60),
            new("name_hash", DbType.Binary, PersonHash.Bytes),
            new("phone_hash", DbType.Binary, PersonHash.Bytes),
            new("id_hash", DbType.Binary, PersonHash.Bytes),
        ]);

    /// <param name="at">Of the event that registers it, UTC.</param>
    public static object?[] Row(Dialect dialect, long id, string number, DisputeDraft draft, string? shownTitle, DateTime registeredAt, DateTime at) =>
    [
        id, number, draft.Source, draft.ExternalId, dialect.Instant(registeredAt), draft.OccurredOn is { } day ? dialect.Day(day) : null, draft.Area,
        draft.Lon, draft.Lat, draft.SourceCrs, Sealer.Seal(dialect.Keys.Keys.Current, SealedColumn.DisputePlace, id, draft.Place), draft.Category,
        (int)draft.Scale, (int)draft.Origin, draft.Title, shownTitle, draft.Summary, draft.Units, draft.People, (int)draft.Risk, draft.RiskReason,
        (int)DisputeStage.Registered, false, draft.IncidentId, 1, dialect.Instant(at), id,
    ];
}
