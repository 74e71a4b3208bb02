using CommandCenter.Data.Disputes;
using Microsoft.Extensions.Localization;

namespace CommandCenter.Web.Wall.Disputes;

/// <summary>The splits of the backlog as rows of bars.</summary>
internal static class DisputeTexts
{
    // What an overview has room for: where somebody has to do something next.
    private static readonly (string Key, DisputeStage[] Stages)[] Groups =
    [
        ("Registered", [DisputeStage.Registered]), ("Given", [DisputeStage.Accepted, DisputeStage.Assigned]), ("Mediating", [DisputeStage.Mediating]),
        ("Settled", [DisputeStage.Agreed, DisputeStage.Confirming]), ("Unsettled", [DisputeStage.Failed, DisputeStage.Referred]),
    ];

    public static IReadOnlyList<BarList.Bar> Stages(IStringLocalizer<WallText> text, DisputeBacklog backlog) =>
        [.. DisputeLifecycle.Open.Select(stage => new BarList.Bar(stage.ToString(), text[$"Stage_{stage}"], backlog.ByStage[stage]))];

    public static IReadOnlyList<BarList.Bar> StageGroups(IStringLocalizer<WallText> text, DisputeBacklog backlog) =>
        [.. Groups.Select(group => new BarList.Bar(group.Key, text["Stages_" + group.Key], group.Stages.Sum(stage => backlog.ByStage[stage])))];

    public static IReadOnlyList<BarList.Bar> Ages(IStringLocalizer<WallText> text, DisputeBacklog backlog) =>
        [.. Enum.GetValues<AgeBand>().Select(band => new BarList.Bar(band.ToString(), text[$"Age_{band}"], backlog.ByAge[band], Tone(band)))];

    public static IReadOnlyList<BarList.Bar> Due(IStringLocalizer<WallText> text, DisputeBacklog backlog) =>
        [.. backlog.DueByDay.Select((count, i) => new BarList.Bar($"due{i}", i == 0 ? text["TodayShort"] : backlog.Today.AddDays(i).ToString(text["WeekdayFormat"], System.Globalization.CultureInfo.CurrentCulture), count, i == 0 ? "late" : null))];

    // Past the month that a mediation may take, and past its extension.
    private static string? Tone(AgeBand band) => band switch { AgeBand.UpTo60Days => "late", AgeBand.Over60Days => "most", _ => null };
}
