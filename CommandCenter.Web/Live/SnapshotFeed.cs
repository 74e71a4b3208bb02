using CommandCenter.Data.Incidents;
using CommandCenter.Data.Live;

namespace CommandCenter.Web.Live;

/// <summary>
/// Something that is read from the store for an area, kept while walls show it, read anew when the log says that it changed, and
/// told to all of them: one reading a node and area, whatever the number of circuits.
/// </summary>
/// <typeparam name="T">Immutable.</typeparam>
public abstract partial class SnapshotFeed<T>(LiveBoardHost host, LiveAreas areas, TimeProvider time, ILogger logger) : BackgroundService
    where T : class
{
    // At once when it was quiet; a flood of changes costs one reading a beat.
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1), Retry = TimeSpan.FromSeconds(2);

    // A page asks before its circuit subscribes.
    private static readonly TimeSpan KeptUnread = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _rung = new(0, 1);
    private long _seen;

    /// <summary>Walls that are told.</summary>
    public int SubscriberCount
    {
        get
        {
            lock (_gate)
            {
                return _kept.Values.Sum(kept => kept.Told.Count);
            }
        }
    }

    /// <summary>What is known of an area; null until it was read for the first time, which asking for it brings about.</summary>
    public T? Current(string area)
    {
        lock (_gate)
        {
            return Keep(area).Snapshot;
        }
    }

    /// <summary>Tells what changed of an area until disposed. Not called at once: begin with <see cref="Current"/>.</summary>
    /// <param name="told">Called on the feed's thread: hand over to the circuit and return.</param>
    public IDisposable Subscribe(string area, Action<T> told)
    {
        ArgumentNullException.ThrowIfNull(told);
        lock (_gate)
        {
            Keep(area).Told.Add(told);
        }

        return new Subscription(this, area, told);
    }

    public override void Dispose()
    {
        _rung.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The boundaries in force.</summary>
    protected Data.Grids.AreaIndex Areas => areas.Current;

    /// <summary>UTC.</summary>
    protected DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Whether a line of the stream says that a snapshot is out of date.</summary>
    protected abstract bool Concerns(StreamEntryKind kind);

    /// <param name="area">Area code.</param>
    /// <param name="today">County day.</param>
    protected abstract Task<T> ReadAsync(string area, DateOnly today, CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (board, _, subscription) = host.Subscribe((board, _) => Note(board));
        using (subscription)
        {
            Note(board);
            while (!stoppingToken.IsCancellationRequested)
            {
                var now = Now;
                var tomorrow = CountyTime.StartOfDay(CountyTime.Day(now).AddDays(1));

                // What is counted by days is another the day after.
                if (!await _rung.WaitAsync(tomorrow - now, stoppingToken))
                {
                    Spoil();
                }

                var good = await RenewAsync(stoppingToken);
                await Task.Delay(good ? Beat : Retry, time, stoppingToken);
                if (!good)
                {
                    Ring();
                }
            }
        }
    }

    // Under the host's lock.
    private void Note(LiveBoard board)
    {
        if (board.Position == _seen)
        {
            return;
        }

        var changed = !board.CanResumeAfter(_seen) || board.StreamAfter(_seen).Any(entry => Concerns(entry.Kind) || entry.Kind == StreamEntryKind.AreasReplaced);
        _seen = board.Position;
        if (changed)
        {
            Spoil();
            Ring();
        }
    }

    private void Spoil()
    {
        lock (_gate)
        {
            foreach (var kept in _kept.Values)
            {
                kept.IsOld = true;
            }

            // Known before the first wall asks.
            if (areas.Current.Of(Data.Grids.AreaLevel.County) is [{ Code: var only }])
            {
                Keep(only);
            }
        }
    }

    private void Ring()
    {
        lock (_gate)
        {
            if (_rung.CurrentCount == 0)
            {
                _rung.Release();
            }
        }
    }

    private Kept Keep(string area)
    {
        if (!_kept.TryGetValue(area, out var kept))
        {
            _kept.Add(area, kept = new Kept());
            Ring();
        }

        kept.AskedAt = time.GetUtcNow();
        return kept;
    }

    private async Task<bool> RenewAsync(CancellationToken stoppingToken)
    {
        var good = true;
        foreach (var area in Old())
        {
            try
            {
                Tell(area, await ReadAsync(area, CountyTime.Day(Now), stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                throw;
            }
#pragma warning disable CA1031 // The walls show what they knew, with its age; the tailer says that the store is away.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogNotRead(logger, e, area);
                Spoil(area);
                good = false;
            }
        }

        return good;
    }

    private List<string> Old()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            foreach (var area in _kept.Where(kept => kept.Value.IsOld && kept.Value.Told.Count == 0 && now - kept.Value.AskedAt > KeptUnread).Select(kept => kept.Key).ToList())
            {
                _kept.Remove(area);
            }

            var old = _kept.Where(kept => kept.Value.IsOld).ToList();

            // A change that comes while it is read makes it old again.
            old.ForEach(kept => kept.Value.IsOld = false);
            return old.ConvertAll(kept => kept.Key);
        }
    }

    private void Spoil(string area)
    {
        lock (_gate)
        {
            if (_kept.TryGetValue(area, out var kept))
            {
                kept.IsOld = true;
            }
        }
    }

    private void Tell(string area, T snapshot)
    {
        Action<T>[] told;
        lock (_gate)
        {
            var kept = Keep(area);
            kept.Snapshot = snapshot;
            told = [.. kept.Told];
        }

        foreach (var tell in told)
        {
            try
            {
                tell(snapshot);
            }
#pragma warning disable CA1031 // One panel that fails must not still the others on this node.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogNotTold(logger, e, area);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "What walls show of area '{Area}' can't be read; it is tried again")]
    private static partial void LogNotRead(ILogger logger, Exception exception, string area);

    [LoggerMessage(LogLevel.Warning, "A panel that shows area '{Area}' failed to take what changed")]
    private static partial void LogNotTold(ILogger logger, Exception exception, string area);

    private sealed class Kept
    {
        public T? Snapshot { get; set; }

        public bool IsOld { get; set; } = true;

        public DateTimeOffset AskedAt { get; set; }

        public List<Action<T>> Told { get; } = [];
    }

    private sealed class Subscription(SnapshotFeed<T> feed, string area, Action<T> told) : IDisposable
    {
        public void Dispose()
        {
            lock (feed._gate)
            {
                if (feed._kept.TryGetValue(area, out var kept))
                {
                    kept.Told.Remove(told);
                }
            }
        }
    }
}
