using CommandCenter.Data.Accounts;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Web.Demo;

namespace CommandCenter.Tests.Demo;

public sealed class DemoStatisticsTests
{
    private static readonly StatisticSeries Criminal = StatisticSeries.Of(StatisticTerms.Calls, "criminal"), Petitions = StatisticSeries.Of(StatisticTerms.PetitionBatches);

    [Fact]
    public async Task Three_years_and_the_running_one_are_sent_in_once_and_each_day_when_it_is_over()
    {
        await using var world = await DemoWorld.BeginAsync(days: 1);
        await world.Seeder.RunAsync(CancellationToken.None);
        var statistics = world.Get<DemoStatistics>();

        var next = await statistics.AdvanceAsync(CancellationToken.None);
        next.ShouldBe(new DateTime(2026, 11, 20, 16, 0, 0, DateTimeKind.Utc));
        var imports = await ImportsAsync(world);
        imports.Count.ShouldBe(4 * 4);
        imports.ShouldAllBe(import => import.Actor == "demo" && import.LastDay <= new DateOnly(2026, 11, 19));
        imports.Min(import => import.FirstDay).ShouldBe(new DateOnly(2023, 1, 1));

        await statistics.AdvanceAsync(CancellationToken.None);
        (await ImportsAsync(world)).Count.ShouldBe(imports.Count);

        world.Clock.Utc = next;
        await statistics.AdvanceAsync(CancellationToken.None);
        (await ImportsAsync(world)).Skip(imports.Count).ShouldAllBe(import => import.FirstDay == new DateOnly(2026, 11, 20) && import.LastDay == import.FirstDay);
    }

    [Fact]
    public async Task What_was_broken_off_is_completed_and_what_somebody_undid_is_not_sent_again()
    {
        await using var world = await DemoWorld.BeginAsync(days: 1);
        await world.Seeder.RunAsync(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var sending = world.Get<DemoStatistics>().AdvanceAsync(stop.Token);
        while ((await ImportsAsync(world)).Count < 3)
        {
            await world.Log.Doorbell.WaitBeyondAsync(await world.Log.HeadAsync(CancellationToken.None), TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => sending);
        var undone = (await ImportsAsync(world))[0];
        (await world.Get<StatisticStore>().UndoAsync(undone.Position, "与公安局核对", ChangedBy.Program, CancellationToken.None)).ShouldBeTrue();

        await world.RestartAsync();
        await world.Get<DemoStatistics>().AdvanceAsync(CancellationToken.None);
        var imports = await ImportsAsync(world);
        imports.Count.ShouldBe(4 * 4);
        imports.Select(import => (import.Source, import.FirstDay)).ShouldBeUnique();
    }

    [Fact]
    public async Task The_figures_look_like_those_of_a_county_and_give_every_town_a_full_index()
    {
        await using var world = await DemoWorld.BeginAsync(days: 1);
        await world.Seeder.RunAsync(CancellationToken.None);
        await world.Get<DemoStatistics>().AdvanceAsync(CancellationToken.None);

        var (criminal, _) = (await world.Get<FigureQueries>().FigureAsync(
            Sight.OfTheProgram, Criminal, DemoPlaces.CountyCode, Period.YearTo(new DateOnly(2026, 11, 19)), Alignment.Calendar, version: null, CancellationToken.None))!.Value;
        criminal.Value!.Value.ShouldBeInRange(450, 800);
        criminal.Yoy.Change.Percent!.Value.ShouldBeInRange(-32, -5);
        criminal.Amount.IsComplete.ShouldBeTrue();

        var saturday = await world.Get<FigureQueries>().FigureAsync(
            Sight.OfTheProgram, Petitions, DemoPlaces.CountyCode, Period.OfDay(new DateOnly(2026, 11, 14)), Alignment.Calendar, version: null, CancellationToken.None);
        saturday!.Value.Figure.Value.ShouldBe(0);

        var (index, day) = (world.Get<SafetyIndexStore>(), new DateOnly(2026, 11, 19));
        (await index.LastDayAsync(DemoPlaces.CountyCode, CancellationToken.None)).ShouldBe(day);
        await index.ComputeAsync(DemoPlaces.CountyCode, day, day, "test", CancellationToken.None);
        var towns = await index.OnAsync(Sight.OfTheProgram, DemoPlaces.CountyCode, day, CancellationToken.None);
        towns.Count.ShouldBe(12);
        towns.ShouldAllBe(town => town.Index.Score >= 55 && town.Index.Score <= 100 && !town.Index.Provisional);
        towns.Select(town => town.Index.Level).Distinct().Count().ShouldBeGreaterThan(1);
    }

    private static async Task<IReadOnlyList<StatisticImport>> ImportsAsync(DemoWorld world) =>
        [.. (await world.Get<StatisticStore>().ListAsync(after: null, 500, CancellationToken.None)).Reverse()];
}
