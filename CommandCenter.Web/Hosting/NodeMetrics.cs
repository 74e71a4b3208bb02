using System.Diagnostics.Metrics;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Live;

namespace CommandCenter.Web.Hosting;

/// <summary>What is read off this node whenever metrics are collected. Alive only where they are.</summary>
internal sealed class NodeMetrics : IHostedService, IDisposable
{
    private readonly Meter _meter = new(StoreMetrics.Name);

    public NodeMetrics(Store store, LiveBoardHost board, LiveFeed hub, OverviewFeed walls, CircuitCount circuits, TimeProvider time)
    {
        _meter.CreateObservableUpDownCounter("commandcenter.store.writes.waiting", () => store.WritesWaiting, "{work}", "Pieces of writing work that wait for their turn.");

        // What other nodes wrote is known by the time the board has it; until then the age of the board tells.
        _meter.CreateObservableGauge("commandcenter.tailer.lag", () => Math.Max(0, store.Doorbell.Position - board.Current.Position), "{event}", "Events this node has committed and its board has not taken in.");
        _meter.CreateObservableGauge("commandcenter.tailer.lag.duration", () => Age(board, time), "s", "Since when the board may lack something.");
        _meter.CreateObservableUpDownCounter("commandcenter.circuits", () => circuits.Connected, "{circuit}", "Pages with a live connection to this node.");
        _meter.CreateObservableUpDownCounter("commandcenter.walls", () => walls.SubscriberCount, "{wall}", "Walls among them.");
        _meter.CreateObservableUpDownCounter("commandcenter.hub.subscribers", () => hub.ClientCount, "{subscriber}", "Subscriptions of the live feed.");
    }

    public void Dispose() => _meter.Dispose();

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static IEnumerable<Measurement<double>> Age(LiveBoardHost board, TimeProvider time) =>
        board.AsOf is { } at ? [new Measurement<double>(Math.Max(0, (time.GetUtcNow().UtcDateTime - at).TotalSeconds))] : [];
}
