using CommandCenter.Data.PoliceStatistics;

namespace CommandCenter.Web.Wall.Police;

/// <summary>A figure that a county speaks of, with everything that makes it honest.</summary>
/// <param name="Key">Of its texts: <c>Criminal</c>, <c>Vice</c> …</param>
/// <param name="Value">Null when nothing was reported.</param>
/// <param name="Base">Of the same days last year.</param>
/// <param name="Period">The days that were reported; null without a value.</param>
/// <param name="AsOf">The day up to which the sources speak.</param>
/// <param name="BoundaryChanged">The area had other boundaries last year.</param>
public sealed record Headline(
    string Key, decimal? Value, decimal? Base, Change Change, Light Light, Period? Period, DateOnly? AsOf, IReadOnlyList<string> Sources, bool BoundaryChanged)
{
    /// <summary>Of one figure.</summary>
    /// <param name="adverse">Which way it is bad news.</param>
    public static Headline Of(string key, Figure figure, Adverse adverse)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return new(
            key, figure.Value, figure.Yoy.Base.Value, figure.Yoy.Change, AdverseLight.Of(figure.Yoy.Change, figure.Value, adverse),
            figure.Value is null ? null : figure.Period, figure.Amount.AsOf, figure.Amount.Sources, figure.Yoy.BoundaryChanged);
    }

    /// <summary>Of two figures together; nothing is said while one of them is missing, or they were reported up to different days.</summary>
    public static Headline Sum(string key, Figure one, Figure other, Adverse adverse)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (one.Value is null || other.Value is null || one.Period != other.Period)
        {
            return Unknown(key);
        }

        var (amount, @base) = (Sum(one.Amount, other.Amount), Sum(one.Yoy.Base, other.Yoy.Base));
        var yoy = Comparison.Of(amount, one.Yoy.Period, @base, one.Yoy.BoundaryChanged);
        return Of(key, one with { Amount = amount, Yoy = yoy }, adverse);
    }

    /// <summary>First-instance lawsuits of 10,000 people (万人成讼率).</summary>
    /// <param name="migrants">Counted among the people where they were reported.</param>
    public static Headline Litigation(string key, Figure lawsuits, Figure residents, Figure migrants)
    {
        ArgumentNullException.ThrowIfNull(lawsuits);
        ArgumentNullException.ThrowIfNull(residents);
        ArgumentNullException.ThrowIfNull(migrants);
        var value = Rates.LitigationPer10k(lawsuits.Value, residents.Value, migrants.Value);
        var @base = Rates.LitigationPer10k(lawsuits.Yoy.Base.Value, residents.Yoy.Base.Value, migrants.Yoy.Base.Value);
        var change = lawsuits.Yoy.Change.Kind == ChangeKind.Incomplete ? Change.Incomplete : Change.Of(value, @base);
        return value is null
            ? Unknown(key)
            : Of(key, lawsuits, Adverse.Up) with { Value = value, Base = @base, Change = change, Light = AdverseLight.Of(change, lawsuits.Value, Adverse.Up) };
    }

    private static Headline Unknown(string key) =>
        new(key, Value: null, Base: null, Change.Of(null, null), Light.Off, Period: null, AsOf: null, [], BoundaryChanged: false);

    private static Amount Sum(Amount one, Amount other) => new(
        one.Value + other.Value,
        one.AsOf < other.AsOf ? one.AsOf : other.AsOf,
        [.. one.Sources.Union(other.Sources, StringComparer.Ordinal)],
        [.. one.MissingTowns.Union(other.MissingTowns, StringComparer.Ordinal)],
        Math.Max(one.MissingDays, other.MissingDays),
        one.Until < other.Until ? one.Until : other.Until);
}
