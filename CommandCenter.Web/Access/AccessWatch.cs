using CommandCenter.Data.Accounts;
using CommandCenter.Data.Storage;

namespace CommandCenter.Web.Access;

/// <summary>Notices within a second that an account, session, key or wall changed on any node, and writes down once a minute who was here.</summary>
internal sealed partial class AccessWatch(AccessDirectory directory, AccessVersion version, TimeProvider time, ILogger<AccessWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Write = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? seen = null;
        var written = time.GetTimestamp();
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var now = await version.ReadAsync(stoppingToken);
                // Also at the first look: whoever was let in before it may have been revoked since.
                if (seen != now)
                {
                    directory.Forget();
                }

                seen = now;
                if (time.GetElapsedTime(written) > Write)
                {
                    await directory.WriteDownAsync(stoppingToken);
                    written = time.GetTimestamp();
                }
            }
            catch (StoreUnavailableException e)
            {
                // Whoever is known stays known, and is read anew when the store is back.
                seen ??= -1;
                LogAway(e.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Debug, "Whom to let in can't be read anew: {Problem}")]
    private partial void LogAway(string problem);
}
