namespace CommandCenter.Data.PoliceStatistics;

/// <summary>What a period holds of one series in one area, and what is known about it.</summary>
/// <param name="Value">Null when nothing was reported.</param>
/// <param name="AsOf">The day up to which the source spoke; of several areas the earliest.</param>
/// <param name="Sources">Who said so.</param>
/// <param name="MissingTowns">Codes of towns in force in the period of which nothing was reported, where the value is the sum of towns.</param>
/// <param name="MissingDays">Days of the period, up to the last reported one, of which nothing was reported; of several towns the most.</param>
/// <param name="Until">The last day reported: a running period is compared up to it. Null when nothing was.</param>
public sealed record Amount(
    decimal? Value, DateOnly? AsOf, IReadOnlyList<string> Sources, IReadOnlyList<string> MissingTowns, int MissingDays, DateOnly? Until)
{
    public static readonly Amount None = new(Value: null, AsOf: null, [], [], 0, Until: null);

    public bool IsComplete => MissingTowns.Count == 0 && MissingDays == 0;
}

/// <summary>A period beside the one that is shown, and the change from it.</summary>
/// <param name="Period">The days that are compared with.</param>
/// <param name="Base">What they held.</param>
/// <param name="DailyMean">A day of theirs, because periods are not always of one length.</param>
/// <param name="BoundaryChanged">The area had other boundaries then.</param>
public sealed record Comparison(Period Period, Amount Base, decimal? DailyMean, Change Change, bool BoundaryChanged)
{
    /// <summary>Compares two periods. What is not reported in full on both sides bears no ratio.</summary>
    public static Comparison Of(Amount value, Period then, Amount @base, bool boundaryChanged = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(then);
        ArgumentNullException.ThrowIfNull(@base);
        var change = Change.Of(value.Value, @base.Value);
        if (change.Kind != ChangeKind.NotReported && !(value.IsComplete && @base.IsComplete))
        {
            change = Change.Incomplete;
        }

        return new Comparison(then, @base, Mean(@base.Value, then), change, boundaryChanged);
    }

    internal static decimal? Mean(decimal? value, Period period) => value is { } sum ? Math.Round(sum / period.Length, 2, MidpointRounding.AwayFromZero) : null;
}

/// <summary>A number with everything that makes it honest: what of, where, when, against what, how old, from whom.</summary>
/// <param name="Period">The days that are shown: of a running period, those up to the last reported.</param>
/// <param name="Mom">Null where there is no period before (year to date).</param>
public sealed record Figure(StatisticSeries Series, string AreaCode, Period Period, Amount Amount, Comparison Yoy, Comparison? Mom)
{
    public decimal? Value => Amount.Value;

    /// <summary>A day of the period.</summary>
    public decimal? DailyMean => Comparison.Mean(Value, Period);
}
