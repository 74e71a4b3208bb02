using CommandCenter.Data.Live;
using CommandCenter.Web.Live;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Tests.Live;

public class LiveTailerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Several_nodes_over_one_database_agree_with_a_fresh_rebuild(int seed)
    {
        using var one = await LiveStore.CreateAsync();
        using var two = one.OpenAgain();
        using var onlooker = one.OpenAgain();
        await using var first = await LiveNode.StartAsync(one);
        await using var second = await LiveNode.StartAsync(two);
        var log = RandomLog.OfLength(600, seed).Events;
        LiveNode? third = null;
        var random = new Random(seed);
        for (var at = 0; at < log.Count;)
        {
            var length = Math.Min(random.Next(1, 40), log.Count - at);
            await (random.Next(2) == 0 ? one : two).WriteAsync(log.GetRange(at, length));
            at += length;
            third ??= at > 300 ? await LiveNode.StartAsync(onlooker) : null;
        }

        await using (third)
        {
            var rebuilt = await one.RebuildAsync();
            foreach (var node in (LiveNode[])[first, second, third!])
            {
                (await node.AtAsync(log.Count)).Same(rebuilt).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public async Task A_store_that_goes_away_is_named_with_its_reason_and_followed_again_when_it_is_back()
    {
        using var store = await LiveStore.CreateAsync();
        await using var node = await LiveNode.StartAsync(store);
        var log = RandomLog.OfLength(20, seed: 1).Events;
        await store.WriteAsync(log[..10]);
        var before = await node.AtAsync(10);

        var aside = store.Folder + "-aside";
        Directory.Move(store.Folder, aside);
        SqliteConnection.ClearAllPools();
        var shown = await node.UntilAsync((_, state) => state.Condition == LiveCondition.StoreAway);
        shown.ShouldBeSameAs(before);
        node.Host.State.Reason.ShouldNotBeNullOrEmpty();

        Directory.Move(aside, store.Folder);
        SqliteConnection.ClearAllPools();
        await node.AtAsync(10);
        using var another = store.OpenAgain();
        await another.WriteAsync(log[10..]);
        (await node.AtAsync(20)).Same(await another.RebuildAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_log_that_became_shorter_is_noticed_and_the_board_loaded_anew()
    {
        using var backup = await LiveStore.CreateAsync();
        await backup.WriteAsync(RandomLog.OfLength(5, seed: 2).Events);
        using var store = await LiveStore.CreateAsync();
        await store.WriteAsync(RandomLog.OfLength(20, seed: 1).Events);
        await using var node = await LiveNode.StartAsync(store);
        await node.AtAsync(20);

        Directory.Move(store.Folder, store.Folder + "-old");
        SqliteConnection.ClearAllPools();
        await node.UntilAsync((_, state) => state.Condition == LiveCondition.StoreAway);
        Directory.Move(backup.Folder, store.Folder);
        Directory.Move(store.Folder + "-old", backup.Folder);
        SqliteConnection.ClearAllPools();

        using var restored = store.OpenAgain();
        (await node.AtAsync(5)).Same(await restored.RebuildAsync()).ShouldBeTrue();
    }

    [Fact]
    public void A_gap_in_the_log_is_refused()
    {
        var log = RandomLog.OfLength(5, seed: 3).Events;
        Should.Throw<BoardMismatchException>(() => LiveBoard.Apply(LiveBoard.Empty, [log[0], log[2]]))
            .Message.ShouldContain("must go on with 2");
    }
}
