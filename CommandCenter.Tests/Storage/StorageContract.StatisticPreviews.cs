using CommandCenter.Data.PoliceStatistics;

namespace CommandCenter.Tests.Storage;

public abstract partial class StorageContract
{
    [Fact]
    public async Task A_preview_says_what_is_new_changed_the_same_and_late()
    {
        await ImportAsync("2026-02-10", draft =>
        {
            draft.AddMonth(Criminal, EastTown, NewYear, 60);
            draft.AddDay(Traffic, EastTown, NewYear, 1);
        });
        var draft = new StatisticDraft();
        draft.AddMonth(Criminal, EastTown, NewYear, 66);
        draft.AddDay(Traffic, EastTown, NewYear, 1);
        draft.AddDay(Traffic, EastTown, NewYear.AddDays(1), 2);

        var preview = await PreviewAsync(draft, "2026-02-11");
        var late = await PreviewAsync(draft, "2026-02-01");

        (preview.Cells, preview.New, preview.Changed, preview.Same, preview.Superseded).ShouldBe((3, 1, 1, 1, 0));
        preview.Changes.ShouldBe([new FigureChange("calls/criminal", EastTown, NewYear, true, 60, 66)]);
        preview.Suspicious.First.ShouldBeEmpty();
        (late.Changed, late.Superseded).ShouldBe((0, 1));
        late.Suspicious.First.ShouldHaveSingleItem().Key.ShouldBe("Superseded");
    }

    [Fact]
    public async Task A_preview_finds_what_is_likely_wrong()
    {
        await UploadTownsAsync(EastTown);
        await ImportAsync("2026-02-10", draft =>
        {
            for (var month = 0; month < 12; month++)
            {
                draft.AddMonth(Criminal, EastTown, NewYear.AddMonths(-month), 60);
            }
        });
        var draft = new StatisticDraft();
        draft.AddMonth(Criminal, EastTown, NewYear.AddMonths(1), 605);
        draft.AddMonth(Criminal, EastTown, NewYear.AddMonths(2), 62);
        draft.AddMonth(AllCalls, EastTown, NewYear.AddMonths(1), 700);
        draft.AddMonth(Traffic, EastTown, NewYear.AddMonths(1), 94);
        draft.AddMonth(Criminal, County, NewYear.AddMonths(1), 606);
        draft.AddMonth(Traffic, WestTown, NewYear.AddMonths(1), 4);
        draft.AddDay(StatisticSeries.Of("petitionBatches"), EastTown, NewYear.AddMonths(1), -2);
        draft.AddDay(StatisticSeries.Of("petitionBatches"), EastTown, new DateOnly(2090, 1, 1), 2);

        var preview = await PreviewAsync(draft, "2026-03-01");

        preview.Suspicious.First.Select(problem => $"{problem.Key} {problem.Series} {problem.Area}").Order(StringComparer.Ordinal).ShouldBe(
            [
                $"AreaNotInForce calls/traffic {WestTown}", $"Future petitionBatches {EastTown}", $"Jump calls/criminal {EastTown}", $"Negative petitionBatches {EastTown}",
                $"SumOfCategories calls {EastTown}", $"SumOfTowns calls/criminal {County}",
            ]);
    }

    [Fact]
    public async Task A_layout_is_remembered_by_the_headings_whatever_the_months()
    {
        var layouts = new StatisticLayoutStore(_store);
        string[] headings = ["镇街", "2025年11月", "2025年12月"];
        var layout = LayoutGuess.Of([headings], StatisticTerms.Defaults, 2025) with { Series = "calls/traffic" };
        (await layouts.FindAsync(headings, Ended)).ShouldBeNull();

        await layouts.RememberAsync(headings, layout with { Series = "calls" }, "test", Ended);
        await layouts.RememberAsync(headings, layout, "test", Ended);

        (await layouts.FindAsync(headings, Ended)).ShouldBe(layout);
        (await layouts.FindAsync(["镇街", "2026年1月"], Ended))!.Columns[1].ShouldBe(new ColumnUse(1, ColumnRole.Value, "2026-01"));
        (await layouts.FindAsync(["镇街", "数量"], Ended)).ShouldBeNull();
    }

    private Task<StatisticPreview> PreviewAsync(StatisticDraft draft, string asOf) =>
        new StatisticPreviews(_store, Figures, TimeProvider.System).CompareAsync(
            draft, DateOnly.Parse(asOf, System.Globalization.CultureInfo.InvariantCulture), new ProblemList(), Ended);
}
