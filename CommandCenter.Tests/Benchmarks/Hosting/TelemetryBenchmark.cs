using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CommandCenter.Tests.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CommandCenter.Tests.Benchmarks.Hosting;

/// <summary>
/// What it costs to send metrics and traces: single reports and idling, with it off, with a collector that takes everything, one
/// that refuses connections and one that never answers. The programs run side by side and are loaded in turns.
/// </summary>
internal static class TelemetryBenchmark
{
    private const int Rounds = 7;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(4), Idle = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await using var collector = await OtlpReceiver.StartAsync(HttpProtocols.Http2);
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var off = await StartAsync("off", null);
        await using var taking = await StartAsync("a collector that takes everything", collector.Address);
        await using var refusing = await StartAsync("a collector that is away", new Uri("http://127.0.0.1:9"));
        await using var hanging = await StartAsync("a collector that never answers", new Uri($"http://{silent.LocalEndpoint}"));
        Variant[] all = [off, taking, refusing, hanging];
        for (var round = -1; round < Rounds; round++)
        {
            for (var i = 0; i < all.Length; i++)
            {
                await all[(i + round + 1) % all.Length].LoadAsync(isWarmup: round < 0, cancellationToken);
            }
        }

        await Task.Delay(Idle, cancellationToken);
        for (var round = 0; round < 3; round++)
        {
            var began = Stopwatch.GetTimestamp();
            var before = Array.ConvertAll(all, variant => variant.Server.ProcessorTime);
            await Task.Delay(Idle, cancellationToken);
            var elapsed = Stopwatch.GetElapsedTime(began);
            foreach (var (i, variant) in all.Index())
            {
                variant.Idle.Add((variant.Server.ProcessorTime - before[i]) / elapsed * 100);
            }
        }

        foreach (var variant in all)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{variant.Name}: median {Median(variant.Rates):N0} single reports/s (min {variant.Rates.Min():N0}, max {variant.Rates.Max():N0}), "
                + $"{Median(variant.Costs):N0} µs of processor a report; idle {Median(variant.Idle):0.00} % of a core; "
                + $"{variant.Server.Output.AsSpan().Count('\n') + 1 - variant.LinesAtStart} log lines since it was ready"));
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<Variant> StartAsync(string name, Uri? collector)
    {
        var server = await ServerProcess.StartAsync(null, null, collector is null ? [] : [$"--Telemetry:OtlpEndpoint={collector}"]);
        return new Variant(name, server);
    }

    private sealed class Variant(string name, ServerProcess server) : IAsyncDisposable
    {
        private readonly HttpClient _client = IntakeBenchmark.Client(server.Address);

        public string Name => name;

        public ServerProcess Server => server;

        public int LinesAtStart { get; } = server.Output.AsSpan().Count('\n') + 1;

        public List<double> Rates { get; } = [];

        /// <summary>Microseconds of all threads together.</summary>
        public List<double> Costs { get; } = [];

        /// <summary>Percent of a core.</summary>
        public List<double> Idle { get; } = [];

        public async Task LoadAsync(bool isWarmup, CancellationToken cancellationToken)
        {
            var (before, began) = (server.ProcessorTime, Stopwatch.GetTimestamp());
            var rate = await IntakeBenchmark.SingleAsync(_client, Turn, cancellationToken);
            if (!isWarmup)
            {
                Rates.Add(rate);
                Costs.Add((server.ProcessorTime - before).TotalMicroseconds / (rate * Stopwatch.GetElapsedTime(began).TotalSeconds));
            }
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await server.DisposeAsync();
        }
    }
}
