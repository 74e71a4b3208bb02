using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Live;

/// <summary>What the board reads of a row, hundreds of thousands at a start.</summary>
internal static class BoardRows
{
    /// <summary>In the order of <see cref="OpenIncident"/>'s making, of the table named i.</summary>
    public const string IncidentColumns =
        "i.id, i.number, COALESCE(i.wall_title, i.title), i.category, i.urgency, i.status, i.lon, i.lat, i.grid_code, i.outside_grids, i.source, i.received_at, i.finish_by";

    /// <summary>An incident from the first 13 columns, <see cref="IncidentColumns"/>.</summary>
    public static OpenIncident Incident(this RowReader row) => new(
        row.Int64(0),
        row.Text(1),
        row.Text(2),
        row.Code(3),
        (Urgency)row.Int64(4),
        (IncidentStatus)row.Int64(5),
        row.DoubleOrNull(6),
        row.DoubleOrNull(7),
        row.CodeOrNull(8),
        row.Flag(9),
        row.Code(10),
        row.Instant(11),
        row.Instant(12));
}
