using System.ComponentModel;
using CommandCenter.Data.PoliceStatistics;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary>What a period holds.</summary>
public sealed record FigureAmount(
    [property: Description("First day.")] DateOnly From,
    [property: Description("Last day.")] DateOnly To,
    [property: Description("Null when nothing was reported.")] decimal? Value,
    [property: Description("A day of it, to two decimals: periods are not always of one length.")] decimal? DailyMean,
    [property: Description("The day up to which the sources speak; of several towns the earliest.")] DateOnly? AsOf,
    [property: Description("Who says so.")] IReadOnlyList<string> Sources,
    [property: Description("Codes of towns of which nothing was reported.")] IReadOnlyList<string> MissingTowns,
    [property: Description("Days of which nothing was reported.")] int MissingDays)
{
    internal static FigureAmount Of(Period period, Amount amount, decimal? mean) =>
        new(period.From, period.To, amount.Value, mean, amount.AsOf, amount.Sources, amount.MissingTowns, amount.MissingDays);
}

/// <summary>A change from another period.</summary>
public sealed record FigureComparison(
    [property: Description("What it is compared with.")] FigureAmount Base,
    [property: Description("ratio; noBase: nothing then, something now; level: nothing then and now; notReported; incomplete: towns or days are missing on one side.")] ChangeKind Kind,
    [property: Description("To two decimals; null without a ratio.")] decimal? Percent,
    [property: Description("The area had other boundaries then.")] bool BoundaryChanged)
{
    internal static FigureComparison Of(Comparison comparison) => new(
        FigureAmount.Of(comparison.Period, comparison.Base, comparison.DailyMean), comparison.Change.Kind, comparison.Change.Percent, comparison.BoundaryChanged);
}

/// <summary>A figure with its base, age and source.</summary>
public sealed record FigureAnswer(
    [property: Description("calls, calls/criminal, calls//theft, calls/criminal/theft, petitionBatches …")] string Series,
    [property: Description("What it holds; of a running period as far as anything was reported.")] FigureAmount Amount,
    [property: Description("Against the same period last year (同比).")] FigureComparison Yoy,
    [property: Description("Against the period before (环比); null for a year to date.")] FigureComparison? Mom)
{
    internal static FigureAnswer Of(Figure figure) => new(
        figure.Series.Code, FigureAmount.Of(figure.Period, figure.Amount, figure.DailyMean), FigureComparison.Of(figure.Yoy), figure.Mom is { } mom ? FigureComparison.Of(mom) : null);
}

/// <summary>The figures of an area.</summary>
public sealed record FigureRow(
    [property: Description("Code of a county or town.")] string Area,
    [property: Description("Its latest name.")] string? Name,
    [property: Description("A figure a series.")] IReadOnlyList<FigureAnswer> Figures);

/// <summary>Figures of a period.</summary>
public sealed record FigureTable(
    [property: Description("Asked for again with it, the same figures come, whatever was sent since.")] long Version,
    [property: Description("As it was asked for.")] string Period,
    [property: Description("The county first, then its towns.")] IReadOnlyList<FigureRow> Rows)
{
    internal static FigureTable Of(StatisticTable table) => new(
        table.Version, PeriodText.Of(table.Period), [.. table.Rows.Select(row => new FigureRow(row.AreaCode, row.Name, [.. row.Figures.Select(FigureAnswer.Of)]))]);
}

/// <summary>A point of a trend.</summary>
public sealed record FigurePoint(
    [property: Description("What it holds.")] FigureAmount Amount,
    [property: Description("Against the same period last year.")] FigureComparison Yoy,
    [property: Description("Mean of the points before: 28 days, 12 weeks or 12 months; null when fewer than three were reported.")] decimal? Mean,
    [property: Description("Mean − 2 σ, not below 0.")] decimal? Low,
    [property: Description("Mean + 2 σ.")] decimal? High)
{
    internal static FigurePoint Of(TrendPoint point) => new(
        FigureAmount.Of(point.Period, point.Amount, mean: point.Amount.Value is { } value ? Math.Round(value / point.Period.Length, 2, MidpointRounding.AwayFromZero) : null),
        FigureComparison.Of(point.YearBefore), Rounded(point.Band?.Mean), Rounded(point.Band?.Low), Rounded(point.Band?.High));

    private static decimal? Rounded(decimal? value) => value is { } number ? Math.Round(number, 2, MidpointRounding.AwayFromZero) : null;
}

/// <summary>A trend.</summary>
public sealed record FigureTrend(
    [property: Description("Asked for again with it, the same figures come.")] long Version,
    [property: Description("The series.")] string Series,
    [property: Description("Code of the area.")] string Area,
    [property: Description("Its latest name.")] string? Name,
    [property: Description("In order of time.")] IReadOnlyList<FigurePoint> Points)
{
    internal static FigureTrend Of(StatisticTrend trend) => new(trend.Version, trend.Series.Code, trend.AreaCode, trend.Name, [.. trend.Points.Select(FigurePoint.Of)]);
}
