using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Events;
using CommandCenter.Data.Grids;
using CommandCenter.Data.PoliceStatistics;

namespace CommandCenter.Tests.Storage;

public abstract partial class StorageContract
{
    private const string EastTown = "990101002", WestTown = "990101003";

    private static readonly StatisticSeries Criminal = StatisticSeries.Of(StatisticTerms.Calls, "criminal");
    private static readonly StatisticSeries Traffic = StatisticSeries.Of(StatisticTerms.Calls, "traffic");
    private static readonly StatisticSeries AllCalls = StatisticSeries.Of(StatisticTerms.Calls);
    private static readonly DateOnly NewYear = new(2026, 1, 1);

    private AuditLog Audit => new(_store, new NoAuditKey(), TimeProvider.System);

    private StatisticStore Statistics => new(_store, Audit);

    private FigureQueries Figures => new(_store, new StatisticTermStore(_store, Audit));

    [Fact]
    public async Task Figures_come_with_their_base_their_age_and_their_source()
    {
        await ImportAsync("2026-02-01", draft =>
        {
            draft.AddMonth(Criminal, EastTown, NewYear, 60);
            draft.AddMonth(Criminal, WestTown, NewYear, 7);
            draft.AddMonth(Criminal, EastTown, NewYear.AddMonths(-1), 50);
            draft.AddMonth(Criminal, WestTown, NewYear.AddMonths(-1), 0);
        });
        await ImportAsync("2025-02-01", draft =>
        {
            draft.AddMonth(Criminal, EastTown, NewYear.AddYears(-1), 80);
            draft.AddMonth(Criminal, WestTown, NewYear.AddYears(-1), 20);
        });

        var (county, version) = (await Figures.FigureAsync(Sight.OfTheProgram, Criminal, County, Period.OfMonth(2026, 1), Alignment.Calendar, null, Ended))!.Value;

        (county.Value, county.DailyMean).ShouldBe((67m, 2.16m));
        (county.Yoy.Base.Value, county.Yoy.Change.Percent, county.Mom!.Base.Value, county.Mom.Change.Percent).ShouldBe((100m, -33m, 50m, 34m));
        (county.Amount.AsOf, county.Yoy.Base.AsOf, county.Amount.Sources.Single()).ShouldBe((new DateOnly(2026, 2, 1), new DateOnly(2025, 2, 1), "公安局"));
        (county.Yoy.Period.From, county.Yoy.Period.To).ShouldBe((new DateOnly(2025, 1, 1), new DateOnly(2025, 1, 31)));
        version.ShouldBe((await WholeLogAsync())[^1].Position);
        (await WholeLogAsync())[0].Event.ShouldBe(new StatisticsImported("公安局", new DateOnly(2026, 2, 1), new DateOnly(2025, 12, 1), new DateOnly(2026, 1, 31), 4));
    }

    [Fact]
    public async Task A_town_that_is_missing_in_one_of_two_periods_leaves_the_county_without_a_ratio()
    {
        await ImportAsync("2026-02-01", draft =>
        {
            draft.AddMonth(Criminal, EastTown, NewYear, 60);
            draft.AddMonth(Criminal, EastTown, NewYear.AddYears(-1), 80);
            draft.AddMonth(Criminal, WestTown, NewYear.AddYears(-1), 20);
        });
        await UploadTownsAsync(EastTown, WestTown);

        var table = await Figures.TableAsync(Sight.OfTheProgram, new TableQuery(County, Period.OfMonth(2026, 1), [Criminal]), Ended);

        table.Rows.Select(row => row.AreaCode).ShouldBe([County, EastTown, WestTown]);
        var (county, east, west) = (table.Rows[0].Figures[0], table.Rows[1].Figures[0], table.Rows[2].Figures[0]);
        (county.Value, county.Yoy.Base.Value, county.Yoy.Change.Kind).ShouldBe((60m, 100m, ChangeKind.Incomplete));
        county.Amount.MissingTowns.ShouldBe([WestTown]);
        east.Yoy.Change.Percent.ShouldBe(-25);
        (west.Value, west.Yoy.Change.Kind).ShouldBe((null, ChangeKind.NotReported));
    }

