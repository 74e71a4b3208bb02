using CommandCenter.Data.Storage;
using CommandCenter.Web.Live;

namespace CommandCenter.Web.Admin;

/// <summary>What this node did within the last minutes.</summary>
/// <param name="CommitsPerSecond">Over the last 10 s.</param>
/// <param name="CommitTime">Mean of one commit over the last 10 s; null when there was none.</param>
/// <param name="TakenInLastMinute">Reports stored by this node.</param>
/// <param name="TakenInLastFiveMinutes">As above; less where the node runs for less.</param>
public sealed record NodeFigures(double CommitsPerSecond, TimeSpan? CommitTime, long TakenInLastMinute, long TakenInLastFiveMinutes);

/// <summary>Takes the store's counts down once a second and keeps five minutes of them, and an hour by the minute, so that whoever opens the page sees what was.</summary>
public sealed class NodeFiguresKeeper(Store store, LiveBoardHost board, TimeProvider time) : BackgroundService
{
    private const int Kept = 301;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Queue<Counts> _kept = new(Kept);
    private readonly NodeHour _hour = new();

    public NodeFigures Current
    {
        get
        {
            var now = Take();
            lock (_gate)
            {
                var recent = At(now, TimeSpan.FromSeconds(10));
                var commits = now.Commits - recent.Commits;
                var seconds = time.GetElapsedTime(recent.At, now.At).TotalSeconds;
                return new NodeFigures(
                    seconds > 0 ? commits / seconds : 0,
                    commits > 0 ? (now.CommitTime - recent.CommitTime) / commits : null,
                    now.TakenIn - At(now, TimeSpan.FromMinutes(1)).TakenIn,
                    now.TakenIn - At(now, TimeSpan.FromMinutes(5)).TakenIn);
            }
        }
    }

    /// <summary>The last hour, oldest minute first; the last one is still going on.</summary>
    public IReadOnlyList<NodeMinute?> Hour => _hour.ToList(time.GetUtcNow().UtcDateTime);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        do
        {
            var now = Take();
            var at = time.GetUtcNow().UtcDateTime;
            _hour.Add(at, now.TakenIn, now.Commits, now.CommitTime, board.AsOf is { } asOf ? at - asOf : null);
            lock (_gate)
            {
                if (_kept.Count == Kept)
                {
                    _kept.Dequeue();
                }

                _kept.Enqueue(now);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // The oldest that is not older than asked for; now itself before anything was kept.
    private Counts At(Counts now, TimeSpan ago)
    {
        foreach (var counts in _kept)
        {
            if (time.GetElapsedTime(counts.At, now.At) <= ago)
            {
                return counts;
            }
        }

        return now;
    }

    private Counts Take() => new(time.GetTimestamp(), store.Metrics.Commits, store.Metrics.CommitTime, store.Metrics.TakenIn);

    private sealed record Counts(long At, long Commits, TimeSpan CommitTime, long TakenIn);
}
