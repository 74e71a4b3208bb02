using CommandCenter.Data.Events;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Storage;

namespace CommandCenter.Web.Grids;

/// <summary>
/// Loads the areas before the first request is served, then looks for new ones: uploads of other nodes, and sets whose first
/// day has come. An upload of this node shows at once, without waiting for this.
/// </summary>
internal sealed partial class AreaRefresh(AreaDirectory directory, EventLog log, TimeProvider time, ILogger<AreaRefresh> logger) : BackgroundService
{
    // Each upload is in the log, so while that stands still there is nothing to look for, but for the change of day.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500), InAnyCase = TimeSpan.FromSeconds(10);

    private readonly LogWatch _watch = log.Watch();
    private long? _lookedAtVersion;
    private long _lookedAt;
    private bool _isAway;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _watch.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RefreshAsync(stoppingToken);
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            var started = time.GetTimestamp();
            var version = await _watch.VersionAsync(cancellationToken);
            if (version == _lookedAtVersion && time.GetElapsedTime(_lookedAt) < InAnyCase)
            {
                return;
            }

            if (await directory.RefreshAsync(cancellationToken))
            {
                LogLoaded(directory.Current.Count, directory.Current.Version, (long)time.GetElapsedTime(started).TotalMilliseconds);
            }

            (_lookedAtVersion, _lookedAt, _isAway) = (version, started, false);
        }
        catch (StoreUnavailableException e)
        {
            // Said once: the store's own state is told elsewhere, and what was loaded goes on serving.
            if (!_isAway)
            {
                LogAway(e, e.Fault);
            }

            (_lookedAtVersion, _isAway) = (null, true);
            _watch.Close();
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} areas loaded, boundary version {Version}, in {Milliseconds} ms")]
    private partial void LogLoaded(int count, long version, long milliseconds);

    [LoggerMessage(LogLevel.Warning, "The areas can't be read from the store ({Fault}); those already loaded go on serving")]
    private partial void LogAway(Exception exception, StoreFault fault);
}
