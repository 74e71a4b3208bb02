using CommandCenter.Data.Accounts;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Demo;

namespace CommandCenter.Tests.Demo;

public sealed class DemoDisputesTests
{
    [Fact]
    public async Task The_register_has_years_of_disputes_and_a_backlog_of_all_ages_risks_and_bodies()
    {
        await using var world = await DemoWorld.BeginAsync(days: 1);
        await world.Seeder.RunAsync(CancellationToken.None);
        var disputes = world.Get<DemoDisputes>();
        disputes.Registered(world.Clock.Utc).Count().ShouldBeInRange(400, 700);
        await disputes.LoadAsync(CancellationToken.None);

        var backlog = await world.Get<DisputeCounts>().BacklogAsync(Sight.OfTheProgram, DemoPlaces.CountyCode, 60, CancellationToken.None);
        backlog.Open.ShouldBeInRange(40, 140);
        backlog.Overdue.ShouldBeInRange(1, 25);
        backlog.ByTown.Count.ShouldBeGreaterThan(8);
        backlog.ByBody.Count.ShouldBeGreaterThan(10);
        backlog.ByAge.Values.ShouldAllBe(count => count > 0);
        backlog.ByStage[DisputeStage.Mediating].ShouldBeGreaterThan(10);
        backlog.ByRisk[DisputeRisk.Blue].ShouldBeGreaterThan(backlog.ByRisk[DisputeRisk.Yellow]);
        backlog.Flow.Average(day => day.Inflow).ShouldBeInRange(3, 7);
        backlog.Flow.Average(day => day.Outflow).ShouldBeInRange(3, 7);
    }

    [Fact]
    public async Task Begun_anew_it_registers_nothing_twice_and_goes_on_where_each_stands()
    {
        await using var world = await DemoWorld.BeginAsync(days: 1);
        await world.Seeder.RunAsync(CancellationToken.None);
        await world.Get<DemoDisputes>().LoadAsync(CancellationToken.None);
        var (head, before) = (await world.Log.HeadAsync(CancellationToken.None), await OpenAsync(world));

        await world.RestartAsync();
        await world.Get<DemoDisputes>().LoadAsync(CancellationToken.None);
        (await world.Log.HeadAsync(CancellationToken.None)).ShouldBe(head);

        for (var hours = 0; hours < 12; hours++)
        {
            world.Clock.Utc = world.Clock.Utc.AddHours(1);
            await world.Get<DemoDisputes>().AdvanceAsync(CancellationToken.None);
        }

        var after = await OpenAsync(world);
        after.Keys.Except(before.Keys).ShouldNotBeEmpty("some are new");
        before.Count(one => !after.TryGetValue(one.Key, out var stage) || stage != one.Value).ShouldBeGreaterThan(5, "some went on");
    }

    private static async Task<Dictionary<long, DisputeStage>> OpenAsync(DemoWorld world) =>
        (await world.Get<DisputeQueries>().ListAsync(Sight.OfTheProgram, new DisputeFilter { Open = true, Limit = 500 }, CancellationToken.None)).ToDictionary(one => one.Id, one => one.Stage);
}
