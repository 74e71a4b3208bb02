using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using CommandCenter.Tests.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Tests.Benchmarks.Nodes;

/// <summary>The whole program, once or twice, as processes on one SQLite file.</summary>
internal static class TwoNodesBenchmark
{
    private const int PerSecond = 200, Runs = 3;
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(5), Measured = TimeSpan.FromSeconds(15);

    /// <summary>From the answer of one node, which follows the durable commit, to a client of the other node's live feed.</summary>
    public static async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await using var first = await ServerProcess.StartAsync();
        await using var second = await ServerProcess.StartAsync(first.Folder);
        for (var run = 1; run <= Runs; run++)
        {
            await using var atFirst = await HubListener.StartAsync(first.Address);
            await using var atSecond = await HubListener.StartAsync(second.Address);
            var answered = new ConcurrentDictionary<long, (bool ByFirst, long At)>();
            var sent = new List<Task>();
            var started = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(started) is var elapsed && elapsed < Warmup + Measured)
            {
                while (sent.Count < elapsed.TotalSeconds * PerSecond)
                {
                    sent.Add(SendAsync(sent.Count % 2 == 0 ? first : second, sent.Count % 2 == 0, sent.Count, answered, cancellationToken));
                }

                await Task.Delay(2, cancellationToken);
            }

            await Task.WhenAll(sent);
            var last = answered.Keys.Max();
            await Task.WhenAll(atFirst.HasAsync(last, TimeSpan.FromSeconds(30)), atSecond.HasAsync(last, TimeSpan.FromSeconds(30)));
            var from = started + (long)(Warmup.TotalSeconds * Stopwatch.Frequency);
            var late = answered.Where(a => a.Value.At >= from)
                .Select(a => Stopwatch.GetElapsedTime(a.Value.At, Math.Max(a.Value.At, (a.Value.ByFirst ? atSecond : atFirst).ReceivedAt[a.Key])).TotalMilliseconds)
                .Order().ToList();
            await output.WriteLineAsync(
                $"commit at one node to a client of the other, {PerSecond}/s, run {run}: p50 {late[late.Count / 2]:0} ms, "
                + $"p99 {late[(int)(late.Count * 0.99)]:0} ms, longest {late[^1]:0} ms ({late.Count:N0} reports; target p99 ≤ 500 ms)");
        }
    }

    /// <summary>What each of two nodes costs that have nothing to do, of one core.</summary>
    public static async Task RunIdleAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await using var first = await ServerProcess.StartAsync();
        await using var second = await ServerProcess.StartAsync(first.Folder);
        await Task.Delay(TimeSpan.FromSeconds(60), cancellationToken);
        for (var run = 1; run <= Runs; run++)
        {
            var (began, one, two) = (Stopwatch.GetTimestamp(), first.ProcessorTime, second.ProcessorTime);
            await Task.Delay(TimeSpan.FromSeconds(30), cancellationToken);
            var elapsed = Stopwatch.GetElapsedTime(began);
            await output.WriteLineAsync(
                $"two idle nodes, run {run}: {(first.ProcessorTime - one) / elapsed * 100:0.00} % and {(second.ProcessorTime - two) / elapsed * 100:0.00} % of a core (target each ≤ 1 %)");
        }
    }

    /// <summary>From the return of the log until the node is ready, and until it takes a report.</summary>
    public static async Task RunRecoveryAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync();
        for (var run = 1; run <= Runs; run++)
        {
            await OnStoreAsync(server, "ALTER TABLE event_log RENAME TO event_log_away");
            await Task.Delay(TimeSpan.FromSeconds(10), cancellationToken);
            await OnStoreAsync(server, "ALTER TABLE event_log_away RENAME TO event_log");
            var back = Stopwatch.StartNew();
            while (!await TakesAsync(server, run, cancellationToken))
            {
                await Task.Delay(20, cancellationToken);
            }

            var takes = back.Elapsed.TotalSeconds;
            await server.WaitUntilReadyAsync(TimeSpan.FromSeconds(60));
            await output.WriteLineAsync($"database back after 10 s, run {run}: takes reports after {takes:0.00} s, ready after {back.Elapsed.TotalSeconds:0.00} s (target ≤ 5 s)");
        }
    }

    private static async Task SendAsync(
        ServerProcess node, bool isFirst, int i, ConcurrentDictionary<long, (bool ByFirst, long At)> answered, CancellationToken cancellationToken)
    {
        using var content = Report(i);
        using var answer = await node.Http.PostAsync(new Uri("/api/v1/incidents", UriKind.Relative), content, cancellationToken);
        var at = Stopwatch.GetTimestamp();
        answer.EnsureSuccessStatusCode();
        answered[long.Parse(answer.Headers.Location!.OriginalString.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture)] = (isFirst, at);
    }

    private static async Task<bool> TakesAsync(ServerProcess server, int i, CancellationToken cancellationToken)
    {
        using var content = Report(i);
        using var answer = await server.Http.PostAsync(new Uri("/api/v1/incidents", UriKind.Relative), content, cancellationToken);
        return answer.StatusCode == HttpStatusCode.Created;
    }

    private static ByteArrayContent Report(int i)
    {
        var content = new ByteArrayContent(SampleReport.Utf8(i));
        content.Headers.ContentType = new("application/json");
        return content;
    }

    private static async Task OnStoreAsync(ServerProcess server, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(server.Folder, "commandcenter.db")};Pooling=False;Default Timeout=10");
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql);
    }
}
