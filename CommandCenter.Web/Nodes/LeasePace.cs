namespace CommandCenter.Web.Nodes;

/// <summary>How long leases last and how often they are looked at. One value for all installations; tests have their own.</summary>
public sealed record LeasePace
{
    /// <summary>How long a lease outlives the last that was heard of its holder.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a holder renews it.</summary>
    public TimeSpan Renew { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long before the end a holder that could not renew gives up: what its last steps may still take.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often those that wait for a lease ask for it.</summary>
    public TimeSpan Ask { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Work that failed is tried again after this, or sooner when its turn comes.</summary>
    public TimeSpan AfterFailure { get; init; } = TimeSpan.FromSeconds(30);
}
