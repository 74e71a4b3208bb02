using CommandCenter.Data.Events;
using CommandCenter.Data.Live;

namespace CommandCenter.Web.Live;

/// <summary>
/// Keeps the node's board at the head of the log: loads it once, then reads what follows its position. The doorbell only saves
/// waiting; what other nodes wrote is found by the poll. When the store is away it says so and goes on where it stood; when the
/// log does not go on where the board stands, it says so and loads the board anew.
/// </summary>
public sealed partial class LiveTailer(
    EventLog log, BoardLoader loader, LiveBoardHost host, LivePace pace, TimeProvider time, ILogger<LiveTailer> logger) : BackgroundService
{
    // How often an idle tailer makes sure that the log has not become shorter under it (a backup was put back).
    private static readonly TimeSpan HeadCheck = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);

    private readonly LogWatch _watch = log.Watch();
    private LiveBoard? _board;
    private long? _readVersion;
    private bool _checkHead;
    private long _headCheckedAt;

    public override void Dispose()
    {
        _watch.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var retry = FirstRetry;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await StepAsync(stoppingToken);
                retry = FirstRetry;
                continue;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (BoardMismatchException e)
            {
                LogMismatch(e);
                _board = null;
                Unwatch();
                host.Publish(host.Current, LiveCondition.Behind, e.Message);
            }
#pragma warning disable CA1031 // Whatever keeps the log from being read, the walls must say so and come back by themselves.
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (host.State.Condition != LiveCondition.StoreAway)
                {
                    LogStoreAway(e);
                }

                _checkHead = true;
                Unwatch();
                host.Publish(host.Current, LiveCondition.StoreAway, e.Message);
            }

            await Task.Delay(retry, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            retry = retry * 2 < pace.LongestRetry ? retry * 2 : pace.LongestRetry;
        }
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        var askedAt = time.GetUtcNow().UtcDateTime;
        if (_board is null)
        {
            var started = time.GetTimestamp();
            _board = await loader.LoadAsync(cancellationToken);
            LogLoaded(_board.OpenCount, _board.Position, time.GetElapsedTime(started).TotalMilliseconds);
            host.UpToDate(_board, askedAt);
        }

        await CheckHeadAsync(_board, cancellationToken);
        var version = await _watch.VersionAsync(cancellationToken);
        if (version == _readVersion)
        {
            // Nothing was committed since the version before the last reading, which read all there was.
            host.UpToDate(_board, askedAt);
            await log.Doorbell.WaitBeyondAsync(_board.Position, pace.Poll, cancellationToken);
            return;
        }

        var events = await log.ReadAfterAsync(_board.Position, pace.Page, cancellationToken);
        _board = LiveBoard.Apply(_board, events);
        if (events.Count < pace.Page)
        {
            _readVersion = version;
            NoteBack();
            host.UpToDate(_board, askedAt);
            if (events.Count > 0)
            {
                await Task.Delay(pace.Breath, time, cancellationToken);
            }

            await log.Doorbell.WaitBeyondAsync(_board.Position, pace.Poll, cancellationToken);
        }
        else
        {
            var behind = host.State.Condition != LiveCondition.Live || askedAt - events[^1].RecordedAt > pace.BehindAfter;
            host.Publish(_board, behind ? LiveCondition.Behind : LiveCondition.Live, behind ? "The log holds more than has been read." : null);
        }
    }

    private async Task CheckHeadAsync(LiveBoard board, CancellationToken cancellationToken)
    {
        if (!_checkHead && time.GetElapsedTime(_headCheckedAt) < HeadCheck)
        {
            return;
        }

        var head = await log.HeadAsync(cancellationToken);
        _headCheckedAt = time.GetTimestamp();
        _checkHead = false;
        if (head != board.Position)
        {
            // As a rule just news. But a watch on a file that was put aside would tell of none, ever.
            Unwatch();
        }

        if (head < board.Position)
        {
            throw new BoardMismatchException($"The log ends at position {head}, before the board's {board.Position}: another database, or a backup, took its place.");
        }
    }

    private void Unwatch()
    {
        _readVersion = null;
        _watch.Close();
    }

    private void NoteBack()
    {
        if (host.State is { Condition: LiveCondition.StoreAway } away)
        {
            LogStoreBack((time.GetUtcNow().UtcDateTime - away.Since).TotalSeconds);
        }
    }

    [LoggerMessage(LogLevel.Information, "The live board is loaded: {Open} open incidents at position {Position}, in {Milliseconds:0} ms")]
    private partial void LogLoaded(int open, long position, double milliseconds);

    [LoggerMessage(LogLevel.Critical, "The event log and the live board do not fit together; the board is loaded anew")]
    private partial void LogMismatch(Exception exception);

    [LoggerMessage(LogLevel.Error, "The event log can't be read; the board shows what it knew last, and reading is tried again until it succeeds")]
    private partial void LogStoreAway(Exception exception);

    [LoggerMessage(LogLevel.Information, "The event log can be read again after {Seconds:0.0} s")]
    private partial void LogStoreBack(double seconds);
}
