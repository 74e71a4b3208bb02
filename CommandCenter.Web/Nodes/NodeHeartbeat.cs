using CommandCenter.Data.Nodes;
using CommandCenter.Web.Live;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CommandCenter.Web.Nodes;

/// <summary>Says every few seconds that this node lives and how far it has read; takes leave when it stops.</summary>
internal sealed partial class NodeHeartbeat(
    NodeStore nodes, NodeIdentity node, LiveBoardHost board, IServer server, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<NodeHeartbeat> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5), Farewell = TimeSpan.FromSeconds(2);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await nodes.LeftAsync(node, cancellationToken).WaitAsync(Farewell, time, cancellationToken);
        }
#pragma warning disable CA1031 // Whatever keeps it from taking leave, it stops all the same.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNotSaid(e);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // It has an address only once it listens.
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var started = lifetime.ApplicationStarted.Register(listening.SetResult);
        await listening.Task.WaitAsync(stoppingToken);
        var address = string.Join(' ', server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        using var timer = new PeriodicTimer(Beat, time);
        do
        {
            try
            {
                await nodes.SeenAsync(node, address, board.Current.Position, stoppingToken);
            }
#pragma warning disable CA1031 // An unhandled exception here would stop the host, and what is wrong is told by the store and by readiness already.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogNotSaid(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Debug, "The state of this node could not be written down; it is listed as silent meanwhile")]
    private partial void LogNotSaid(Exception exception);
}
