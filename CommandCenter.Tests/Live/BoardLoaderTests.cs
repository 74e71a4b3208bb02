using CommandCenter.Data.Live;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Live;

public class BoardLoaderTests
{
    [Fact]
    public async Task An_empty_store_gives_an_empty_board()
    {
        using var store = await LiveStore.CreateAsync();
        (await store.Loader.LoadAsync(CancellationToken.None)).Same(LiveBoard.Empty).ShouldBeTrue();
    }

    [Fact]
    public void Loading_the_state_and_folding_the_log_give_the_same_board() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(25).WithEndSize(200), Prop.ForAll(RandomLog.Choices, async choices =>
        {
            using var store = await LiveStore.CreateAsync();
            await store.WriteAsync(RandomLog.From(choices, erasing: true).Events);
            (await store.Loader.LoadAsync(CancellationToken.None)).Same(await store.RebuildAsync()).ShouldBeTrue();
        }));

    [Fact]
    public async Task A_long_log_that_is_loaded_halfway_and_followed_gives_the_same_board_as_folding_it_all()
    {
        var log = RandomLog.OfLength(14_000, seed: 7, erasing: true).Events;
        using var store = await LiveStore.CreateAsync();
        await store.WriteAsync(log[..12_500]);
        var loaded = await store.Loader.LoadAsync(CancellationToken.None);
        loaded.Same(await store.RebuildAsync()).ShouldBeTrue();

        await store.WriteAsync(log[12_500..]);
        var followed = LiveBoard.Apply(loaded, await store.Log.ReadAfterAsync(loaded.Position, 10_000, CancellationToken.None));
        followed.Same(await store.RebuildAsync()).ShouldBeTrue();
        followed.Same(await store.Loader.LoadAsync(CancellationToken.None)).ShouldBeTrue();
        followed.StreamNewestFirst.Count().ShouldBe(LiveBoard.StreamLength);
    }
}
