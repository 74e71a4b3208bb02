namespace CommandCenter.Data.Disputes;

/// <summary>A dispute that was checked and may be registered.</summary>
/// <param name="Title">About what, in a line.</param>
public sealed record DisputeDraft(string Source, string? ExternalId, string Category, DisputeScale Scale, DisputeOrigin Origin, string Title)
{
    /// <summary>UTC; null for now.</summary>
    public DateTime? RegisteredAt { get; init; }

    public DateOnly? OccurredOn { get; init; }

    /// <summary>Area code of any level.</summary>
    public string? Area { get; init; }

    /// <summary>Degrees, WGS84.</summary>
    public double? Lon { get; init; }

    /// <summary>Degrees, WGS84.</summary>
    public double? Lat { get; init; }

    /// <summary>The coordinate system it was sent in; null without a point.</summary>
    public string? SourceCrs { get; init; }

    public string? Place { get; init; }

    public string? Summary { get; init; }

    public string? Units { get; init; }

    public int? People { get; init; }

    public DisputeRisk Risk { get; init; } = DisputeRisk.Blue;

    public string? RiskReason { get; init; }

    public IReadOnlyList<DisputeParty> Parties { get; init; } = [];

    /// <summary>The incident that it is made of.</summary>
    public long? IncidentId { get; init; }
}

/// <summary>What registering came to.</summary>
/// <param name="Created">False: the same source and external id, or the same incident, was registered before, and this is that one.</param>
/// <param name="RegisteredAt">UTC.</param>
public readonly record struct RegisteredDispute(bool Created, long Id, string Number, string? Area, DisputeStage Stage, DateTime RegisteredAt);
