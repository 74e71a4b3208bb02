using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace CommandCenter.Tests.Benchmarks;

/// <summary>Reports in over HTTP, into the program as its own process, from this one: every answer comes after the disk sync.</summary>
internal static class IntakeBenchmark
{
    private const int Clients = 32;
    private const int Rounds = 3;
    private static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(6);

    public static async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync();
        using var client = Client(server.Address);
        await SingleAsync(client, TimeSpan.FromSeconds(2), cancellationToken);
        var single = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            single.Add(await SingleAsync(client, RoundLength, cancellationToken));
        }

        await Report(output, $"durable single reports, {Clients} clients", single, 3_000, 5_000);
        var batch = new List<double>();
        var before = server.ProcessorTime;
        for (var round = 0; round < Rounds + 1; round++)
        {
            var rate = await BatchAsync(client, round, cancellationToken);
            if (round > 0)
            {
                batch.Add(rate);
            }
        }

        await Report(output, "batch intake, 10 batches of 10,000", batch, 20_000, 40_000);
        var each = (server.ProcessorTime - before).TotalMicroseconds / ((Rounds + 1) * 100_000);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"server processor time of a report in a batch: {each:F1} µs"));
        await output.WriteLineAsync($"server working set afterwards: {server.WorkingSetBytes >> 20} MiB");
    }

    public static HttpClient Client(Uri address) => TestAccess.Client(address, new SocketsHttpHandler { MaxConnectionsPerServer = Clients });

    private static Task Report(TextWriter output, string what, List<double> rates, double target, double aim)
    {
        rates.Sort();
        return output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: median {rates[rates.Count / 2]:N0}/s (min {rates[0]:N0}, max {rates[^1]:N0}); target ≥ {target:N0}/s, aim {aim:N0}/s"));
    }

    /// <returns>Reports a second.</returns>
    public static async Task<double> SingleAsync(HttpClient client, TimeSpan length, CancellationToken cancellationToken)
    {
        var done = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            while (clock.Elapsed < length)
            {
                using var content = new ByteArrayContent(SampleReport.Utf8(Interlocked.Increment(ref done)));
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using var answer = await client.PostAsync(new Uri("/api/v1/incidents", UriKind.Relative), content, cancellationToken);
                if (answer.StatusCode != HttpStatusCode.Created)
                {
                    throw new InvalidOperationException($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
                }
            }
        }));
        return done / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> BatchAsync(HttpClient client, int round, CancellationToken cancellationToken)
    {
        var bodies = Enumerable.Range(0, 10).Select(batch =>
        {
            using var body = new MemoryStream();
            for (var i = 0; i < 10_000; i++)
            {
                body.Write(SampleReport.Utf8(i, $"b{round}-{batch}-{i}"));
                body.WriteByte((byte)'\n');
            }

            return body.ToArray();
        }).ToList();
        var clock = Stopwatch.StartNew();
        foreach (var body in bodies)
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
            using var answer = await client.PostAsync(new Uri("/api/v1/incidents/batch", UriKind.Relative), content, cancellationToken);
            var lines = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(cancellationToken)).AsSpan().Count("\"created\"");
            if (lines != 10_000)
            {
                throw new InvalidOperationException($"Only {lines} of 10,000 were taken in.");
            }
        }

        return bodies.Count * 10_000 / clock.Elapsed.TotalSeconds;
    }
}

/// <summary>A report such as a grid worker sends: some 350 bytes of JSON.</summary>
internal static class SampleReport
{
    public static byte[] Utf8(int i, string? externalId = null)
    {
        var lon = (118.9 + (i % 1009 * 0.0004)).ToString("F6", CultureInfo.InvariantCulture);
        var lat = (29.1 + (i % 997 * 0.0004)).ToString("F6", CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes(
            $$"""{"source":"grid-worker",{{(externalId is null ? "" : $"\"externalId\":\"{externalId}\",")}}"category":"0402","urgency":"urgent","title":"居民反映楼道内电动车违规充电 {{i}}","description":"三单元一楼楼道，充电线从窗户拉出，现场有两辆。","lon":{{lon}},"lat":{{lat}},"address":"东园社区幸福路 12 号","occurredAt":"2026-11-20T08:30:00+08:00","reporter":{"name":"{{Name(i)}}","phone":"13{{(long)(uint)(i * 2654435761u + (externalId is null ? 0 : (uint)externalId.GetHashCode(StringComparison.Ordinal))) % 1000000000:D9}}"} }""");
    }

    // People as different as callers are: an index of them gets its rows in no order.
    private static string Name(int i) => string.Create(2, i, (name, n) => (name[0], name[1]) = ("王李张刘陈杨赵黄周吴"[n % 10], (char)('一' + (n * 7919 % 3000))));
}
