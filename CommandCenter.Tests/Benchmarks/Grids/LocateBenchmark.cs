using System.Diagnostics;
using CommandCenter.Data.Grids;

namespace CommandCenter.Tests.Benchmarks.Grids;

/// <summary>Points to grids, one thread, 127,533 grids. Target: 500,000 points a second.</summary>
public static class LocateBenchmark
{
    private const int Grids = 127_533;
    private const int Points = 1_000_000;
    private const int Runs = 7;

    public static Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var tiling = new Tiling(Grids);
        var index = AreaIndex.Build(tiling.Areas().Select((area, i) => area.ToRow(i + 1)), 1);
        var random = new Random(42);
        var extent = tiling.Extent;
        var points = Enumerable.Range(0, Points)
            .Select(_ => (Lon: extent.MinX + (random.NextDouble() * extent.Width), Lat: extent.MinY + (random.NextDouble() * extent.Height)))
            .ToArray();
        var rates = new List<double>();
        using var process = Process.GetCurrentProcess();
        var processor = TimeSpan.Zero;
        for (var run = 0; run <= Runs; run++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var found = 0;
            process.Refresh();
            var before = process.TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            foreach (var (lon, lat) in points)
            {
                found += index.Locate(lon, lat)?.Grid is null ? 0 : 1;
            }

            if (run > 0)
            {
                rates.Add(Points / clock.Elapsed.TotalSeconds);
                process.Refresh();
                processor += process.TotalProcessorTime - before;
            }
            else
            {
                output.WriteLine($"locate: {Grids:N0} grids, {Points:N0} random points, {100.0 * found / Points:0.0} % of them in a grid");
            }
        }

        rates.Sort();
        output.WriteLine($"locate: {rates[rates.Count / 2]:N0} points/s on one thread (median of {Runs}; {rates[0]:N0} … {rates[^1]:N0}); target 500,000/s");
        output.WriteLine($"locate: {Runs * (double)Points / processor.TotalSeconds:N0} points a second of processor time, which a busy machine changes less");
        return Task.CompletedTask;
    }
}
