using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Events;
using CommandCenter.Data.Grids;
using CommandCenter.Data.PoliceStatistics;
using Dapper;
using FsCheck;
using FsCheck.Fluent;

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
    public async Task A_version_can_be_seen_as_it_was_and_undoing_it_restores_exactly()
    {
        var first = await ImportAsync("2026-02-01", draft => draft.AddMonth(Criminal, EastTown, NewYear, 60));
        var before = await StandingAsync();
        var second = await ImportAsync("2026-02-10", draft =>
        {
            draft.AddMonth(Criminal, EastTown, NewYear, 66.5m);
            draft.AddDay(Traffic, EastTown, NewYear, 1);
        });
        (await ValueAsync(Criminal, EastTown)).ShouldBe(66.5m);
        (await ValueAsync(Criminal, EastTown, first.Position)).ShouldBe(60);
        var after = await StandingAsync();

        (await Statistics.UndoAsync(second.Position, "错版", ChangedBy.Program, Ended)).ShouldBeTrue();
        (await Statistics.UndoAsync(second.Position, "错版", ChangedBy.Program, Ended)).ShouldBeFalse();

        (await StandingAsync()).ShouldBe(before);
        (await ValueAsync(Criminal, EastTown, second.Position)).ShouldBe(66.5m);
        var undone = (await Statistics.ListAsync(after: null, 10, Ended))[0];
        (undone.Position, undone.UndoneReason, undone.UndoneBy).ShouldBe((second.Position, "错版", "program"));

        // Taken in again it is a version of its own.
        var third = await ImportAsync("2026-02-10", draft =>
        {
            draft.AddMonth(Criminal, EastTown, NewYear, 66.5m);
            draft.AddDay(Traffic, EastTown, NewYear, 1);
        });
        third.Position.ShouldNotBe(second.Position);
        (await StandingAsync()).Select(row => row with { ImportPosition = 0 }).ShouldBe(after.Select(row => row with { ImportPosition = 0 }));
        (await WholeLogAsync()).Select(e => e.Event).OfType<StatisticsUndone>().ShouldBe([new StatisticsUndone(second.Position, "公安局", "错版")]);
    }

    [Fact]
    public async Task The_same_content_again_changes_nothing()
    {
        var first = await ImportAsync("2026-02-01", draft => draft.AddMonth(Criminal, EastTown, NewYear, 60), hash: "same");
        var again = await ImportAsync("2026-02-01", draft => draft.AddMonth(Criminal, EastTown, NewYear, 60), hash: "same");

        again.Position.ShouldBe(first.Position);
        (await WholeLogAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_order_in_which_files_of_different_days_are_imported_does_not_matter_and_undoing_some_is_as_if_they_never_came()
    {
        var day = Gen.Choose(1, 28);
        var file =
            from cells in Gen.ArrayOf(
                from at in day
                from month in Gen.Choose(0, 2)
                from whole in Gen.Choose(0, 5)
                from value in Gen.Choose(-3, 500)
                from decimals in Gen.Choose(0, 2)
                select (month, at, whole: whole == 0, value: new decimal(value, 0, 0, value < 0, (byte)decimals)))
            where cells.Length > 0
            select cells;
        foreach (var files in file.ArrayOf(4).Sample(6, 12))
        {
            var numbered = files.Select((cells, i) => (Cells: cells, AsOf: new DateOnly(2026, 4, 1).AddDays(i))).ToList();
            List<Standing>? expected = null;
            foreach (var order in new[] { numbered, [.. numbered.AsEnumerable().Reverse()], [.. numbered.OrderBy(one => one.Cells.Length)] })
            {
                var taken = new List<StatisticImport>();
                foreach (var (cells, asOf) in order)
                {
                    taken.Add(await ImportAsync(asOf.ToString("yyyy-MM-dd", null), draft => Fill(draft, cells)));
                }

                // One that is not to count, in between.
                var extra = await ImportAsync("2026-04-02", draft => draft.AddDay(Criminal, EastTown, NewYear, 77));
                await Statistics.UndoAsync(extra.Position, "x", ChangedBy.Program, Ended);
                var stands = (await StandingAsync()).ConvertAll(row => row with { ImportPosition = 0 });
                (expected ??= stands).ShouldBe(stands);
                foreach (var import in taken)
                {
                    await Statistics.UndoAsync(import.Position, "x", ChangedBy.Program, Ended);
                }

                (await StandingAsync()).ShouldBeEmpty();
            }
        }

        static void Fill(StatisticDraft draft, (int Month, int At, bool Whole, decimal Value)[] cells)
        {
            foreach (var (month, at, whole, value) in cells.DistinctBy(cell => (cell.Month, cell.Whole ? 0 : cell.At)))
            {
                if (whole)
                {
                    draft.AddMonth(Criminal, EastTown, NewYear.AddMonths(month), value);
                }
                else
                {
                    draft.AddDay(Criminal, EastTown, NewYear.AddMonths(month).AddDays(at - 1), value);
                }
            }
        }
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

    private async Task<List<Standing>> StandingAsync()
    {
        await using var connection = await _database.ConnectAsync();
        return (await connection.QueryAsync<Standing>(
            """
            SELECT series, area_code AS AreaCode, month, decimals, COALESCE(whole, -99999) AS Whole, total, given_days AS GivenDays, last_day AS LastDay, as_of AS AsOf,
              import_position AS ImportPosition
            FROM statistic_month ORDER BY month, series, area_code
            """)).AsList();
    }

    private sealed record Standing
    {
        public string Series { get; init; } = "";

        public string AreaCode { get; init; } = "";

        public long Month { get; init; }

        public long Decimals { get; init; }

        public long Whole { get; init; }

        public long Total { get; init; }

        public long GivenDays { get; init; }

        public long LastDay { get; init; }

        public DateOnly AsOf { get; init; }

        public long ImportPosition { get; init; }
    }
}
