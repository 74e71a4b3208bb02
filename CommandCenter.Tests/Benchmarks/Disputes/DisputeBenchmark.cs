using System.Diagnostics;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Storage;
using CommandCenter.Tests.Storage;

namespace CommandCenter.Tests.Benchmarks.Disputes;

/// <summary>
/// A register of 200,000 disputes of three years, every tenth open. The backlog view, as a page or wall asks for it again and again
/// while disputes change: target 100 ms. Beside it the first time after a start, lists, and the worst case, all of them open.
/// </summary>
public static class DisputeBenchmark
{
    private const int Disputes = 200_000, Days = 1_095, Towns = 24, Runs = 15, Piece = 2_000;

    public static async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        foreach (var openOf in new[] { 10, 1 })
        {
            await using var database = new SqliteDatabase();
            await database.CreateAsync();
            var store = await database.OpenStoreAsync();
            var clock = Stopwatch.StartNew();
            await FillAsync(database, store, openOf, cancellationToken);
            output.WriteLine($"{Disputes:N0} disputes, {(openOf == 1 ? "all" : $"1 of {openOf}")} open, registered with 2 parties each: {clock.Elapsed.TotalSeconds:0.0} s");
            using var counts = new DisputeCounts(store, TimeProvider.System);
            clock.Restart();
            var backlog = await counts.BacklogAsync(Sight.OfTheProgram, null, 30, cancellationToken);
            output.WriteLine($"  backlog, the first time after a start: {clock.Elapsed.TotalMilliseconds:0} ms ({backlog.Open:N0} open)");
            var (disputes, queries) = (new DisputeStore(store), new DisputeQueries(store));
            await MeasureAsync(output, "backlog, the county, after another change", () => counts.BacklogAsync(Sight.OfTheProgram, null, 30, cancellationToken), Change);
            await MeasureAsync(output, "backlog, a town", () => counts.BacklogAsync(Sight.OfTheProgram, "990101003", 30, cancellationToken), Change);
            await MeasureAsync(output, "rates of the year", () => counts.RatesAsync(Sight.OfTheProgram, null, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-364), DateOnly.FromDateTime(DateTime.UtcNow), cancellationToken), Change);
            await MeasureAsync(output, "list, the first 50 of a town that are open", () => queries.ListAsync(Sight.OfTheProgram, new DisputeFilter { Area = "990101003", Open = true }, cancellationToken), Change);

            Task Change(int run) => disputes.RateAsync(Sight.OfTheProgram, backlog.ByTown[run % backlog.ByTown.Count].OldestId, (DisputeRisk)(1 + (run % 4)), "量", "bench", cancellationToken);
        }
    }

    private static async Task MeasureAsync(TextWriter output, string what, Func<Task> ask, Func<int, Task> change)
    {
        var times = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            await change(run);
            var clock = Stopwatch.StartNew();
            await ask();
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine($"  {what}: median {times[Runs / 2]:0.0} ms, worst {times[^1]:0.0} ms (target 100 ms)");
    }

    // Registered as they always are; their ways are written straight into the rows, for a million moves would take the most of an hour.
    private static async Task FillAsync(SqliteDatabase database, Store store, int openOf, CancellationToken cancellationToken)
    {
        var (random, now) = (new Random(1), DateTime.UtcNow);
        var disputes = new DisputeStore(store);
        for (var done = 0; done < Disputes; done += Piece)
        {
            var at = now.AddDays(-Days + ((double)Days * done / Disputes));
            await disputes.RegisterAsync([.. Enumerable.Range(0, Piece).Select(_ => Draft(random, at))], "bench", cancellationToken);
        }

        await database.ExecuteAsync(
            """
            UPDATE dispute SET stage = 10 + 10 * (id % 4), accepted_at = CASE WHEN id % 4 > 0 THEN registered_at END, body_code = CASE WHEN id % 4 > 1 THEN 'tw-' || (id % 60) END;
            UPDATE dispute SET stage = 80, accepted_at = registered_at, body_code = 'tw-' || (id % 60), outcome = 1 + (id % 9 = 0), outcome_at = registered_at,
              closed_at = strftime('%Y-%m-%dT%H:%M:%fZ', registered_at, '+' || (id % 30) || ' days')
            WHERE @openOf > 1 AND id % @openOf <> 0
            """,
            new { openOf });
    }

    private static DisputeDraft Draft(Random random, DateTime at) => new("judicial", null, $"{random.Next(1, 19):00}", DisputeScale.Individual, DisputeOrigin.Application, "邻里噪声")
    {
        RegisteredAt = at,
        Area = $"990101{random.Next(1, Towns + 1):000}001001",
        Risk = (DisputeRisk)random.Next(1, 5),
        Parties = [new(PartyRole.Applicant, "李小明", "13812345678", null, null), new(PartyRole.Respondent, "王大力", null, null, null)],
    };
}
