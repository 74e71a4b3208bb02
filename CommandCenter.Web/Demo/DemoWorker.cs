using CommandCenter.Data.Storage;

namespace CommandCenter.Web.Demo;

/// <summary>Fills the store, then keeps the county alive until the program stops. Whatever goes wrong in it stays in it.</summary>
internal sealed class DemoWorker(DemoSeeder seeder, DemoStream stream, TimeProvider time, ILogger<DemoWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(20), Longest = TimeSpan.FromSeconds(1), AfterStumble = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The server is up before the county is drawn.
        await Task.Yield();
        var isDemoStore = true;
        if (!await PersistAsync(async () => isDemoStore = await seeder.RunAsync(stoppingToken), stoppingToken) || !isDemoStore)
        {
            return;
        }

        await PersistAsync(() => stream.LoadAsync(stoppingToken), stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = time.GetUtcNow().UtcDateTime;
            if (await PersistAsync(async () => next = await stream.AdvanceAsync(stoppingToken), stoppingToken))
            {
                await WaitAsync(Between(next - time.GetUtcNow().UtcDateTime), stoppingToken);
            }
        }
    }

    private static TimeSpan Between(TimeSpan wait) => wait < Shortest ? Shortest : wait > Longest ? Longest : wait;

    /// <returns>False when the program stops.</returns>
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
