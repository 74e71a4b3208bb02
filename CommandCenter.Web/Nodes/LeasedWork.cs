using CommandCenter.Data.Nodes;

namespace CommandCenter.Web.Nodes;

/// <summary>
/// Background work that one node at a time does. The node that took the lease keeps it while it lives; when it stops the lease
/// is given back, and when it dies another node takes it after <see cref="LeasePace.Length"/>.
/// </summary>
public abstract partial class LeasedWork(LeaseKeeper keeper) : BackgroundService
{
    /// <summary>Of the lease: the same on all nodes and in all versions. At most 100 characters.</summary>
    public abstract string Name { get; }

    /// <summary>From the end of one run to the beginning of the next. Work that goes on for ever is begun anew after this when it failed.</summary>
    public abstract TimeSpan Every { get; }

    /// <summary>
    /// The lease under which a run is under way. Give it to <see cref="LeaseStore.Require"/> in each transaction that must not
    /// be kept when another node has taken over.
    /// </summary>
    /// <exception cref="InvalidOperationException">No run is under way.</exception>
    protected Lease Held
    {
        get => field ?? throw new InvalidOperationException($"{Name} is not under way.");
        private set;
    }

    /// <summary>Does the work once.</summary>
    /// <param name="leaseLost">Cancelled before another node can take over, and when the program stops. Return soon after.</param>
    public abstract Task RunAsync(CancellationToken leaseLost);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var askedAt = keeper.Time.GetTimestamp();
            if (await TryTakeAsync(stoppingToken) is { } lease)
            {
                LogTaken(keeper.Logger, Name, lease.Fence);
                Held = lease;
                await HoldAsync(lease, askedAt, stoppingToken);
            }

            await WaitAsync(keeper.Pace.Ask, stoppingToken);
        }
    }

    private async Task<Lease?> TryTakeAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await keeper.Leases.TryTakeAsync(Name, keeper.Node.Id, keeper.Pace.Length, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // An unhandled exception here would stop the host. The tailer and readiness tell what is wrong; nobody else can take it either.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private async Task HoldAsync(Lease lease, long askedAt, CancellationToken stoppingToken)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var keeping = keeper.KeepAsync(lease, askedAt, lost);
        while (!lost.IsCancellationRequested)
        {
            var wait = await RunOnceAsync(lost) ? Every : keeper.Pace.AfterFailure < Every ? keeper.Pace.AfterFailure : Every;
            await WaitAsync(wait, lost.Token);
        }

        await lost.CancelAsync();
        await keeping;
        await keeper.ReleaseAsync(lease);
        LogEnded(keeper.Logger, Name, lease.Fence);
    }

    private async Task<bool> RunOnceAsync(CancellationTokenSource lost)
    {
        try
        {
            await RunAsync(lost.Token);
            return true;
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
        }
        catch (LeaseLostException)
        {
            await lost.CancelAsync();
        }
#pragma warning disable CA1031 // Work that fails once is tried again; it must not take the node down with it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(keeper.Logger, e, Name);
        }

        return false;
    }

    private Task WaitAsync(TimeSpan time, CancellationToken cancellationToken) =>
        keeper.WaitAsync(time, cancellationToken);

    [LoggerMessage(LogLevel.Information, "This node does {Work} from now on (lease {Fence})")]
    private static partial void LogTaken(ILogger logger, string work, long fence);

    [LoggerMessage(LogLevel.Information, "This node no longer does {Work} (lease {Fence})")]
    private static partial void LogEnded(ILogger logger, string work, long fence);

    [LoggerMessage(LogLevel.Error, "{Work} failed and is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception, string work);
}
