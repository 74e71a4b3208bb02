using CommandCenter.Data.PoliceStatistics;
using Microsoft.Extensions.Localization;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary>Names the resources of the pages that show statistics.</summary>
public sealed class StatisticsText
{
    /// <summary>A change as people read it: ▲ +4.1%, ▼ −32.7%, ＝ 持平, or — where no ratio can be said.</summary>
    internal static string Of(IStringLocalizer<StatisticsText> text, Change change) => change.Kind switch
    {
        ChangeKind.Ratio => $"{(change.Percent > 0 ? "▲" : change.Percent < 0 ? "▼" : "＝")} {FigureText.Percent(change.Percent)}",
        ChangeKind.Level => $"＝ {text["Level"]}",
        _ => FigureText.None,
    };

    /// <summary>Why a change bears no ratio; null where it does.</summary>
    internal static string? Why(IStringLocalizer<StatisticsText> text, Change change) =>
        change.Kind is ChangeKind.NoBase or ChangeKind.NotReported or ChangeKind.Incomplete ? text[$"Why_{change.Kind}"].Value : null;

    /// <summary>The class by which a change is coloured: whether it is bad news, never the only thing that says so.</summary>
    internal static string Class(Change change, decimal? value, Adverse adverse) => AdverseLight.Of(change, value, adverse) switch
    {
        // A dash says nothing, and so has no colour.
        _ when change.Kind is not (ChangeKind.Ratio or ChangeKind.Level) => "plain",
        Light.Green => "better",
        Light.Amber => "worse",
        Light.Red => "bad",
        _ => "plain",
    };

    /// <summary>A period in few words: 2026-10, 2026 Q3, or its days.</summary>
    internal static string Of(Period period) => period.Kind switch
    {
        PeriodKind.Month or PeriodKind.Year when period.IsWholeMonths => PeriodText.Of(period),
        PeriodKind.Quarter when period.IsWholeMonths => PeriodText.Of(period).Replace("-Q", " Q", StringComparison.Ordinal),
        _ when period.Length == 1 => Day(period.From),
        _ => $"{Day(period.From)} – {Day(period.To)}",
    };

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
