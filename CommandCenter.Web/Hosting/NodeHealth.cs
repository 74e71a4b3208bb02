using System.Globalization;
using CommandCenter.Data.Events;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Live;

namespace CommandCenter.Web.Hosting;

/// <summary>
/// Checks store, board and disk. Many may ask at once and often: the store is asked by one of them for all, and at most once a
/// second while all is well. A store that answers questions and takes nothing is not well, so a write is tried as well: an empty
/// transaction under the write lock, spared where a real one has just been committed.
/// </summary>
public sealed class NodeHealth(Store store, EventLog log, LiveBoardHost board, HealthOptions options, StorageOptions storage, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    // A load balancer waits a few seconds at most. Whoever asks is told what is known by then.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private Task<StoreAnswer>? _asking;
    private long _askedAt;
    private StoreAnswer? _last;

    public async Task<HealthReport> CheckAsync(CancellationToken cancellationToken)
    {
        var (asking, askedAt) = Ask();
        try
        {
            return Report(await asking.WaitAsync(Patience, time, cancellationToken));
        }
        catch (TimeoutException)
        {
            // A write may wait for the lock as long as the settings say: up to then a slow store is slow and not away.
            var waited = time.GetElapsedTime(askedAt);
            var failed = _last is null || waited > TimeSpan.FromSeconds(storage.LockTimeoutSeconds);
            var seconds = waited.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
            var slow = new Finding(failed ? CheckState.Failed : CheckState.Warning, "StoreSlow", [seconds]);
            return Report((_last ?? new StoreAnswer(time.GetUtcNow().UtcDateTime, slow, null, null)) with { Store = slow });
        }
    }

    private (Task<StoreAnswer> Asking, long AskedAt) Ask()
    {
        lock (_gate)
        {
            var known = _asking is { IsCompleted: true } done && (done.Result.Store.State != CheckState.Ok || time.GetElapsedTime(_askedAt) >= Fresh);
            if (_asking is null || known)
            {
                _askedAt = time.GetTimestamp();
                _asking = Task.Run(AskStoreAsync);
            }

            return (_asking, _askedAt);
        }
    }

    private async Task<StoreAnswer> AskStoreAsync()
    {
        long? head = null;
        StoreRoom? room = null;
        var finding = new Finding(CheckState.Ok, "StoreOk");
        try
        {
            head = await log.HeadAsync(CancellationToken.None);
            room = await store.RoomAsync(CancellationToken.None);
            if (store.Metrics.SinceLastCommit is not { } since || since >= Fresh)
            {
                await store.WriteAsync(session => session.NextPosition, CancellationToken.None);
            }
        }
        catch (StoreUnavailableException e)
        {
            finding = new Finding(CheckState.Failed, $"Store{e.Fault}", Detail: e.Message);
        }
#pragma warning disable CA1031 // A check that breaks has found something: it must be told, not thrown at a load balancer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            finding = new Finding(CheckState.Failed, "StoreFault", Detail: e.Message);
        }

        return _last = new StoreAnswer(time.GetUtcNow().UtcDateTime, finding, head, room);
    }

    private HealthReport Report(StoreAnswer answer)
    {
        var (current, state, asOf) = (board.Current, board.State, board.AsOf);
        var age = asOf is { } at ? time.GetUtcNow().UtcDateTime - at : (TimeSpan?)null;
        return new HealthReport(answer.At, answer.Store, BoardFinding(state, age), DiskFinding(answer.Room), Later(answer.Head, current.Position), current.Position, age, state, answer.Room);
    }

    // The board may have read on since the store was asked; a log does not end before what was read of it.
    private static long? Later(long? head, long read) => head is { } known ? Math.Max(known, read) : null;

    private Finding BoardFinding(LiveState state, TimeSpan? age)
    {
        var seconds = (age?.TotalSeconds ?? 0).ToString("0", CultureInfo.InvariantCulture);
        return (state.Condition, age) switch
        {
            (_, null) => new Finding(CheckState.Failed, "BoardStarting", Detail: state.Reason),
            (LiveCondition.StoreAway, _) => new Finding(CheckState.Failed, "BoardStoreAway", [seconds], state.Reason),
            var (_, old) when old.Value.TotalSeconds >= options.TailerFailSeconds => new Finding(CheckState.Failed, "BoardBehind", [seconds], state.Reason),
            var (_, old) when old.Value.TotalSeconds >= options.TailerWarningSeconds => new Finding(CheckState.Warning, "BoardBehind", [seconds], state.Reason),
            _ => new Finding(CheckState.Ok, "BoardOk"),
        };
    }

    private Finding DiskFinding(StoreRoom? room)
    {
        if (room?.FreeBytes is not { } bytes)
        {
            return new Finding(CheckState.Ok, "DiskUnknown");
        }

        var free = bytes / (1024 * 1024);
        object[] arguments = [ByteSize.Of(bytes), room.Where, ByteSize.Of(options.DiskWarningMegabytes * 1024L * 1024), ByteSize.Of(options.DiskFailMegabytes * 1024L * 1024)];
        return free < options.DiskFailMegabytes ? new Finding(CheckState.Failed, "DiskFull", arguments)
            : free < options.DiskWarningMegabytes ? new Finding(CheckState.Warning, "DiskLow", arguments)
            : new Finding(CheckState.Ok, "DiskOk", arguments);
    }

    private sealed record StoreAnswer(DateTime At, Finding Store, long? Head, StoreRoom? Room);
}
