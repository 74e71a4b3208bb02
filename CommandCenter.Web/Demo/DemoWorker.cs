using CommandCenter.Data.Storage;
using CommandCenter.Web.Nodes;

namespace CommandCenter.Web.Demo;

/// <summary>
/// Fills the store, then keeps the county alive until the program stops; of several nodes one does. Whatever goes wrong in it
/// stays in it.
/// </summary>
internal sealed class DemoWorker(DemoSeeder seeder, DemoStream stream, DemoStatistics statistics, DemoDisputes disputes, LeaseKeeper keeper, TimeProvider time, ILogger<DemoWorker> logger)
    : LeasedWork(keeper)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(20), Longest = TimeSpan.FromSeconds(1), AfterStumble = TimeSpan.FromSeconds(5), LongestOfDays = TimeSpan.FromMinutes(10);

    public override string Name => "demo";

    /// <summary>A store with other data is looked at again, in case it was emptied.</summary>
    public override TimeSpan Every => TimeSpan.FromDays(1);

    public override async Task RunAsync(CancellationToken leaseLost)
    {
        var isDemoStore = true;
        if (!await PersistAsync(async () => isDemoStore = await seeder.RunAsync(leaseLost), leaseLost) || !isDemoStore)
        {
            return;
        }

        // Each at its own pace, so that figures of years keep no report waiting.
        await Task.WhenAll(
            KeepAsync(() => stream.LoadAsync(leaseLost), () => stream.AdvanceAsync(leaseLost), Longest, leaseLost),
            KeepAsync(() => Task.CompletedTask, () => statistics.AdvanceAsync(leaseLost), LongestOfDays, leaseLost),
            KeepAsync(() => disputes.LoadAsync(leaseLost), () => disputes.AdvanceAsync(leaseLost), Longest, leaseLost));
    }

    private async Task KeepAsync(Func<Task> begin, Func<Task<DateTime>> advance, TimeSpan longest, CancellationToken leaseLost)
    {
        await PersistAsync(begin, leaseLost);
        while (!leaseLost.IsCancellationRequested)
        {
            var next = time.GetUtcNow().UtcDateTime;
            if (await PersistAsync(async () => next = await advance(), leaseLost))
            {
                var wait = next - time.GetUtcNow().UtcDateTime;
                await WaitAsync(wait < Shortest ? Shortest : wait > longest ? longest : wait, leaseLost);
            }
        }
    }

    /// <returns>False when the program stops or another node took over.</returns>
    private async Task<bool> PersistAsync(Func<Task> work, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await work();
                return true;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return false;
            }
            catch (StoreUnavailableException e)
            {
                DemoLog.StoreAway(logger, e.RetryAfter, e);
                await WaitAsync(e.RetryAfter, stoppingToken);
            }
#pragma warning disable CA1031 // An unhandled exception here would stop the host, and a demonstration must not take the centre down with it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                DemoLog.Stumbled(logger, AfterStumble, e);
                await WaitAsync(AfterStumble, stoppingToken);
            }
        }

        return false;
    }

    private Task WaitAsync(TimeSpan wait, CancellationToken stoppingToken) =>
        Task.Delay(wait, time, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
