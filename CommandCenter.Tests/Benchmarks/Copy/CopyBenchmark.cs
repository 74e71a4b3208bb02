using System.Diagnostics;
using System.Globalization;
using CommandCenter.Data.Storage;
using CommandCenter.Data.Storage.Copy;
using CommandCenter.Tests.Commands;

namespace CommandCenter.Tests.Benchmarks.Copy;

/// <summary>A whole database into another file, with the comparison of every row at the end.</summary>
internal static class CopyBenchmark
{
    private const int Reports = 100_000;
    private const int Rounds = 3;

    public static async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await using var world = new VerbWorld();
        await world.FillAsync(Reports);
        var from = new StorageOptions { ConnectionString = $"Data Source={world.Database}" };
        var rates = new List<double>();
        var rows = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            var to = new StorageOptions { ConnectionString = $"Data Source={world.In($"copy{round}.db")}" };
            var done = await DatabaseCopy.RunAsync(from, to, allowGaps: false, TimeProvider.System, _ => { }, cancellationToken);
            rows = done.Tables.Sum(table => table.Rows);
            rates.Add(rows / clock.Elapsed.TotalSeconds);
        }

        rates.Sort();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"copy of {rows:N0} rows to SQLite, compared: median {rates[Rounds / 2]:N0} rows/s (min {rates[0]:N0}, max {rates[^1]:N0}); target ≥ 20,000 rows/s"));
    }
}