    [Fact]
    public async Task Last_year_belongs_to_the_towns_of_last_year_and_changed_boundaries_are_told()
    {
        await UploadTownsAsync(EastTown, WestTown);
        await UploadTownsAsync(new DateOnly(2026, 1, 1), wider: true, EastTown);
        await ImportAsync("2026-02-01", draft =>
        {
            draft.AddMonth(Criminal, EastTown, NewYear, 90);
            draft.AddMonth(Criminal, EastTown, NewYear.AddYears(-1), 80);
            draft.AddMonth(Criminal, WestTown, NewYear.AddYears(-1), 20);
        });

        var table = await Figures.TableAsync(Sight.OfTheProgram, new TableQuery(County, Period.OfMonth(2026, 1), [Criminal]), Ended);

        table.Rows.Select(row => row.AreaCode).ShouldBe([County, EastTown]);
        (table.Rows[0].Figures[0].Yoy.Base.Value, table.Rows[0].Figures[0].Yoy.Change.Percent, table.Rows[0].Figures[0].Yoy.BoundaryChanged).ShouldBe((100m, -10m, true));
        (table.Rows[1].Figures[0].Yoy.Change.Percent, table.Rows[1].Figures[0].Yoy.BoundaryChanged).ShouldBe((12.5m, true));
        table.Rows[1].Figures[0].Mom!.BoundaryChanged.ShouldBeTrue();
    }

    [Fact]
    public async Task All_calls_are_the_sum_of_their_categories_until_they_are_reported_themselves()
    {
        await ImportAsync("2026-02-01", draft =>
        {
            draft.AddMonth(Criminal, EastTown, NewYear, 60);
            draft.AddMonth(Traffic, EastTown, NewYear, 33);
        });
        (await ValueAsync(AllCalls, EastTown)).ShouldBe(93);

        await ImportAsync("2026-02-02", draft => draft.AddMonth(AllCalls, EastTown, NewYear, 99));
        (await ValueAsync(AllCalls, EastTown)).ShouldBe(99);
        (await ValueAsync(AllCalls, County)).ShouldBe(99);

        await ImportAsync("2026-02-03", draft => draft.AddMonth(AllCalls, County, NewYear, 101));
        (await ValueAsync(AllCalls, County)).ShouldBe(101);
    }

    [Fact]
    public async Task A_running_month_is_shown_as_far_as_it_was_reported_and_compared_with_the_same_days()
    {
        await ImportAsync("2026-01-20", draft =>
        {
            for (var day = NewYear.AddYears(-1); day < new DateOnly(2025, 2, 1); day = day.AddDays(1))
            {
                draft.AddDay(Criminal, EastTown, day, 2);
            }

            for (var day = NewYear; day <= new DateOnly(2026, 1, 20); day = day.AddDays(1))
            {
                draft.AddDay(Criminal, EastTown, day, 3);
            }
        });

        var table = await Figures.TableAsync(Sight.OfTheProgram, new TableQuery(EastTown, Period.OfMonth(2026, 1), [Criminal]), Ended);

        var figure = table.Rows.Single().Figures[0];
        (figure.Period.To, figure.Value, figure.Yoy.Base.Value, figure.Yoy.Change.Percent).ShouldBe((new DateOnly(2026, 1, 20), 60m, 40m, 50m));
    }

    [Fact]
    public async Task Nobody_sees_figures_outside_their_area()
    {
        await ImportAsync("2026-02-01", draft =>
        {
            draft.AddMonth(Criminal, EastTown, NewYear, 60);
            draft.AddMonth(Criminal, WestTown, NewYear, 7);
        });
        var east = AccessPolicy.SightOf(Subject.OfAccount(1, "x", Role.AreaStaff, EastTown), Permission.SeeStatistics)!;

        (await Figures.TableAsync(east, new TableQuery(County, Period.OfMonth(2026, 1), [Criminal]), Ended)).Rows.Select(row => row.AreaCode).ShouldBe([EastTown]);
        (await Figures.FigureAsync(east, Criminal, WestTown, Period.OfMonth(2026, 1), Alignment.Calendar, null, Ended)).ShouldBeNull();
        (await Figures.TrendAsync(east, new TrendQuery(County, Criminal, TrendGrain.Month, NewYear, NewYear), Ended)).ShouldBeNull();
    }

