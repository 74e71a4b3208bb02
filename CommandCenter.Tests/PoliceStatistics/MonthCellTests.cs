using CommandCenter.Data.PoliceStatistics;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.PoliceStatistics;

public class MonthCellTests
{
    private static readonly int February = MonthNumber.Of(new DateOnly(2024, 2, 1));

    [Fact]
    public void Packed_days_come_back_as_they_were()
    {
        var property = Prop.ForAll(
            (from days in Gen.ArrayOf(from day in Gen.Choose(1, 31) from value in Gen.OneOf(Gen.Choose(-5, 300), Gen.Choose(int.MinValue, int.MaxValue)) select (day, value)) select days).ToArbitrary(),
            days =>
            {
                var cell = new MonthCell();
                foreach (var (day, value) in days.DistinctBy(one => one.day))
                {
                    cell.Set(day, value);
                }

                var back = MonthCell.From(cell.Decimals, cell.Whole, cell.PackDays());
                return back.Mask == cell.Mask && Enumerable.Range(1, 31).All(day => back.Day(day) == cell.Day(day));
            });
        property.QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Decimals_are_kept_as_they_were_given()
    {
        var cell = new MonthCell();
        cell.Set(1, 3);
        cell.Set(2, 24.10m);
        cell.Set(0, 1.5m);

        (FigureText.Number(cell.Day(2)), cell.Day(1), cell.Whole, cell.Decimals).ShouldBe(("24.10", 3m, 150L, 2));
        cell.Set(1, 3.0m).ShouldBe(CellOutcome.Same);
        cell.Set(1, 4).ShouldBe(CellOutcome.Conflict);
    }

    [Fact]
    public void A_month_s_figure_stands_until_all_its_days_were_reported_later()
    {
        var whole = new MonthCell();
        whole.Set(0, 100);
        var days = new MonthCell();
        for (var day = 1; day < 29; day++)
        {
            days.Set(day, 3);
        }

        State(whole, days)!.Total.ShouldBe(100);
        days.Set(29, 3);
        State(whole, days)!.Total.ShouldBe(87);
        State(days, whole)!.Total.ShouldBe(100);

        MonthState? State(MonthCell first, MonthCell second) => MonthState.Fold(February, [(first, new DateOnly(2024, 3, 1), 1), (second, new DateOnly(2024, 3, 2), 2)]);
    }

    [Fact]
    public void The_figure_of_a_running_month_reaches_to_the_day_it_was_made()
    {
        var cell = new MonthCell();
        cell.Set(0, 40);

        var state = MonthState.Fold(February, [(cell, new DateOnly(2024, 2, 20), 1)])!;

        (state.GivenDays, state.LastDay).ShouldBe((20, 20));
    }

    [Fact]
    public void A_draft_knows_what_it_holds_and_what_contradicts_itself()
    {
        var draft = new StatisticDraft();
        draft.AddDay(StatisticSeries.Of("calls"), "990101002", new DateOnly(2026, 1, 5), 3);
        draft.AddDay(StatisticSeries.Of("calls"), "990101002", new DateOnly(2026, 1, 5), 3);
        draft.AddMonth(StatisticSeries.Of("calls"), "990101002", new DateOnly(2026, 2, 5), 3);
        (draft.Cells, draft.FirstDay, draft.LastDay, draft.Conflicts.Count).ShouldBe((2, new DateOnly(2026, 1, 5), new DateOnly(2026, 2, 28), 0));

        draft.AddDay(StatisticSeries.Of("calls"), "990101002", new DateOnly(2026, 1, 5), 4);
        draft.Conflicts.ShouldHaveSingleItem();
        Should.Throw<ArgumentOutOfRangeException>(() => draft.AddDay(StatisticSeries.Of("calls"), "990101002", new DateOnly(2026, 1, 6), 1.00001m));
        Should.Throw<ArgumentOutOfRangeException>(() => draft.AddDay(StatisticSeries.Of("calls"), "990101002", new DateOnly(2026, 1, 6), 1e13m));
    }

    [Theory]
    [InlineData("calls", "calls", "", "")]
    [InlineData("calls/criminal", "calls", "criminal", "")]
    [InlineData("calls//theft", "calls", "", "theft")]
    [InlineData("calls/criminal/theft", "calls", "criminal", "theft")]
    public void A_series_is_written_and_read_alike(string code, string measure, string category, string tag)
    {
        StatisticSeries.Of(measure, category, tag).Code.ShouldBe(code);
        StatisticSeries.Parse(code).ShouldBe(StatisticSeries.Of(measure, category, tag));
        StatisticSeries.Parse(code).Tag.ShouldBe(tag);
    }

    [Theory]
    [InlineData("")]
    [InlineData("calls/")]
    [InlineData("calls//")]
    [InlineData("/criminal")]
    [InlineData("calls/a b")]
    [InlineData("a/b/c/d")]
    [InlineData(null)]
    public void What_is_no_series_is_not_read_as_one(string? code) => StatisticSeries.TryParse(code, out _).ShouldBeFalse();

    [Theory]
    [InlineData("2026-10", PeriodKind.Month)]
    [InlineData("2026-Q3", PeriodKind.Quarter)]
    [InlineData("2026", PeriodKind.Year)]
    [InlineData("2026-10-15", PeriodKind.Day)]
    [InlineData("week:2026-10-12", PeriodKind.Week)]
    [InlineData("ytd:2026-11-20", PeriodKind.YearToDate)]
    [InlineData("2026-01-01..2026-03-31", PeriodKind.Days)]
    public void A_period_is_written_and_read_alike(string text, PeriodKind kind)
    {
        PeriodText.TryParse(text, out var period).ShouldBeTrue();
        period!.Kind.ShouldBe(kind);
        PeriodText.Of(period).ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-13")]
    [InlineData("2026-Q5")]
    [InlineData("26")]
    [InlineData("0001")]
    [InlineData("2026-02-30")]
    [InlineData("2026-03-31..2026-01-01")]
    [InlineData("week:")]
    public void What_is_no_period_is_not_read_as_one(string text) => PeriodText.TryParse(text, out _).ShouldBeFalse();
}
