using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Web.Access;
using CommandCenter.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary>Figures of a county's towns or of one town, as the address asks for them.</summary>
public sealed partial class StatisticsPage
{
    private const int VersionsLookedAt = 50;

    [SupplyParameterFromQuery(Name = "area")] private string? AreaGiven { get; set; }

    [SupplyParameterFromQuery(Name = "period")] private string? PeriodGiven { get; set; }

    [SupplyParameterFromQuery(Name = "show")] private string? ShowGiven { get; set; }

    [SupplyParameterFromQuery(Name = "alignment")] private string? AlignmentGiven { get; set; }

    [SupplyParameterFromQuery(Name = "version")] private string? VersionGiven { get; set; }

    [SupplyParameterFromQuery(Name = "town")] private string? TownGiven { get; set; }

    [SupplyParameterFromQuery(Name = "series")] private string? SeriesGiven { get; set; }

    [SupplyParameterFromQuery(Name = "grain")] private string? GrainGiven { get; set; }

    [SupplyParameterFromQuery(Name = "kind")] private string? KindPicked { get; set; }

    [SupplyParameterFromQuery(Name = "day")] private string? DayPicked { get; set; }

    [SupplyParameterFromQuery(Name = "to")] private string? ToPicked { get; set; }

    [CascadingParameter] private HttpContext Context { get; set; } = null!;

    [Inject] private FigureQueries Figures { get; set; } = null!;

    [Inject] private StatisticTermStore Terms { get; set; } = null!;

    [Inject] private StatisticStore Imports { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    private StatisticNames Names { get; set; } = null!;

    private List<(string Code, string Name)> Areas { get; set; } = [];

    private StatisticsAddress View { get; set; } = null!;

    private StatisticTable? Table { get; set; }

    private Figure? Chosen { get; set; }

    private StatisticTrend? Trend { get; set; }

    private string? Problem { get; set; }

    private Sight Sight => Context.Sight(Permission.SeeStatistics);

    private string Export => QueryHelpers.AddQueryString(
        "/api/v1/statistics/export",
        new (string Name, string? Value)[]
        {
            ("area", View.Area), ("period", PeriodText.Of(View.Period)), ("series", View.Show == SeriesGroup.All ? null : string.Join(',', Table!.Series.Select(series => series.Code))),
            ("alignment", StatisticsAddress.Word(View.Alignment)), ("version", Table!.Version > 0 ? Table.Version.ToString(CultureInfo.InvariantCulture) : null), ("culture", Cultures.Lang),
        }.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));

    private Figure? Sample => Table?.Rows.SelectMany(row => row.Figures).FirstOrDefault(figure => figure.Value is not null);

    // What is compared with what, how old it is and who says so.
    private string Basis => Sample is not { } sample ? "" : string.Join(
        T["Semicolon"],
        new[]
        {
            T["BasisPeriod", StatisticsText.Of(sample.Period)].Value,
            T["BasisYoy", StatisticsText.Of(sample.Yoy.Period), T[$"Alignment_{View.Alignment}"]],
            sample.Mom is { } mom ? T["BasisMom", StatisticsText.Of(mom.Period)].Value : null,
            Table!.Rows.SelectMany(row => row.Figures).Min(figure => figure.Amount.AsOf) is { } asOf ? T["BasisAsOf", StatisticsText.Day(asOf)].Value : null,
            T["BasisSources", string.Join(T["Comma"], Table!.Rows.SelectMany(row => row.Figures).SelectMany(figure => figure.Amount.Sources).Distinct(StringComparer.Ordinal))].Value,
        }.OfType<string>());

    private List<string> Incomplete =>
    [
        .. Table!.Rows.SelectMany(row => row.Figures.SelectMany(figure => figure.Amount.MissingTowns)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Names.Area),
        .. Table.Rows.Where(row => row.Figures.Any(figure => figure.Amount.MissingDays > 0))
            .Select(row => T["MissingDays", Names.Area(row.AreaCode), row.Figures.Max(figure => figure.Amount.MissingDays)].Value),
    ];

