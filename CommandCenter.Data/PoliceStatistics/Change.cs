namespace CommandCenter.Data.PoliceStatistics;

/// <summary>What can be said about a change.</summary>
public enum ChangeKind
{
    /// <summary>There is a ratio.</summary>
    Ratio,

    /// <summary>Nothing then, something now: shown as "—".</summary>
    NoBase,

    /// <summary>Nothing then, nothing now: 持平.</summary>
    Level,

    /// <summary>One of the two was not reported: shown as "—".</summary>
    NotReported,

    /// <summary>A town or some days are missing in one of the two, so that they are not the same thing: shown as "—".</summary>
    Incomplete,
}

/// <summary>Yoy and Mom: (this − base) / base.</summary>
/// <param name="Ratio">Not a percentage: −0.327; null without a ratio.</param>
public readonly record struct Change(ChangeKind Kind, decimal? Ratio)
{
    public static readonly Change Incomplete = new(ChangeKind.Incomplete, Ratio: null);

    /// <summary>The percentage to two decimals, half away from zero, without needless zeros: −32.7, −10.39.</summary>
    public decimal? Percent => Ratio is { } ratio ? Trimmed(Math.Round(ratio * 100, 2, MidpointRounding.AwayFromZero)) : null;

    /// <param name="now">Null: not reported.</param>
    /// <param name="then">The base. One below zero, a correction, bears no ratio.</param>
    public static Change Of(decimal? now, decimal? then) => (now, then) switch
    {
        (null, _) or (_, null) => new(ChangeKind.NotReported, Ratio: null),
        (0, 0) => new(ChangeKind.Level, Ratio: null),
        (_, <= 0) => new(ChangeKind.NoBase, Ratio: null),
        ({ } value, { } @base) => new(ChangeKind.Ratio, (value - @base) / @base),
    };

    private static decimal Trimmed(decimal percent) => percent / 1.0000000000000000000000000000m;
}
