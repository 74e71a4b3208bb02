using System.Collections.Concurrent;
using System.Diagnostics;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using CommandCenter.Tests.Live;
using CommandCenter.Web.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Tests.Benchmarks.Live;

/// <summary>
/// From the completion of a durable commit to the hub's client on the same node: tailer, board, feed, SignalR over Kestrel, and
/// the clients' own reading, all on this machine.
/// </summary>
public static class LiveLatencyBenchmark
{
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(12);

    public static async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        foreach (var (perSecond, clients) in ((int, int)[])[(50, 1), (500, 50)])
        {
            for (var run = 1; run <= 3; run++)
            {
                var latencies = await MeasureAsync(perSecond, clients, cancellationToken);
                await output.WriteLineAsync(
                    $"commit to hub client, {perSecond}/s, {clients} clients, run {run}: p50 {At(latencies, 0.5):0.0} ms, p95 {At(latencies, 0.95):0.0} ms, "
                    + $"p99 {At(latencies, 0.99):0.0} ms, longest {latencies[^1]:0.0} ms ({latencies.Count:N0} deliveries; target p50 {(clients == 1 ? 15 : 50)} ms, p99 {(clients == 1 ? 60 : 200)} ms)");
            }
        }
    }

    /// <summary>What a node costs that has nothing to do: tailer, feed and figures, of one core.</summary>
    public static async Task RunIdleAsync(TextWriter output, CancellationToken cancellationToken)
    {
        using var files = await LiveStore.CreateAsync();
        await BenchmarkCounty.FillAsync(files.Store, 5_000, 0.2, cancellationToken);
        await using var app = await StartAsync(files.Options, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(30), cancellationToken);
        for (var run = 1; run <= 3; run++)
        {
            var before = Environment.CpuUsage.TotalTime;
            var started = Stopwatch.GetTimestamp();
            await Task.Delay(TimeSpan.FromSeconds(10), cancellationToken);
            var share = (Environment.CpuUsage.TotalTime - before) / Stopwatch.GetElapsedTime(started);
            await output.WriteLineAsync($"idle node, run {run}: {share * 100:0.00} % of a core (target at most 1 %)");
        }
    }

    private static async Task<List<double>> MeasureAsync(int perSecond, int clients, CancellationToken cancellationToken)
    {
        using var files = await LiveStore.CreateAsync();
        await BenchmarkCounty.FillAsync(files.Store, 5_000, 0.2, cancellationToken);
        await using var app = await StartAsync(files.Options, cancellationToken);
        var incidents = new IncidentStore(app.Services.GetRequiredService<Store>());
        var committed = new ConcurrentDictionary<long, long>();
        var received = new ConcurrentBag<(long Position, long At)>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = new List<Task>();
        for (var i = 0; i < clients; i++)
        {
            reading.Add(await ReadAsync(app, received, stop.Token));
        }

        var random = new Random(1);
        var started = Stopwatch.GetTimestamp();
        var sent = new List<Task>();
        long measuredFrom = 0;
        while (Stopwatch.GetElapsedTime(started) is var elapsed && elapsed < Warmup + Measured)
        {
            if (measuredFrom == 0 && elapsed >= Warmup)
            {
                measuredFrom = Stopwatch.GetTimestamp();
            }

            while (sent.Count < elapsed.TotalSeconds * perSecond)
            {
                sent.Add(CommitAsync(incidents, BenchmarkCounty.Report(random), committed, cancellationToken));
            }

            await Task.Delay(2, cancellationToken);
        }

        await Task.WhenAll(sent);
        await Task.Delay(500, cancellationToken);
        await stop.CancelAsync();
        await Task.WhenAll(reading);
        return [.. received
            .Where(r => committed.TryGetValue(r.Position, out var at) && at >= measuredFrom)
            .Select(r => Stopwatch.GetElapsedTime(committed[r.Position], r.At).TotalMilliseconds)
            .Order()];
    }

    private static async Task CommitAsync(
        IncidentStore incidents, IncidentReport report, ConcurrentDictionary<long, long> committed, CancellationToken cancellationToken)
    {
        var taken = await incidents.TakeInAsync([report], cancellationToken);
        committed[taken[0].Id] = Stopwatch.GetTimestamp();
    }

    private static async Task<WebApplication> StartAsync(StorageOptions options, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddStorage(options).AddSingleton(new LiveAreas(() => AreaIndex.Empty)).AddLive();
        builder.Services.LetEverybodyIn();
        var app = builder.Build();
        app.LetEverybodyIn();
        app.MapLive();
        await app.StartAsync(cancellationToken);
        return app;
    }

    /// <summary>Connects and subscribes; the task returned within reads until it is told to stop.</summary>
    private static async Task<Task> ReadAsync(WebApplication app, ConcurrentBag<(long Position, long At)> received, CancellationToken stop)
    {
        var connection = new HubConnectionBuilder().WithUrl(new Uri(new Uri(app.Urls.First()), "/hubs/live")).Build();
        await connection.StartAsync(stop);
        var subscribed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = Task.Run(
            async () =>
            {
                try
                {
                    await foreach (var message in connection.StreamAsync<Message>("Subscribe", new SubscribeRequest(null, null), stop))
                    {
                        var now = Stopwatch.GetTimestamp();
                        subscribed.TrySetResult();
                        foreach (var entry in message.Entries ?? [])
                        {
                            received.Add((entry.Position, now));
                        }
                    }
                }
                catch (OperationCanceledException)
                {
                    await connection.DisposeAsync();
                }
            },
            CancellationToken.None);
        await subscribed.Task;
        return reading;
    }

    private static double At(List<double> sorted, double share) => sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];

    private sealed record Message(string Type, long Position, Entry[]? Entries);

    private sealed record Entry(long Position);
}
