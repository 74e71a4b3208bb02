using System.Collections.Concurrent;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Storage;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.SignalR;

namespace CommandCenter.Web.Access;

/// <summary>
/// Cuts what stays open, hub connections and circuits, once whoever opened it is let in no more or stands differently: revoked,
/// expired, signed out, another area or role. Asked when something changed, and every second because time alone ends many.
/// </summary>
internal sealed partial class LastingConnections(AccessDirectory directory, TimeProvider time, ILogger<LastingConnections> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    // What is open, by how it is cut: the request of a socket, or a connection that is made of many requests.
    private readonly ConcurrentDictionary<object, (SubjectPrincipal Who, Action Cut)> _open = [];
    private readonly SemaphoreSlim _changed = new(0, 1);

    /// <summary>Carries a request out and watches it meanwhile.</summary>
    public async Task WatchAsync(HttpContext context, SubjectPrincipal principal, RequestDelegate next)
    {
        _open[context] = (principal, context.Abort);
        try
        {
            await next(context);
        }
        finally
        {
            _open.TryRemove(context, out _);
        }
    }

    /// <summary>Watches a connection until <see cref="Leave"/>.</summary>
    public void Watch(HubCallerContext connection, SubjectPrincipal principal) => _open[connection] = (principal, connection.Abort);

    /// <summary>It ended by itself.</summary>
    public void Leave(HubCallerContext connection) => _open.TryRemove(connection, out _);

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        directory.Changed += Ring;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                using var second = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                var rung = _changed.WaitAsync(second.Token);
                await Task.WhenAny(rung, Task.Delay(Every, time, second.Token));
                await second.CancelAsync();
                await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
        finally
        {
            directory.Changed -= Ring;
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        // Many connections of one wall or person are asked for once.
        foreach (var group in _open.Values.GroupBy(open => (open.Who.Credential, open.Who.Subject)))
        {
            try
            {
                var now = await directory.ResolveAsync(group.First().Who, cancellationToken);
                if (now is null || !now.Subject.StandsAs(group.Key.Subject))
                {
                    LogCut(group.Key.Subject.Label, group.Count());
                    foreach (var (_, cut) in group)
                    {
                        cut();
                    }
                }
            }
            catch (StoreUnavailableException)
            {
                // Nobody can say. Whoever was let in stays until the store is back.
            }
        }
    }

    private void Ring()
    {
        try
        {
            _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // It rings already.
        }
    }

    [LoggerMessage(LogLevel.Information, "{Subject} is let in no more, or differently: {Connections} open connections were cut")]
    private partial void LogCut(string subject, int connections);
}

/// <summary>Gives what may stay open into the care of <see cref="LastingConnections"/>.</summary>
internal sealed class LastingConnectionsMiddleware(RequestDelegate next, LastingConnections lasting)
{
    public Task InvokeAsync(HttpContext context) =>
        context.User is SubjectPrincipal principal
        && (context.Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal) || context.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal))
            ? lasting.WatchAsync(context, principal, next)
            : next(context);
}

/// <summary>
/// Gives connections that poll into the care of <see cref="LastingConnections"/>: each poll is a request of its own, and one that is
/// cut is followed by the next, while what was subscribed goes on.
/// </summary>
internal sealed class LastingPolls(LastingConnections lasting) : IHubFilter
{
    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (context.Context.User is SubjectPrincipal principal && context.Context.Features.Get<IHttpTransportFeature>()?.TransportType == HttpTransportType.LongPolling)
        {
            lasting.Watch(context.Context, principal);
        }

        return next(context);
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        lasting.Leave(context.Context);
        return next(context, exception);
    }
}
