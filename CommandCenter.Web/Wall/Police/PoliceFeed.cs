using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Live;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Web.Live;

namespace CommandCenter.Web.Wall.Police;

/// <summary>Reads the statistics of an area for walls. Who may see the area may see them: they name nobody.</summary>
public sealed class PoliceFeed(
    FigureQueries figures, SafetyIndexStore index, StatisticTermStore terms, LiveBoardHost host, LiveAreas areas, TimeProvider time, ILogger<PoliceFeed> logger)
    : SnapshotFeed<PoliceBoard>(host, areas, time, logger)
{
    private const int WeeksShown = 26, DaysBetween = 28;
    private const int TownDigits = 9;

    private static readonly StatisticSeries Criminal = Calls("criminal"), Fraud = Calls("", "telecomFraud"), Prostitution = Calls("", "prostitution"), Gambling = Calls("", "gambling"),
        Fatal = Calls("", "fatalAccident"), Batches = StatisticSeries.Of(StatisticTerms.PetitionBatches), Persons = StatisticSeries.Of(StatisticTerms.PetitionPersons),
        Lawsuits = StatisticSeries.Of(StatisticTerms.Lawsuits), Residents = StatisticSeries.Of(StatisticTerms.Residents), Migrants = StatisticSeries.Of(StatisticTerms.Migrants);

    private static readonly StatisticSeries[] Spoken = [Criminal, Fraud, Prostitution, Gambling, Fatal, Batches, Persons, Lawsuits, Residents, Migrants];

    protected override bool Concerns(StreamEntryKind kind) => kind is StreamEntryKind.StatisticsChanged or StreamEntryKind.SafetyIndexChanged;

    protected override async Task<PoliceBoard> ReadAsync(string area, DateOnly today, CancellationToken cancellationToken)
    {
        // Nobody counts by village.
        if (area.Length is 0 or > TownDigits)
        {
            return PoliceBoard.None(today);
        }

        var known = await terms.ReadAsync(cancellationToken);
        var categories = known.Of(TermKind.Category).ToList();
        StatisticSeries[] series = [.. Spoken, .. categories.Select(category => Calls(category.Code))];
        var table = await TableAsync(area, series, today, cancellationToken);
        if (table.Rows.FirstOrDefault(row => row.AreaCode == area) is not { } own || own.Figures.All(figure => known.IsStock(figure.Series) || figure.Value is null))
        {
            return PoliceBoard.None(today);
        }

        var year = table.Period.From.Year;
        var until = own.Figures.Where(figure => !known.IsStock(figure.Series)).Max(figure => figure.Amount.Until)!.Value;
        var months = await TrendAsync(area, Criminal, TrendGrain.Month, new DateOnly(year, 1, 1), new DateOnly(year, 12, 31), cancellationToken);
        var lastWeek = Period.OfWeek(until).To == until ? until : Period.OfWeek(until).From.AddDays(-1);
        var weeks = await TrendAsync(area, Fraud, TrendGrain.Week, lastWeek.AddDays(1 - (7 * WeeksShown)), lastWeek, cancellationToken);
        var (towns, day) = await TownsAsync(area, table, cancellationToken);
        return new PoliceBoard(
            today, Headlines(own, known), [.. categories.Select(category => new CategoryChange(category.Code, category.Name, category.NameEn, One(own, category.Code, Calls(category.Code), known)))],
            months, weeks, towns, day, Period.YearTo(until));
    }

    // At the beginning of a year nothing of it was reported yet: then the year before is still what there is to say.
    private async Task<StatisticTable> TableAsync(string area, StatisticSeries[] series, DateOnly today, CancellationToken cancellationToken)
    {
        var table = await figures.TableAsync(Sight.OfTheProgram, new TableQuery(area, Period.YearTo(today), series), cancellationToken);
        return table.Rows.Any(row => row.Figures.Any(figure => figure.Value is not null && !IsStock(figure.Series)))
            ? table
            : await figures.TableAsync(Sight.OfTheProgram, new TableQuery(area, Period.YearTo(new DateOnly(today.Year - 1, 12, 31)), series), cancellationToken);
    }

    private async Task<IReadOnlyList<TrendPoint>> TrendAsync(string area, StatisticSeries series, TrendGrain grain, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        (await figures.TrendAsync(Sight.OfTheProgram, new TrendQuery(area, series, grain, from, to), cancellationToken))?.Points ?? [];

    private async Task<(IReadOnlyList<TownSafety> Towns, DateOnly? Day)> TownsAsync(string area, StatisticTable table, CancellationToken cancellationToken)
    {
        var day = await index.LastDayAsync(area[..6], cancellationToken);
        var now = day is { } last ? await IndexAsync(area, last, cancellationToken) : [];
        var before = day is { } end ? await IndexAsync(area, end.AddDays(-DaysBetween), cancellationToken) : [];
        IEnumerable<TownSafety> towns =
            from row in table.Rows
            where row.AreaCode.Length == TownDigits
            let stored = now.GetValueOrDefault(row.AreaCode)
            select new TownSafety(
                row.AreaCode, row.Name ?? row.AreaCode, stored?.Score, before.GetValueOrDefault(row.AreaCode)?.Score, stored?.Provisional == true,
                Headline.Of("Criminal", row.Figures[0], Adverse.Up));
        return ([.. towns.OrderBy(town => town.Score ?? decimal.MaxValue).ThenBy(town => town.Code, StringComparer.Ordinal)], now.Count > 0 ? day : null);
    }

    private async Task<Dictionary<string, SafetyIndex>> IndexAsync(string area, DateOnly day, CancellationToken cancellationToken) =>
        (await index.InSightAsync(Sight.OfTheProgram, area, day, day, cancellationToken)).ToDictionary(stored => stored.AreaCode, stored => stored.Index, StringComparer.Ordinal);

    private static Headline[] Headlines(TableRow own, StatisticTerms known)
    {
        var vice = Headline.Sum("Vice", Of(own, Prostitution), Of(own, Gambling), known.AdverseOf(Prostitution));
        return
        [
            One(own, "Criminal", Criminal, known), vice, One(own, "Fraud", Fraud, known), One(own, "Fatal", Fatal, known), One(own, "Batches", Batches, known), One(own, "Persons", Persons, known),
            Headline.Litigation("Litigation", Of(own, Lawsuits), Of(own, Residents), Of(own, Migrants)),
        ];
    }

    private static Headline One(TableRow own, string key, StatisticSeries series, StatisticTerms known) => Headline.Of(key, Of(own, series), known.AdverseOf(series));

    private static Figure Of(TableRow own, StatisticSeries series) => own.Figures.First(figure => figure.Series == series);

    private static bool IsStock(StatisticSeries series) => series == Residents || series == Migrants;

    private static StatisticSeries Calls(string category, string tag = "") => StatisticSeries.Of(StatisticTerms.Calls, category, tag);
}
