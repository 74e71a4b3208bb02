using CommandCenter.Data.Accounts;
using CommandCenter.Data.Events;
using CommandCenter.Data.PoliceStatistics;

namespace CommandCenter.Tests.Storage;

public abstract partial class StorageContract
{
    private static readonly DateOnly IndexDay = new(2026, 1, 31);

    private SafetyWeightStore Weights => new(_store, Audit);

    private SafetyIndexStore Indexes => new(_store, Figures, new StatisticTermStore(_store, Audit), Weights);

    [Fact]
    public async Task The_safety_index_of_a_town_and_day_is_kept_with_its_parts_and_every_version_of_it()
    {
        await UploadTownsAsync(EastTown, WestTown);
        await FourYearsAsync(now: 1);

        (await Indexes.ComputeAsync(County, IndexDay.AddDays(-1), IndexDay, "test", Ended)).ShouldBe(2);
        (await Indexes.ComputeAsync(County, IndexDay.AddDays(-1), IndexDay, "test", Ended)).ShouldBe(0);

        var first = (await Indexes.OnAsync(Sight.OfTheProgram, County, IndexDay, Ended)).ShouldHaveSingleItem();
        var crime = first.Index.Parts.Single(part => part.Part == SafetyPart.Crime);
        (crime.Count, crime.Base, crime.BaseYears, crime.Adjusted, crime.Share).ShouldBe((60m, 60m, 3, true, 1m));
        (first.AreaCode, first.Index.Score, first.Index.Provisional, first.WeightsVersion).ShouldBe((EastTown, 80m, false, 0));

        // A correction: what was computed is not touched until it is computed again, and stays to be looked at.
        await FourYearsAsync(now: 2, asOf: "2026-02-02");
        (await Indexes.OnAsync(Sight.OfTheProgram, County, IndexDay, Ended)).Single().Index.Score.ShouldBe(80);
        (await Indexes.ComputeAsync(County, IndexDay, IndexDay, "test", Ended)).ShouldBe(1);
        (await Indexes.OnAsync(Sight.OfTheProgram, County, IndexDay, Ended)).Single().Index.Score.ShouldBe(Math.Round(120 - (40 * 123m / 63), 1));
        (await Indexes.HistoryAsync(Sight.OfTheProgram, EastTown, IndexDay, Ended)).Select(row => row.Index.Score!.Value > 79).ShouldBe([false, true]);
        (await WholeLogAsync()).Select(e => e.Event).OfType<SafetyIndexComputed>().ShouldBe(
            [new SafetyIndexComputed(IndexDay.AddDays(-1), IndexDay, 1, 0), new SafetyIndexComputed(IndexDay, IndexDay, 1, 0)]);
        (await Indexes.LastDayAsync(County, Ended)).ShouldBe(IndexDay);

        var west = AccessPolicy.SightOf(Subject.OfAccount(1, "x", Role.AreaStaff, WestTown), Permission.SeeStatistics)!;
        (await Indexes.OnAsync(west, County, IndexDay, Ended)).ShouldBeEmpty();
        (await Indexes.HistoryAsync(west, EastTown, IndexDay, Ended)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Weights_are_versions_with_a_reason()
    {
        await UploadTownsAsync(EastTown);
        await FourYearsAsync(now: 1);
        await Indexes.ComputeAsync(County, IndexDay, IndexDay, "test", Ended);
        var heavier = new SafetyWeights(SafetyWeights.Default.Of.SetItem(SafetyPart.Crime, 50));

        (await Weights.ChangeAsync(heavier, "重点整治", ChangedBy.Program, Ended)).ShouldBe(1);
        await Should.ThrowAsync<ArgumentException>(() => Weights.ChangeAsync(heavier, " ", ChangedBy.Program, Ended));
        await Should.ThrowAsync<ArgumentException>(() => Weights.ChangeAsync(new SafetyWeights(heavier.Of.SetItem(SafetyPart.Fire, -1)), "x", ChangedBy.Program, Ended));

        (await Weights.ListAsync(Ended)).Select(version => (version.Version, version.Reason, version.Weights)).ShouldBe([(1, "重点整治", heavier), (0, "", SafetyWeights.Default)]);
        (await Indexes.ComputeAsync(County, IndexDay, IndexDay, "test", Ended)).ShouldBe(1);
        (await Indexes.OnAsync(Sight.OfTheProgram, County, IndexDay, Ended)).Single().WeightsVersion.ShouldBe(1);
    }

    [Fact]
    public async Task A_published_figure_stays_as_it_was_and_what_differs_since_is_told()
    {
        var publications = new StatisticPublications(_store, Figures, Audit);
        await ImportAsync("2026-02-01", draft =>
        {
            draft.AddMonth(Criminal, EastTown, NewYear, 673);
            draft.AddMonth(Criminal, EastTown, NewYear.AddYears(-1), 1000);
            draft.AddMonth(Traffic, EastTown, NewYear, 5);
        });
        var questions = new[] { new PublishedQuestion("calls/criminal", EastTown, "2026-01"), new PublishedQuestion("calls/traffic", EastTown, "2026-01") };
        var published = (await publications.PublishAsync(Sight.OfTheProgram, "一月通报", questions, ChangedBy.Program, Ended))!;
        (await publications.DifferencesAsync(published, Ended)).ShouldBeEmpty();

        var correction = await ImportAsync("2026-02-05", draft => draft.AddMonth(Criminal, EastTown, NewYear, 700));

        var kept = (await publications.ListAsync(Sight.OfTheProgram, 10, Ended)).ShouldHaveSingleItem();
        (kept.Figures[0].Value, kept.Figures[0].YoyPercent, kept.Figures[0].Base).ShouldBe((673m, -32.7m, 1000m));
        var difference = (await publications.DifferencesAsync(kept, Ended)).ShouldHaveSingleItem();
        (difference.Published.Value, difference.Now.Value, difference.Now.YoyPercent).ShouldBe((673m, 700m, -30m));
        difference.Since.Select(import => import.Position).ShouldBe([correction.Position]);

        await Statistics.UndoAsync(correction.Position, "x", ChangedBy.Program, Ended);
        (await publications.DifferencesAsync(kept, Ended)).ShouldBeEmpty();
        (await publications.WithdrawAsync(kept.Id, ChangedBy.Program, Ended)).ShouldBeTrue();
        (await publications.WithdrawAsync(kept.Id, ChangedBy.Program, Ended)).ShouldBeFalse();
        (await publications.ListAsync(Sight.OfTheProgram, 10, Ended))[0].WithdrawnAt.ShouldNotBeNull();
    }

    // One criminal and one public-order call a day in each of three years, and now; 10,000 people all the time.
    private Task<StatisticImport> FourYearsAsync(int now, string asOf = "2026-02-01") => ImportAsync(asOf, draft =>
    {
        for (var year = 2023; year <= 2026; year++)
        {
            draft.AddMonth(StatisticSeries.Of(StatisticTerms.Residents), EastTown, new DateOnly(year - 1, 12, 1), 10_000);
            for (var day = new DateOnly(year, 1, 1).AddDays(-10); day <= new DateOnly(year, 1, 31); day = day.AddDays(1))
            {
                draft.AddDay(Criminal, EastTown, day, year == 2026 ? now : 1);
                draft.AddDay(StatisticSeries.Of(StatisticTerms.Calls, "publicOrder"), EastTown, day, year == 2026 ? now : 1);
            }
        }
    });
}
