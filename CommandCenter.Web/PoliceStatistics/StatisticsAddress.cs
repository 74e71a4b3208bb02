using System.Globalization;
using CommandCenter.Data.PoliceStatistics;
using Microsoft.AspNetCore.WebUtilities;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary>Which series are columns.</summary>
public enum SeriesGroup
{
    Categories,
    Tags,
    Others,

    /// <summary>One area, every series a row.</summary>
    All,
}

/// <summary>What the page of statistics shows, as its address says it: whoever opens the address sees the same.</summary>
/// <param name="Area">A county, whose towns are the rows, or a town.</param>
/// <param name="Version">Null: the figures of now.</param>
/// <param name="Town">Area of the figure that is explained.</param>
/// <param name="Series">Series of the figure that is explained.</param>
/// <param name="Grain">Of the trend; null: as fits the period.</param>
public sealed record StatisticsAddress(
    string Area, Period Period, SeriesGroup Show, Alignment Alignment, long? Version, string Town, StatisticSeries Series, TrendGrain? Grain)
{
    /// <summary>Where the page is.</summary>
    public const string Path = "/statistics";

    public override string ToString() => QueryHelpers.AddQueryString(
        Path,
        new (string Name, string? Value)[]
        {
            ("area", Area), ("period", PeriodText.Of(Period)), ("show", Word(Show)), ("alignment", Alignment == Alignment.Calendar ? null : Word(Alignment)),
            ("version", Version?.ToString(CultureInfo.InvariantCulture)), ("town", Town == Area ? null : Town), ("series", Series.Code), ("grain", Grain is { } grain ? Word(grain) : null),
        }.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));

    /// <summary>The same with the panel of the chosen figure in sight.</summary>
    public string AtFigure => $"{this}#figure";

    /// <summary>The trend's points: as long as the period is fine, up to its end.</summary>
    public TrendQuery Trend
    {
        get
        {
            var grain = Grain ?? Period.Kind switch { PeriodKind.Day => TrendGrain.Day, PeriodKind.Week => TrendGrain.Week, PeriodKind.Days when Period.Length <= 31 => TrendGrain.Day, _ => TrendGrain.Month };
            var from = grain switch { TrendGrain.Day => Period.To.AddDays(-59), TrendGrain.Week => Period.To.AddDays(-7 * 51), _ => Period.To.AddMonths(-23) };
            return new TrendQuery(Town, Series, grain, from < Period.From ? from : Period.From, Period.To, Alignment, Version);
        }
    }

    /// <summary>The period before or after, of the same kind; null where there is none.</summary>
    public Period? Step(int direction) => Period.Kind switch
    {
        PeriodKind.Day => Period.OfDay(Period.From.AddDays(direction)),
        PeriodKind.Week => Period.OfWeek(Period.From.AddDays(7 * direction)),
        PeriodKind.Month => Month(Period.From.AddMonths(direction)),
        PeriodKind.Quarter => Quarter(Period.From.AddMonths(3 * direction)),
        PeriodKind.Year => Period.OfYear(Period.From.Year + direction),
        PeriodKind.YearToDate => Period.YearTo(Period.To.AddYears(direction)),
        _ => Period.Between(Period.From.AddDays(Period.Length * direction), Period.To.AddDays(Period.Length * direction)),
    };

    /// <summary>The period of a kind that holds a day.</summary>
    /// <param name="to">The last day, of a span.</param>
    public static Period Of(PeriodKind kind, DateOnly day, DateOnly to) => kind switch
    {
        PeriodKind.Day => Period.OfDay(day),
        PeriodKind.Week => Period.OfWeek(day),
        PeriodKind.Month => Month(day),
        PeriodKind.Quarter => Quarter(day),
        PeriodKind.Year => Period.OfYear(day.Year),
        PeriodKind.YearToDate => Period.YearTo(day),
        _ => day <= to ? Period.Between(day, to) : Period.Between(to, day),
    };

    public static string Word<T>(T value)
        where T : struct, Enum => char.ToLowerInvariant($"{value}"[0]) + $"{value}"[1..];

    private static Period Month(DateOnly day) => Period.OfMonth(day.Year, day.Month);

    private static Period Quarter(DateOnly day) => Period.OfQuarter(day.Year, ((day.Month - 1) / 3) + 1);
}
