using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using CommandCenter.Tests.Benchmarks.Grids;
using CommandCenter.Web.Demo;

namespace CommandCenter.Tests.Benchmarks;

/// <summary>From the start of the process until it answers that it is ready: store opened, areas indexed, board loaded.</summary>
internal static class StartupBenchmark
{
    private const int Runs = 5;

    public static async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await MeasureAsync(
            output,
            "131 grids and 200,000 incidents",
            target: 2,
            async client =>
            {
                await PutAreasAsync(client, DemoCounty.Instance.AreasGeoJson(), cancellationToken);
                for (var batch = 0; batch < 20; batch++)
                {
                    await PostBatchAsync(client, batch, cancellationToken);
                }
            });
        await MeasureAsync(
            output,
            "127,533 grids",
            target: 8,
            client => PutAreasAsync(client, new MemoryStream(GeoJsonFile.Of(new Tiling(127_533).Areas())), cancellationToken));
    }

    private static async Task MeasureAsync(TextWriter output, string what, double target, Func<HttpClient, Task> fill)
    {
        string folder;
        await using (var server = await ServerProcess.StartAsync())
        {
            folder = server.Folder;
            using var client = TestAccess.Client(server.Address);
            client.Timeout = TimeSpan.FromMinutes(5);
            await fill(client);
        }

        var seconds = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            var clock = Stopwatch.StartNew();
            await using var server = await ServerProcess.StartAsync(folder);
            seconds.Add(clock.Elapsed.TotalSeconds);
        }

        seconds.Sort();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"start until ready, {what}: median {seconds[Runs / 2]:F2} s (min {seconds[0]:F2}, max {seconds[^1]:F2}); target ≤ {target:F0} s"));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task PutAreasAsync(HttpClient client, Stream areas, CancellationToken cancellationToken)
    {
        using var content = new StreamContent(areas);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/geo+json");
        using var answer = await client.PutAsync(new Uri("/api/v1/areas", UriKind.Relative), content, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task PostBatchAsync(HttpClient client, int batch, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        for (var i = 0; i < 10_000; i++)
        {
            body.Write(SampleReport.Utf8(i, $"{batch}-{i}"));
            body.WriteByte((byte)'\n');
        }

        using var content = new ByteArrayContent(body.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var answer = await client.PostAsync(new Uri("/api/v1/incidents/batch", UriKind.Relative), content, cancellationToken);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }
}
