using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Demo;

namespace CommandCenter.Tests.Demo;

public class DemoSeederTests
{
    [Fact]
    public async Task An_empty_store_gets_the_county_and_ninety_plausible_days()
    {
        await using var world = await DemoWorld.BeginAsync();
        (await world.Seeder.RunAsync(CancellationToken.None)).ShouldBeTrue();

        var now = world.Clock.Utc;
        var incidents = await world.IncidentsAsync();
        incidents.ShouldAllBe(i => i.GridCode != null && i.GridCode.StartsWith("990101") && !i.OutsideGrids);
        var perDay = incidents.GroupBy(i => CountyTime.Day(i.ReceivedAt)).OrderBy(d => d.Key).ToList();
        perDay.Count.ShouldBe(91);
        perDay.SkipLast(1).ShouldAllBe(day => day.Count() >= 250 && day.Count() <= 350);

        var open = incidents.Where(i => i.Status != IncidentStatus.Closed).ToList();
        var overdue = open.Count(i => i.FinishBy < now);
        open.Count.ShouldBeInRange(80, 150);
        overdue.ShouldBeInRange(3, 12);
        var lately = incidents.Where(i => i.ClosedAt > now.AddDays(-30)).ToList();
        var onTime = lately.Count(i => i.ClosedAt <= i.FinishBy) / (double)(lately.Count + overdue);
        onTime.ShouldBeInRange(0.95, 0.975);
        open.Select(i => i.Status).Distinct().Count().ShouldBe(3);

        var events = await world.EventsAsync();
        events.Skip(1).Select(e => e.RecordedAt).ShouldBeInOrder();
        events.ShouldAllBe(e => e.RecordedAt <= now);
        events[0].Event.ShouldBeOfType<AreasReplaced>();
    }

    [Fact]
    public async Task What_was_broken_off_half_way_is_completed_without_a_duplicate()
    {
        await using var whole = await DemoWorld.BeginAsync(days: 8);
        await whole.Seeder.RunAsync(CancellationToken.None);

        await using var world = await DemoWorld.BeginAsync(days: 8);
        using var stop = new CancellationTokenSource();
        var seeding = world.Seeder.RunAsync(stop.Token);
        while (await world.Log.HeadAsync(CancellationToken.None) < 3000)
        {
            await world.Log.Doorbell.WaitBeyondAsync(3000, TimeSpan.FromMilliseconds(100), CancellationToken.None);
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => seeding);
        (await world.Log.HeadAsync(CancellationToken.None)).ShouldBeLessThan(await whole.Log.HeadAsync(CancellationToken.None));

        world.Clock.Utc = world.Clock.Utc.AddHours(5);
        await world.RestartAsync();
        await world.Seeder.RunAsync(CancellationToken.None);

        (await world.EventsAsync()).Select(e => (e.Position, e.SubjectId, e.Actor, e.Event)).ShouldBe(
            (await whole.EventsAsync()).Select(e => (e.Position, e.SubjectId, e.Actor, e.Event)));
        (await world.IncidentsAsync()).ShouldBe(await whole.IncidentsAsync());
    }

    [Fact]
    public async Task A_complete_history_is_left_alone()
    {
        await using var world = await DemoWorld.BeginAsync(days: 8);
        await world.Seeder.RunAsync(CancellationToken.None);
        await world.Stream.LoadAsync(CancellationToken.None);
        await world.Stream.AdvanceAsync(CancellationToken.None);
        var head = await world.Log.HeadAsync(CancellationToken.None);
        head.ShouldBeGreaterThan(8_000);

        await world.RestartAsync();
        world.Clock.Utc = world.Clock.Utc.AddDays(2);
        (await world.Seeder.RunAsync(CancellationToken.None)).ShouldBeTrue();
        (await world.Log.HeadAsync(CancellationToken.None)).ShouldBe(head);
    }

    [Fact]
    public async Task A_store_with_other_data_is_left_alone()
    {
        await using var world = await DemoWorld.BeginAsync(days: 8);
        var mine = new IncidentReport("110", null, "0101", Urgency.Normal, "邻里纠纷", null, null, null, null, null, false, null, null, null, null);
        await world.Incidents.TakeInAsync([mine], CancellationToken.None);

        (await world.Seeder.RunAsync(CancellationToken.None)).ShouldBeFalse();
        (await world.Log.HeadAsync(CancellationToken.None)).ShouldBe(1);
    }
}
