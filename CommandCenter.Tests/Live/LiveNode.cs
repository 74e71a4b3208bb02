using CommandCenter.Data.Grids;
using CommandCenter.Data.Live;
using CommandCenter.Data.Privacy;
using CommandCenter.Web.Live;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Live;

/// <summary>What one web node runs on a store: a tailer that keeps a board.</summary>
public sealed class LiveNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly LiveTailer _tailer;

    private LiveNode(LiveStore store)
    {
        Host = new LiveBoardHost(TimeProvider.System);
        var pace = new LivePace { Poll = TimeSpan.FromMilliseconds(20), Page = 50, LongestRetry = TimeSpan.FromMilliseconds(200) };
        _tailer = new LiveTailer(store.Log, store.Loader, Host, pace, TimeProvider.System, NullLogger<LiveTailer>.Instance);
        Feed = new LiveFeed(Host, new LiveAreas(() => AreaIndex.Empty), new BoardMask(new PrivacyOptions()), pace, TimeProvider.System, NullLogger<LiveFeed>.Instance);
    }

    public LiveBoardHost Host { get; }

    public LiveFeed Feed { get; }

    public static async Task<LiveNode> StartAsync(LiveStore store)
    {
        var node = new LiveNode(store);
        await node._tailer.StartAsync(CancellationToken.None);
        await node.Feed.StartAsync(CancellationToken.None);
        return node;
    }

    /// <summary>Waits, without looking at the clock, until the node stands as wanted.</summary>
    public async Task<LiveBoard> UntilAsync(Func<LiveBoard, LiveState, bool> wanted)
    {
        var reached = new TaskCompletionSource<LiveBoard>(TaskCreationOptions.RunContinuationsAsynchronously);
        var (board, state, subscription) = Host.Subscribe((b, s) => Look(b, s));
        using (subscription)
        {
            Look(board, state);
            return await reached.Task.WaitAsync(Patience);
        }

        void Look(LiveBoard b, LiveState s)
        {
            if (wanted(b, s))
            {
                reached.TrySetResult(b);
            }
        }
    }

    public Task<LiveBoard> AtAsync(long position) => UntilAsync((board, state) => board.Position == position && state.Condition == LiveCondition.Live);

    public async ValueTask DisposeAsync()
    {
        await _tailer.StopAsync(CancellationToken.None);
        await Feed.StopAsync(CancellationToken.None);
        _tailer.Dispose();
        Feed.Dispose();
    }
}
