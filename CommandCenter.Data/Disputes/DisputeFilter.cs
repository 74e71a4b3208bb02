using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Disputes;

/// <summary>What a listing of disputes asks for; what is null does not matter.</summary>
public sealed record DisputeFilter
{
    public IReadOnlyList<DisputeStage>? Stages { get; init; }

    public IReadOnlyList<DisputeRisk>? Risks { get; init; }

    public string? Category { get; init; }

    /// <summary>An area code of any level, for all below it.</summary>
    public string? Area { get; init; }

    /// <summary>Code of a mediation body; empty for those that no body has.</summary>
    public string? Body { get; init; }

    public DisputeOrigin? Origin { get; init; }

    /// <summary>Open, or closed.</summary>
    public bool? Open { get; init; }

    /// <summary>Only those whose month runs and ends on or before this county day.</summary>
    public DateOnly? DueBy { get; init; }

    /// <summary>Only those whose month runs and ends on or after this county day.</summary>
    public DateOnly? DueFrom { get; init; }

    /// <summary>First instant of registering, UTC.</summary>
    public DateTime? From { get; init; }

    /// <summary>Instant before which it was registered, UTC.</summary>
    public DateTime? To { get; init; }

    public bool? Criminal { get; init; }

    /// <summary>Who is a party; only for those who may see people.</summary>
    public PersonFilter? Person { get; init; }

    /// <summary>The id that the last page ended with.</summary>
    public long? After { get; init; }

    public int Limit { get; init; } = 50;
}
