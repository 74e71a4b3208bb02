namespace CommandCenter.Data.Incidents;

/// <summary>An incident as it stands. Instants UTC, degrees WGS84.</summary>
public record Incident
{
    public long Id { get; init; }

    public string Number { get; init; } = "";

    public string Source { get; init; } = "";

    public string? ExternalId { get; init; }

    public string Category { get; init; } = "";

    public Urgency Urgency { get; init; }

    public string Title { get; init; } = "";

    public string? Description { get; init; }

    public double? Lon { get; init; }

    public double? Lat { get; init; }

    public string? SourceCrs { get; init; }

    public string? GridCode { get; init; }

    public bool OutsideGrids { get; init; }

    public string? Address { get; init; }

    public DateTime? OccurredAt { get; init; }

    public DateTime ReceivedAt { get; init; }

    public IncidentStatus Status { get; init; }

    public DateTime? AcceptedAt { get; init; }

    public DateTime? StartedAt { get; init; }

    public DateTime? ClosedAt { get; init; }

    public DateTime AcceptBy { get; init; }

    public DateTime FinishBy { get; init; }

    public string? ReporterName { get; init; }

    public string? ReporterPhone { get; init; }

    public string? ReporterIdNumber { get; init; }

    /// <summary>When people and free text were erased from it, UTC; null while they are there.</summary>
    public DateTime? ErasedAt { get; init; }
}
