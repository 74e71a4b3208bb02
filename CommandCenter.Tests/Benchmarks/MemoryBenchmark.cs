using System.Diagnostics;
using System.Globalization;

namespace CommandCenter.Tests.Benchmarks;

/// <summary>
/// The working set of the demonstration county over an hour, Minutes can be set with
/// COMMANDCENTER_BENCH_MINUTES.
/// </summary>
internal static class MemoryBenchmark
{
    public static async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var minutes = int.TryParse(Environment.GetEnvironmentVariable("COMMANDCENTER_BENCH_MINUTES"), CultureInfo.InvariantCulture, out var set) ? set : 60;
        await using var server = await ServerProcess.StartAsync(settings: "--Demo:Enabled=true");
        var clock = Stopwatch.StartNew();
        var readings = new List<double>();
        using var minute = new PeriodicTimer(TimeSpan.FromMinutes(1));
        while (readings.Count < minutes && await minute.WaitForNextTickAsync(cancellationToken))
        {
            readings.Add(server.WorkingSetBytes / 1048576.0);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalMinutes:F0} min: {readings[^1]:F0} MiB, {server.ProcessorTime.TotalSeconds:F0} s of processor time"));
        }

        var quarter = Math.Max(1, readings.Count / 4);
        var growth = readings.TakeLast(quarter).Average() - readings.Skip(quarter).Take(quarter).Average();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"working set at the end {readings[^1]:F0} MiB, most {readings.Max():F0} MiB; last quarter against second {growth:+0;-0} MiB; target ≤ 250 MiB, flat"));
    }
}
