using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Tests.Browser;
using CommandCenter.Web.Demo;

namespace CommandCenter.Tests.Benchmarks;

/// <summary>
/// From a report's commit until a wall in a real Chromium, rendering in software, has painted a frame of its stream that stands
/// at or after it; and the same for the pins of its map.
/// </summary>
internal static class PaintBenchmark
{
    private const int PerSecond = 50;
    private const int Seconds = 40;
    private const int Rounds = 3;

    // Two animation frames later the change is on the screen, not only in the document.
    private const string Watch =
        """
        window.painted = { 'cc-stream': [], 'cc-map': [] };
        new MutationObserver(changes => {
          for (const { target } of changes) {
            const kind = target.localName, position = Number(target.dataset.position);
            if (window.painted[kind]) requestAnimationFrame(() => requestAnimationFrame(() => window.painted[kind].push([position, Date.now()])));
          }
        }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-position'] });
        """;

    public static async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync();
        using var client = TestAccess.Client(server.Address);
        using (var areas = new StreamContent(DemoCounty.Instance.AreasGeoJson()))
        {
            areas.Headers.ContentType = new MediaTypeHeaderValue("application/geo+json");
            using var answer = await client.PutAsync(new Uri("/api/v1/areas", UriKind.Relative), areas, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }

        await using var chromium = new Chromium();
        await chromium.InitializeAsync();
        await using var page = await chromium.OpenAsync(server.Address);
        await page.Page.AddInitScriptAsync(Watch);
        await page.OpenWallAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var reports = await PostAsync(client, cancellationToken);
            await page.Page.WaitForFunctionAsync(
                "last => Object.values(window.painted).every(frames => frames.length > 0 && frames[frames.length - 1][0] >= last)", reports[^1].Id);
            using var painted = JsonDocument.Parse(await page.Page.EvaluateAsync<string>("JSON.stringify(window.painted)"));
            foreach (var element in painted.RootElement.EnumerateObject())
            {
                var frames = element.Value.EnumerateArray().Select(frame => (Position: frame[0].GetInt64(), At: frame[1].GetDouble())).ToList();
                var delays = reports
                    .Select(report => frames.First(frame => frame.Position >= report.Id).At - report.CommittedAt)
                    .Order().ToList();
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"commit → painted, {PerSecond}/s, {element.Name}: p50 {delays[delays.Count / 2]:F0} ms, p95 {delays[delays.Count * 95 / 100]:F0} ms, most {delays[^1]:F0} ms; target p95 ≤ 1,000 ms"));
            }
        }
    }

    private static async Task<List<(long Id, double CommittedAt)>> PostAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var reports = new List<(long, double)>();
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond));
        while (reports.Count < PerSecond * Seconds && await beat.WaitForNextTickAsync(cancellationToken))
        {
            using var content = new ByteArrayContent(SampleReport.Utf8(reports.Count));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await client.PostAsync(new Uri("/api/v1/incidents", UriKind.Relative), content, cancellationToken);
            var receipt = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);

            // Taken in, a moment before its commit: what is measured is a little too long, never too short. The id is its position.
            reports.Add((receipt.GetProperty("id").GetInt64(), (receipt.GetProperty("receivedAt").GetDateTime() - DateTime.UnixEpoch).TotalMilliseconds));
        }

        return reports;
    }
}
