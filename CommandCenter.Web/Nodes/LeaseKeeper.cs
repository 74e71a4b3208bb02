using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;

namespace CommandCenter.Web.Nodes;

/// <summary>Renews a lease while its work goes on, and stops the work in time when that does not succeed.</summary>
public sealed partial class LeaseKeeper(LeaseStore leases, NodeIdentity node, LeasePace pace, TimeProvider time, ILogger<LeaseKeeper> logger)
{
    internal LeaseStore Leases => leases;

    internal NodeIdentity Node => node;

    internal LeasePace Pace => pace;

    internal TimeProvider Time => time;

    internal ILogger Logger => logger;

    /// <summary>Renews until <paramref name="lost"/> is cancelled, or cancels it when the lease is lost or about to end.</summary>
    /// <param name="askedAt">Timestamp from before the lease was asked for.</param>
    internal async Task KeepAsync(Lease lease, long askedAt, CancellationTokenSource lost)
    {
        // A clock of its own, because a renewal may hang: the end comes without its help.
        using var deadline = new CancellationTokenSource(Remaining(askedAt), time);
        using var onDeadline = deadline.Token.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), lost);
        while (true)
        {
            await WaitAsync(pace.Renew, lost.Token);
            if (lost.IsCancellationRequested)
            {
                break;
            }

            var renewedAt = time.GetTimestamp();
            try
            {
                if (!await leases.RenewAsync(lease, lost.Token).WaitAsync(lost.Token))
                {
                    LogOvertaken(lease.Name, lease.Fence);
                    await lost.CancelAsync();
                    break;
                }

                deadline.CancelAfter(Remaining(renewedAt));
            }
            catch (OperationCanceledException) when (lost.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // Whatever it is, the lease lasts a while longer and renewing is tried again.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogNotRenewed(e, lease.Name);
            }
        }

        if (deadline.IsCancellationRequested)
        {
            LogGivenUp(lease.Name, lease.Fence);
        }
    }

    /// <summary>Gives a lease back. When that fails it ends by itself.</summary>
    internal async Task ReleaseAsync(Lease lease)
    {
        try
        {
            await leases.ReleaseAsync(lease, CancellationToken.None).WaitAsync(pace.Margin, time);
        }
        catch (Exception e) when (e is TimeoutException or StoreUnavailableException)
        {
            // A busy store, or none: where in the program it happened says nothing more.
            LogReleaseLate(lease.Name, e.Message);
        }
#pragma warning disable CA1031 // Whatever it is, the work has ended, and the lease ends by itself.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNotReleased(e, lease.Name);
        }
    }

    /// <summary>Waits, or until cancelled, without an exception either way.</summary>
    internal async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken) =>
        await Task.Delay(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private TimeSpan Remaining(long askedAt)
    {
        var left = pace.Length - pace.Margin - time.GetElapsedTime(askedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    [LoggerMessage(LogLevel.Warning, "Another node took over {Work} (from lease {Fence})")]
    private partial void LogOvertaken(string work, long fence);

    [LoggerMessage(LogLevel.Warning, "The lease of {Work} could not be renewed; it is tried again while the lease lasts")]
    private partial void LogNotRenewed(Exception exception, string work);

    [LoggerMessage(LogLevel.Warning, "{Work} is stopped: its lease {Fence} could not be renewed in time")]
    private partial void LogGivenUp(string work, long fence);

    [LoggerMessage(LogLevel.Warning, "The lease of {Work} was not given back in time and ends by itself: {Reason}")]
    private partial void LogReleaseLate(string work, string reason);

    [LoggerMessage(LogLevel.Warning, "The lease of {Work} could not be given back; it ends by itself")]
    private partial void LogNotReleased(Exception exception, string work);
}
