using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Demo;

namespace CommandCenter.Tests.Demo;

public class DemoStreamTests
{
    [Fact]
    public async Task Reports_come_in_at_the_rate_asked_for_and_their_handling_keeps_up()
    {
        await using var world = await RunningAsync();
        var began = world.Clock.Utc;
        await RunAsync(world, TimeSpan.FromHours(3), step: TimeSpan.FromSeconds(2));

        var live = (await world.IncidentsAsync()).Where(i => i.ExternalId!.StartsWith(DemoStream.LivePrefix, StringComparison.Ordinal)).ToList();
        var expected = 20 * 180 * Enumerable.Range(0, 180).Average(m => DemoRhythm.At(began.AddMinutes(m)));
        live.Count.ShouldBeInRange((int)(expected * 0.9), (int)(expected * 1.1));
        live.ShouldAllBe(i => i.GridCode != null);

        var open = live.Where(i => i.Status != IncidentStatus.Closed).ToList();
        open.Count.ShouldBeInRange(40, 160);
        open.Count(i => i.FinishBy < world.Clock.Utc).ShouldBeInRange(1, 20);
        live.Where(i => i.AcceptedAt is not null).Average(i => (i.AcceptedAt!.Value - i.ReceivedAt).TotalMinutes).ShouldBeLessThan(5);
    }

    [Fact]
    public async Task A_restart_goes_on_with_what_is_open_and_invents_nothing_for_the_time_between()
    {
        await using var world = await RunningAsync();
        await RunAsync(world, TimeSpan.FromMinutes(10), step: TimeSpan.FromSeconds(2));
        var (open, count) = (world.Stream.Open, (await world.IncidentsAsync()).Count);
        open.ShouldBeGreaterThan(20);

        world.Clock.Utc = world.Clock.Utc.AddHours(6);
        var awake = world.Clock.Utc;
        await world.RestartAsync();
        await world.Seeder.RunAsync(CancellationToken.None);
        await world.Stream.LoadAsync(CancellationToken.None);
        world.Stream.Open.ShouldBe(open);
        await RunAsync(world, TimeSpan.FromMinutes(1), step: TimeSpan.FromSeconds(2));

        var incidents = await world.IncidentsAsync();
        incidents.Count.ShouldBeInRange(count + 1, count + 60);
        incidents.Take(incidents.Count - count).ShouldAllBe(i => i.ReceivedAt >= awake);
    }

    [Fact]
    public async Task No_report_comes_in_at_rate_0_and_handling_goes_on()
    {
        await using var world = await RunningAsync();
        await RunAsync(world, TimeSpan.FromMinutes(2), step: TimeSpan.FromSeconds(2));
        var (count, open) = ((await world.IncidentsAsync()).Count, world.Stream.Open);
        world.Options.ReportsPerMinute = 0;
        await RunAsync(world, TimeSpan.FromHours(3), step: TimeSpan.FromSeconds(30));
        (await world.IncidentsAsync()).Count.ShouldBe(count);
        world.Stream.Open.ShouldBeLessThan(open);
    }

    [Fact]
    public async Task At_the_highest_rate_the_matters_under_way_stay_bounded()
    {
        await using var world = await RunningAsync();
        world.Options.ReportsPerMinute = DemoOptions.MostReportsPerMinute;
        for (var i = 0; i < 200; i++)
        {
            world.Clock.Utc = world.Clock.Utc.AddMilliseconds(500);
            await world.Stream.AdvanceAsync(CancellationToken.None);
            world.Stream.Open.ShouldBeLessThanOrEqualTo(DemoStream.MostOpen);
        }
    }

    [Fact]
    public async Task What_a_visitor_sent_in_stays_as_the_visitor_left_it()
    {
        await using var world = await RunningAsync();
        var visitor = new IncidentReport("resident-page", "visit-1", "0709", Urgency.Critical, "占道经营", null, null, null, null, null, false, null, null, null, null);
        var taken = await world.Incidents.TakeInAsync([visitor], CancellationToken.None);
        await world.Stream.LoadAsync(CancellationToken.None);
        await RunAsync(world, TimeSpan.FromMinutes(30), step: TimeSpan.FromSeconds(10));
        (await world.Queries.FindAsync(Sight.OfTheProgram, taken[0].Id, CancellationToken.None))!.Status.ShouldBe(IncidentStatus.Reported);
    }

    [Fact]
    public void A_rate_out_of_range_is_named()
    {
        new DemoOptions { ReportsPerMinute = 6001 }.Problems().ShouldHaveSingleItem().ShouldContain("Demo:ReportsPerMinute");
        new DemoOptions { ReportsPerMinute = -1 }.Problems().ShouldHaveSingleItem();
        new DemoOptions().Problems().ShouldBeEmpty();
        new DemoOptions().Enabled.ShouldBeFalse();
    }

    /// <summary>A county without its history, which these tests do not need.</summary>
    private static async Task<DemoWorld> RunningAsync()
    {
        var world = await DemoWorld.BeginAsync();
        await world.Seeder.ImportAreasAsync(CancellationToken.None);
        await world.Areas.LoadAsync(CancellationToken.None);
        await world.Stream.LoadAsync(CancellationToken.None);
        await world.Stream.AdvanceAsync(CancellationToken.None);
        return world;
    }

    private static async Task RunAsync(DemoWorld world, TimeSpan time, TimeSpan step)
    {
        for (var until = world.Clock.Utc + time; world.Clock.Utc < until;)
        {
            world.Clock.Utc += step;
            await world.Stream.AdvanceAsync(CancellationToken.None);
        }
    }
}