    [Fact]
    public async Task A_trend_has_last_year_beside_it_and_a_band_of_what_came_before()
    {
        await ImportAsync("2026-02-01", draft =>
        {
            for (var month = 0; month < 30; month++)
            {
                draft.AddMonth(Criminal, EastTown, NewYear.AddMonths(-month), 100 + (month % 2));
            }
        });

        var trend = (await Figures.TrendAsync(Sight.OfTheProgram, new TrendQuery(County, Criminal, TrendGrain.Month, NewYear.AddMonths(-11), NewYear), Ended))!;

        trend.Points.Count.ShouldBe(12);
        trend.Points[^1].Amount.Value.ShouldBe(100);
        trend.Points[^1].YearBefore.Change.Ratio.ShouldBe(0);
        trend.Points.ShouldAllBe(point => point.Band != null && point.Band.Mean == 100.5m && point.YearBefore.Base.Value != null);
    }

    [Fact]
    public async Task Population_is_a_level_that_stands_until_the_next()
    {
        var people = StatisticSeries.Of(StatisticTerms.Residents);
        await ImportAsync("2025-12-31", draft =>
        {
            draft.AddMonth(people, EastTown, new DateOnly(2024, 12, 1), 40_000);
            draft.AddMonth(people, EastTown, new DateOnly(2025, 12, 1), 41_000);
        });

        (await ValueAsync(people, EastTown)).ShouldBe(41_000);
        (await Figures.FigureAsync(Sight.OfTheProgram, people, EastTown, Period.OfMonth(2025, 6), Alignment.Calendar, null, Ended))!.Value.Figure.Value.ShouldBe(40_000);
    }

    [Fact]
    public async Task Terms_that_an_administrator_changed_stand_over_those_of_the_program()
    {
        var terms = new StatisticTermStore(_store, Audit);
        await terms.SaveAsync(new StatisticTerm(TermKind.Category, "help", "求助服务", "Help", Adverse.Up, IsStock: false, ["帮助"]), ChangedBy.Program, Ended);
        await terms.SaveAsync(new StatisticTerm(TermKind.Tag, "minors", "未成年人", "Minors", Adverse.Up, IsStock: false, []), ChangedBy.Program, Ended);
        await terms.SaveAsync(new StatisticTerm(TermKind.Tag, "minors", "涉未成年人", "Minors", Adverse.Up, IsStock: false, []), ChangedBy.Program, Ended);

        var all = await terms.ReadAsync(Ended);

        all.FindByName("帮助")!.Name.ShouldBe("求助服务");
        all.FindByName("涉未成年人")!.Code.ShouldBe("minors");
        all.AdverseOf(StatisticSeries.Of(StatisticTerms.Calls, "help")).ShouldBe(Adverse.Up);
        all.FindByName("盗窃")!.Code.ShouldBe("theft");
    }

    private async Task<StatisticImport> ImportAsync(string asOf, Action<StatisticDraft> fill, string? hash = null)
    {
        var draft = new StatisticDraft();
        fill(draft);
        var header = new StatisticHeader("公安局", "测试.csv", hash ?? Guid.NewGuid().ToString("N"), DateOnly.Parse(asOf, System.Globalization.CultureInfo.InvariantCulture));
        return (await Statistics.ImportAsync(draft, header, ChangedBy.Program, Ended)).Import;
    }

    private async Task<decimal?> ValueAsync(StatisticSeries series, string area, long? version = null) =>
        (await Figures.FigureAsync(Sight.OfTheProgram, series, area, Period.OfMonth(2026, 1), Alignment.Calendar, version, Ended))!.Value.Figure.Value;

    private Task<AreaImportReport> UploadTownsAsync(params string[] towns) => UploadTownsAsync(new DateOnly(2024, 1, 1), wider: false, towns);

    private Task<AreaImportReport> UploadTownsAsync(DateOnly validFrom, bool wider, params string[] towns)
    {
        static string Feature(string code, string level, double west, double east)
        {
            var ring = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{west},30],[{east},30],[{east},31],[{west},31],[{west},30]");
            return "{\"type\":\"Feature\",\"properties\":{\"code\":\"" + code + "\",\"name\":\"" + code + "\",\"level\":\"" + level
                + "\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[" + ring + "]]}}";
        }

        var features = towns.Select((code, i) => Feature(code, "town", 105 + i, wider ? 105 + i + 1.5 : 105 + i + 1)).Prepend(Feature(County, "county", 105, 108));
        return UploadAsync(new AreaStore(_store), "{\"type\":\"FeatureCollection\",\"features\":[" + string.Join(',', features) + "]}", validFrom);
    }
}