    protected override async Task OnInitializedAsync()
    {
        var towns = await Figures.TownsAsync(Context.RequestAborted);
        var terms = await Terms.ReadAsync(Context.RequestAborted);
        Names = new StatisticNames(terms, towns);
        Areas = [.. towns.Names.Where(area => Sight.Covers(area.Code)).OrderBy(area => area.Code, StringComparer.Ordinal)];
        var errors = new FieldErrors();
        View = await ReadAsync(errors);
        if (errors.Any)
        {
            Problem = T["Wrong", string.Join(' ', errors.ToDictionary().Select(field => $"{field.Key}: {string.Join(' ', field.Value)}"))];
            return;
        }

        if (KindPicked is not null)
        {
            // The form asks in three fields; the address that stays has one.
            Navigation.NavigateTo(View.ToString());
            return;
        }

        Table = await Figures.TableAsync(Sight, new TableQuery(View.Area, View.Period, Columns(View.Show), View.Alignment, View.Version), Context.RequestAborted);
        Chosen = (await Figures.FigureAsync(Sight, View.Series, View.Town, View.Period, View.Alignment, View.Version, Context.RequestAborted))?.Figure;
        Trend = await Figures.TrendAsync(Sight, View.Trend, Context.RequestAborted);
        await ListPublishedAsync();
    }

    private async Task<StatisticsAddress> ReadAsync(FieldErrors errors)
    {
        var area = AreaGiven is null ? Usual() : FigureReader.Area(AreaGiven, errors);
        var period = PeriodGiven is null ? await UsualAsync() : FigureReader.Period(PeriodGiven, errors);
        var show = area.Length == 6 ? FigureReader.Choice<SeriesGroup>("show", ShowGiven, "BadShow", errors) : SeriesGroup.All;
        var series = SeriesGiven is null ? First(show) : FigureReader.Series(SeriesGiven, errors) is [var one] ? one : First(show);
        if (KindPicked is not null)
        {
            var (kind, day) = (FigureReader.Choice<PeriodKind>("kind", KindPicked, "BadKind", errors), FigureReader.Day("day", Given(DayPicked), errors) ?? period.To);
            period = StatisticsAddress.Of(kind, day, FigureReader.Day("to", Given(ToPicked), errors) ?? day);
        }

        return new StatisticsAddress(
            area, period, show, FigureReader.Choice<Alignment>("alignment", AlignmentGiven, "BadAlignment", errors), FigureReader.Version(Given(VersionGiven), errors),
            TownGiven is null ? area : FigureReader.Area(TownGiven, errors), series, GrainGiven is null ? null : FigureReader.Choice<TrendGrain>("grain", GrainGiven, "BadGrain", errors));
    }

    // One's own area, or the first county.
    private string Usual() => Sight.Area is { Length: >= 6 } own ? own[..Math.Min(9, own.Length)] : Areas.Find(area => area.Code.Length == 6).Code ?? "000000";

    // The month of the last day that anything speaks of.
    private async Task<Period> UsualAsync()
    {
        var today = CountyTime.Day(Time.GetUtcNow().UtcDateTime);
        var last = (await Imports.ListAsync(after: null, VersionsLookedAt, Context.RequestAborted)).Where(import => import.UndoneAt is null && import.FirstDay <= today)
            .Select(import => import.LastDay < import.AsOf ? import.LastDay : import.AsOf).DefaultIfEmpty(today).Max();
        last = last > today ? today : last;
        return Period.OfMonth(last.Year, last.Month);
    }

    private List<StatisticSeries>? Columns(SeriesGroup group) => group switch
    {
        SeriesGroup.Categories => [.. SeriesChoices.Categories(Names.Terms)],
        SeriesGroup.Tags => [.. SeriesChoices.Tags(Names.Terms)],
        SeriesGroup.Others => [.. SeriesChoices.Measures(Names.Terms)],
        _ => null,
    };

    private StatisticSeries First(SeriesGroup group) => Columns(group) is [var first, ..] ? first : StatisticSeries.Of(StatisticTerms.Calls);

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
