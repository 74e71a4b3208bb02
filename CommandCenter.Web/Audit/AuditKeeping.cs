using CommandCenter.Data.Audit;
using CommandCenter.Data.Storage;

namespace CommandCenter.Web.Audit;

/// <summary>
/// Puts this node's start on record, writes counted refusals, and writes into the journal, where the database's administrators
/// can't reach, where the record ends: at the start, every hour and at the end.
/// </summary>
internal sealed partial class AuditKeeping(AuditLog log, SettingsRecord settings, TimeProvider time, ILogger<AuditKeeping> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10), BetweenAnchors = TimeSpan.FromHours(1), Farewell = TimeSpan.FromSeconds(2);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await log.WriteRefusalsAsync(all: true, cancellationToken).WaitAsync(Farewell, time, cancellationToken);
            await AnchorAsync(cancellationToken).WaitAsync(Farewell, time, cancellationToken);
        }
        catch (Exception e) when (e is StoreUnavailableException or TimeoutException or OperationCanceledException)
        {
            LogNoFarewell(e.Message);
        }
#pragma warning disable CA1031 // Whatever keeps it from writing, the program stops all the same.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNotWritten(e);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var (isStarted, isTold) = (false, false);
        DateTimeOffset? anchored = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!isStarted)
                {
                    isStarted = await settings.WriteAsync(stoppingToken);
                }

                await log.WriteRefusalsAsync(all: false, stoppingToken);
                if (anchored is not { } at || time.GetUtcNow() - at >= BetweenAnchors)
                {
                    await AnchorAsync(stoppingToken);
                    anchored = time.GetUtcNow();
                }

                isTold = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // It is tried again for as long as the program runs; what was counted is kept.
            catch (Exception e)
#pragma warning restore CA1031
            {
                // The store says by itself that it is away; anything else is told once.
                if (!isTold && e is not StoreUnavailableException)
                {
                    LogNotWritten(e);
                    isTold = true;
                }
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AnchorAsync(CancellationToken cancellationToken)
    {
        var head = await log.HeadAsync(cancellationToken);
        LogAnchor(head.Sequence, head.Hash);
    }

    [LoggerMessage(LogLevel.Information, "The audit log ends with row {Sequence}, hash {Hash}")]
    private partial void LogAnchor(long sequence, string hash);

    [LoggerMessage(LogLevel.Warning, "The store was away when the program stopped: where the audit log ends is not in the journal, and refusals that were only counted are lost ({Reason})")]
    private partial void LogNoFarewell(string reason);

    [LoggerMessage(LogLevel.Warning, "The audit log could not be written; it is tried again")]
    private partial void LogNotWritten(Exception exception);
}
