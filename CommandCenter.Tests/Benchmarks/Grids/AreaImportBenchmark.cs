using System.Diagnostics;
using CommandCenter.Data.Grids;
using CommandCenter.Tests.Grids;

namespace CommandCenter.Tests.Benchmarks.Grids;

/// <summary>
/// A file of 127,533 grids with the areas above them: read, checked, repaired, stored durably. Target: 12 s. And what the start of
/// the program waits for: reading them back and indexing them.
/// </summary>
public static class AreaImportBenchmark
{
    private const int Grids = 127_533;
    private const int Runs = 3;

    public static async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var file = GeoJsonFile.Of(new Tiling(Grids).Areas());
        output.WriteLine($"import: {Grids:N0} grids and the areas above them, {file.Length / 1e6:0.0} MB of GeoJSON");
        var empty = new List<double>();
        var again = new List<double>();
        var load = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            await using var world = await AreaWorld.CreateAsync();
            empty.Add(await ImportAsync(world, file, output, cancellationToken));
            again.Add(await ImportAsync(world, file, output, cancellationToken));
            var clock = Stopwatch.StartNew();
            var index = await world.Areas.ReadAsync(world.Directory.Today, cancellationToken);
            load.Add(clock.Elapsed.TotalSeconds);
            index.Of(AreaLevel.Grid).Count.ShouldBe(Grids);
        }

        output.WriteLine($"import: {Median(empty):0.00} s into an empty store (median of {Runs}); target 12 s");
        output.WriteLine($"import: {Median(again):0.00} s replacing every area of a full one");
        output.WriteLine($"load: {Median(load):0.00} s to read and index them at start; target 5 s");
    }

    private static async Task<double> ImportAsync(AreaWorld world, byte[] file, TextWriter output, CancellationToken cancellationToken)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var result = await world.Import.RunAsync(new MemoryStream(file), new AreaImportRequest(CoordinateSystem.Wgs84), cancellationToken);
        result.Report.Accepted.ShouldBeTrue();
        process.Refresh();
        await output.WriteLineAsync($"import: {clock.Elapsed.TotalSeconds:0.00} s, {(process.TotalProcessorTime - before).TotalSeconds:0.00} s of processor time");
        return clock.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
