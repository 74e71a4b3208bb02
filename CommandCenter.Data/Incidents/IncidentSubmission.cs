using System.ComponentModel;

namespace CommandCenter.Data.Incidents;

/// <summary>A report as a sender writes it. Nothing is checked yet (<see cref="IncidentValidator"/>).</summary>
public sealed record IncidentSubmission
{
    [Description("Short code of the sender: letters, digits, '.', '_' and '-', at most 32. For example grid-worker, 110, 12345, resident-page. Not a closed list.")]
    public string? Source { get; init; }

    [Description("The sender's own id of this report, at most 128 characters. The same source and externalId again is answered with the first one; a second is never made.")]
    public string? ExternalId { get; init; }

    [Description("Category code of level 1 (two digits, 04) or level 2 (four digits, 0401).")]
    public string? Category { get; init; }

    [Description("critical, urgent, normal or complex; normal when not given. Sets how soon it must be accepted and finished.")]
    public string? Urgency { get; init; }

    [Description("What is the matter, in one line; at most 200 characters. Stored as sent.")]
    public string? Title { get; init; }

    [Description("More about it; at most 4,000 characters. Stored as sent.")]
    public string? Description { get; init; }

    [Description("Longitude in degrees, in the coordinate system that crs names. With lat, or not at all.")]
    public double? Lon { get; init; }

    [Description("Latitude in degrees, in the coordinate system that crs names. With lon, or not at all.")]
    public double? Lat { get; init; }

    [Description("Coordinate system of lon and lat: wgs84 (also when not given), cgcs2000, gcj02 or bd09. The point is stored as WGS84, the system it came in is kept beside it.")]
    public string? Crs { get; init; }

    [Description("Code of the grid it belongs to (15 digits), when the sender knows it; it then goes before the grid that the point lies in.")]
    public string? GridCode { get; init; }

    [Description("Where it is, in words; at most 300 characters. Stored encrypted; shown only to its first part to those who may not see people.")]
    public string? Address { get; init; }

    [Description("When it happened, ISO 8601. A time without an offset is county time (UTC+8). Not in the future.")]
    public string? OccurredAt { get; init; }

    [Description("Who reported it. Stored encrypted, and masked for everybody who need not know it.")]
    public ReporterSubmission? Reporter { get; init; }
}

/// <summary>Who reported it, as a sender writes it.</summary>
public sealed record ReporterSubmission
{
    [Description("At most 64 characters.")]
    public string? Name { get; init; }

    [Description("Digits, spaces, '+' and '-', at most 32 characters.")]
    public string? Phone { get; init; }

    [Description("Identity number: 18 characters with the right check digit, or 15 digits.")]
    public string? IdNumber { get; init; }
}
