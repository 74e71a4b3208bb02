using CommandCenter.Tests.Benchmarks.Copy;
using CommandCenter.Tests.Benchmarks.Disputes;
using CommandCenter.Tests.Benchmarks.Grids;
using CommandCenter.Tests.Benchmarks.Hosting;
using CommandCenter.Tests.Benchmarks.Live;
using CommandCenter.Tests.Benchmarks.Nodes;
using CommandCenter.Tests.Benchmarks.PoliceStatistics;

namespace CommandCenter.Tests.Benchmarks;

/// <summary>
/// The benchmarks, by name: <c>dotnet run -c Release --project CommandCenter.Tests -- bench [name …]</c>. They print what they
/// measured beside the target; they are no tests, because a busy machine proves nothing. <c>memory</c> takes an hour and runs only
/// when it is named.
/// </summary>
internal static class BenchmarkList
{
    private static readonly SortedDictionary<string, Func<TextWriter, CancellationToken, Task>> All = new(StringComparer.Ordinal)
    {
        ["area-import"] = AreaImportBenchmark.RunAsync,
        ["copy"] = CopyBenchmark.RunAsync,
        ["disputes"] = DisputeBenchmark.RunAsync,
        ["intake"] = IntakeBenchmark.RunAsync,
        ["live-board"] = LiveBoardBenchmark.RunAsync,
        ["live-idle"] = LiveLatencyBenchmark.RunIdleAsync,
        ["live-latency"] = LiveLatencyBenchmark.RunAsync,
        ["locate"] = LocateBenchmark.RunAsync,
        ["memory"] = MemoryBenchmark.RunAsync,
        ["node-idle"] = TwoNodesBenchmark.RunIdleAsync,
        ["paint"] = PaintBenchmark.RunAsync,
        ["recovery"] = TwoNodesBenchmark.RunRecoveryAsync,
        ["startup"] = StartupBenchmark.RunAsync,
        ["statistics"] = StatisticBenchmark.RunAsync,
        ["telemetry"] = TelemetryBenchmark.RunAsync,
        ["two-nodes"] = TwoNodesBenchmark.RunAsync,
    };

    public static async Task<int> RunAsync(IReadOnlyList<string> names)
    {
        var unknown = names.Where(name => !All.ContainsKey(name)).ToList();
        if (unknown.Count > 0)
        {
            await Console.Error.WriteLineAsync($"No such benchmark: {string.Join(", ", unknown)}. There are: {string.Join(", ", All.Keys)}.");
            return 2;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) => (e.Cancel, _) = (true, stop.CancelAsync());
        foreach (var (name, run) in All.Where(benchmark => names.Count == 0 ? benchmark.Key != "memory" : names.Contains(benchmark.Key)))
        {
            await Console.Out.WriteLineAsync($"## {name}");
            await run(Console.Out, stop.Token);
            await Console.Out.WriteLineAsync();
        }

        return 0;
    }
}
