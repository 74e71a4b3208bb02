using CommandCenter.Data.Storage;

namespace CommandCenter.Web.Hosting;

/// <summary>
/// Brings the database to this program's schema before it serves. A store that is merely away at the start (the machine boots,
/// the server is being patched) is waited for: the program lives, answers 503 and says why, and opens by itself. What waiting
/// does not mend (a wrong password, a missing right, another schema, damage) ends the program, then as later.
/// </summary>
internal sealed partial class StoreOpening(
    Schema schema, Store store, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<StoreOpening> logger) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    /// <summary>It met what waiting does not mend.</summary>
    public bool Failed { get; private set; }

    /// <summary>Opens the store, or holds everybody back from it while it is away.</summary>
    /// <returns>False when the program must end; the reason is on standard error.</returns>
    public async Task<bool> TryOpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await schema.MigrateAsync(cancellationToken);
            store.Open();
        }
        catch (StoreUnavailableException e) when (e.MayPass)
        {
            if (!string.Equals(store.HeldBack?.Message, e.Message, StringComparison.Ordinal))
            {
                LogWaiting(e, e.Fault, e.Message);
            }

            store.HoldBack(e);
        }
        catch (StoreUnavailableException e)
        {
            Failed = true;
            await Console.Error.WriteLineAsync($"CommandCenter can't start: {e.Message}");
        }

        return !Failed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var since = time.GetTimestamp();
        var waited = store.HeldBack is not null;
        while (store.HeldBack is not null && !stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Between, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested && !await TryOpenAsync(stoppingToken))
            {
                lifetime.StopApplication();
                return;
            }
        }

        if (waited && !stoppingToken.IsCancellationRequested)
        {
            LogOpened(time.GetElapsedTime(since).TotalSeconds);
        }
    }

    [LoggerMessage(LogLevel.Error, "The store can't be opened yet ({Fault}); the program waits for it and answers 503 meanwhile. {Reason}")]
    private partial void LogWaiting(Exception exception, StoreFault fault, string reason);

    [LoggerMessage(LogLevel.Information, "The store is open, {Seconds:0.0} s after the start")]
    private partial void LogOpened(double seconds);
}
