using CommandCenter.Data.Accounts;
using CommandCenter.Data.Live;
using CommandCenter.Web.Live;

namespace CommandCenter.Tests.Live;

public class LiveFeedTests
{
    [Fact]
    public async Task A_newcomer_gets_the_present_as_a_snapshot_and_then_what_follows()
    {
        await using var world = await FeedWorld.StartAsync(published: 40);
        await using var reader = world.Subscribe();
        var snapshot = await reader.NextAsync();
        snapshot.Type().ShouldBe("snapshot");
        snapshot.Position().ShouldBe(40);
        snapshot.GetProperty("openTotal").GetInt32().ShouldBe(world.Host.Current.OpenCount);
        snapshot.GetProperty("open").GetArrayLength().ShouldBe(world.Host.Current.OpenCount);
        snapshot.GetProperty("recent").EnumerateArray().Select(FeedJson.Position).ShouldBe(Enumerable.Range(1, 40).Reverse().Select(p => (long)p));

        world.Publish(1);
        var changes = await reader.NextAsync();
        changes.Type().ShouldBe("changes");
        changes.EntryPositions().ShouldBe([41]);
    }

    [Fact]
    public async Task Under_light_load_each_change_is_told_at_once()
    {
        await using var world = await FeedWorld.StartAsync();
        await using var reader = world.Subscribe();
        (await reader.NextAsync()).Type().ShouldBe("snapshot");
        for (var position = 1; position <= 50; position++)
        {
            world.Publish(1);
            (await reader.NextAsync()).EntryPositions().ShouldBe([position]);
        }
    }

    [Fact]
    public async Task Under_load_the_first_is_told_at_once_and_what_follows_it_within_50_ms_in_one_message()
    {
        await using var world = await FeedWorld.StartAsync(pace: new LivePace { LightLoad = 0 });
        await using var reader = world.Subscribe();
        (await reader.NextAsync()).Type().ShouldBe("snapshot");

        world.Publish(1);
        (await reader.NextAsync()).EntryPositions().ShouldBe([1]);
        await world.Time.UntilWaitedForAsync(world.Pace.Coalesce);
        for (var i = 0; i < 30; i++)
        {
            world.Publish(2);
        }

        world.Time.Advance(world.Pace.Coalesce);
        (await reader.NextAsync()).EntryPositions().ShouldBe(Enumerable.Range(2, 60).Select(p => (long)p));
    }

    [Fact]
    public async Task One_message_is_serialised_once_for_all_who_get_it()
    {
        await using var world = await FeedWorld.StartAsync();
        await using var one = world.Feed.Subscribe(Sight.OfTheProgram, null, null, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await using var two = world.Feed.Subscribe(Sight.OfTheProgram, null, null, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await one.MoveNextAsync();
        await two.MoveNextAsync();
        two.Current.ShouldBeSameAs(one.Current);
        world.Publish(3);
        await one.MoveNextAsync();
        await two.MoveNextAsync();
        two.Current.ShouldBeSameAs(one.Current);
    }

    [Fact]
    public async Task Who_comes_back_gets_exactly_what_was_missed()
    {
        await using var world = await FeedWorld.StartAsync(published: 900);
        await using var reader = world.Subscribe(after: 850);
        var changes = await reader.NextAsync();
        changes.Type().ShouldBe("changes");
        changes.EntryPositions().ShouldBe(Enumerable.Range(851, 50).Select(p => (long)p));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(99_999)]
    public async Task Who_comes_back_from_a_position_that_is_no_longer_or_was_never_kept_gets_a_snapshot(long after)
    {
        await using var world = await FeedWorld.StartAsync(published: LiveBoard.StreamLength + 10, events: LiveBoard.StreamLength + 10);
        await using var reader = world.Subscribe(after);
        (await reader.NextAsync()).Type().ShouldBe("snapshot");
    }

    [Fact]
    public async Task Who_is_too_slow_gets_a_snapshot_in_place_of_what_was_waiting_and_goes_on_from_there()
    {
        await using var world = await FeedWorld.StartAsync(pace: new LivePace { ClientQueue = 3 });
        await using var reader = world.Subscribe();
        (await reader.NextAsync()).Type().ShouldBe("snapshot");
        for (var i = 0; i < 8; i++)
        {
            world.Publish(1);
            world.Feed.Tell();
        }

        var next = await reader.NextAsync();
        next.Type().ShouldBe("snapshot");
        next.Position().ShouldBe(8);
        world.Publish(1);
        world.Feed.Tell();
        (await reader.NextAsync()).EntryPositions().ShouldBe([9]);
    }

    [Fact]
    public async Task A_surge_is_told_as_a_snapshot_at_most_every_two_seconds_and_nothing_is_left_out_after_it()
    {
        await using var world = await FeedWorld.StartAsync(published: 10);
        await using var reader = world.Subscribe();
        (await reader.NextAsync()).Position().ShouldBe(10);
        world.Publish(1_500);
        (await reader.NextAsync()).Type().ShouldBe("snapshot");
        world.Publish(1_500);
        world.Feed.Tell().ShouldBeFalse();

        world.Time.Advance(world.Pace.BetweenSurgeSnapshots);
        world.Feed.Tell();
        JsonPosition(await reader.NextAsync()).ShouldBe(("snapshot", 3_010));
        world.Publish(1);
        world.Feed.Tell();
        (await reader.NextAsync()).EntryPositions().ShouldBe([3_011]);

        static (string, long) JsonPosition(System.Text.Json.JsonElement message) => (message.Type(), message.Position());
    }

    [Fact]
    public async Task A_feed_of_an_area_tells_what_lies_in_it_and_new_boundaries()
    {
        const string Town = "330481001";
        await using var world = await FeedWorld.StartAsync(published: 300);
        await using var reader = world.Subscribe(after: 0, area: Town);
        var changes = await reader.NextAsync();
        changes.EntryPositions().ShouldBe(world.Host.Current.StreamAfter(0)
            .Where(entry => entry.Incident is null || entry.Incident.GridCode?.StartsWith(Town, StringComparison.Ordinal) == true)
            .Select(entry => entry.Position));
        changes.Position().ShouldBe(300);
    }

    [Fact]
    public async Task A_quiet_feed_sends_a_pulse_every_two_seconds_and_says_at_once_when_the_store_is_away()
    {
        await using var world = await FeedWorld.StartAsync(published: 10);
        await using var reader = world.Subscribe();
        (await reader.NextAsync()).Type().ShouldBe("snapshot");
        for (var i = 0; i < 4; i++)
        {
            world.Time.Advance(world.Pace.Pulse / 4);
        }

        var pulse = await reader.NextAsync();
        pulse.Type().ShouldBe("pulse");
        pulse.GetProperty("state").GetString().ShouldBe("live");
        pulse.TryGetProperty("since", out _).ShouldBeFalse();

        world.Host.Publish(world.Host.Current, LiveCondition.StoreAway, "gone");
        var away = await reader.NextAsync();
        away.GetProperty("state").GetString().ShouldBe("storeAway");
        away.GetProperty("since").GetDateTime().ShouldBe(world.Time.GetUtcNow().UtcDateTime);
    }

    [Fact]
    public async Task Who_leaves_is_forgotten()
    {
        await using var world = await FeedWorld.StartAsync();
        var reader = world.Subscribe();
        await reader.NextAsync();
        world.Feed.ClientCount.ShouldBe(1);
        await reader.DisposeAsync();
        world.Feed.ClientCount.ShouldBe(0);
    }
}
