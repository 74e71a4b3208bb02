using System.Diagnostics;
using CommandCenter.Data.Live;
using CommandCenter.Tests.Live;

namespace CommandCenter.Tests.Benchmarks.Live;

/// <summary>How fast a board is folded, loaded and read.</summary>
public static class LiveBoardBenchmark
{
    private const int Runs = 5;

    public static async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        Fold(output);
        await LoadAsync(output, "5 % open", 0.05, cancellationToken);
        await LoadAsync(output, "all open", 1, cancellationToken);
    }

    private static void Fold(TextWriter output)
    {
        const int Events = 300_000;
        var log = BenchmarkCounty.Log(Events);
        foreach (var page in (int[])[1, 30, 5_000])
        {
            var count = page == 1 ? Events / 5 : Events;
            var speeds = Enumerable.Range(0, Runs).Select(_ =>
            {
                var board = LiveBoard.Empty;
                var started = Stopwatch.GetTimestamp();
                for (var at = 0; at < count; at += page)
                {
                    board = LiveBoard.Apply(board, log.GetRange(at, Math.Min(page, count - at)));
                }

                return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
            });
            output.WriteLine($"fold, batches of {page}: {Median(speeds):N0} events/s");
        }
    }

    private static async Task LoadAsync(TextWriter output, string mix, double openShare, CancellationToken cancellationToken)
    {
        const int Incidents = 200_000;
        using var store = await LiveStore.CreateAsync();
        await BenchmarkCounty.FillAsync(store.Store, Incidents, openShare, cancellationToken);
        var times = new List<double>();
        var cpu = new List<double>();
        var board = LiveBoard.Empty;
        for (var run = 0; run < Runs; run++)
        {
            using var fresh = store.OpenAgain();
            var cpuBefore = Environment.CpuUsage.TotalTime;
            var started = Stopwatch.GetTimestamp();
            board = await fresh.Loader.LoadAsync(cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            cpu.Add((Environment.CpuUsage.TotalTime - cpuBefore).TotalMilliseconds);
        }

        output.WriteLine($"load, {Incidents:N0} incidents, {mix}: {Median(times):N0} ms, {Median(cpu):N0} ms of processor time (first {times[0]:N0} ms, {cpu[0]:N0} ms)");
        var now = DateTime.UtcNow;
        foreach (var area in (string[])["", "990101100", "990101100200", BenchmarkCounty.Grids[0]])
        {
            var reads = Enumerable.Range(0, 200).Select(i =>
            {
                var started = Stopwatch.GetTimestamp();
                board.Overview(area, now.AddSeconds(i));
                return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            });
            output.WriteLine($"read the figures of area '{area}', {mix}: {Median(reads):0.000} ms");
        }

        var cpuBeforeRead = Environment.CpuUsage.TotalTime;
        var read = Stopwatch.GetTimestamp();
        var position = 0L;
        var folded = LiveBoard.Empty;
        while (await store.Log.ReadAfterAsync(position, 5_000, cancellationToken) is { Count: > 0 } page)
        {
            folded = LiveBoard.Apply(folded, page);
            position = folded.Position;
        }

        var elapsed = Stopwatch.GetElapsedTime(read);
        output.WriteLine(
            $"read the log and fold it, {mix}: {position / elapsed.TotalSeconds:N0} events/s, "
            + $"{(Environment.CpuUsage.TotalTime - cpuBeforeRead).TotalMicroseconds / position:0.0} µs of processor time an event; equal to the loaded board: {folded.Same(board)}");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
