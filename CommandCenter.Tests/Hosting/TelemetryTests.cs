using System.Net;
using CommandCenter.Tests.Browser;
using CommandCenter.Tests.Incidents;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.SignalR.Client;

namespace CommandCenter.Tests.Hosting;

/// <summary>The program as its own process, sending to a collector over the wire.</summary>
[Collection(nameof(Chromium))]
public class TelemetryTests(Chromium chromium)
{
    private static readonly string[] Names =
    [
        "commandcenter.intake.reports", "commandcenter.store.commit.duration", "commandcenter.store.writes.waiting", "commandcenter.tailer.lag",
        "commandcenter.tailer.lag.duration", "commandcenter.circuits", "commandcenter.walls", "commandcenter.hub.subscribers", "http.server.request.duration",
    ];

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Grpc", HttpProtocols.Http2)]
    [InlineData("HttpProtobuf", HttpProtocols.Http1)]
    public async Task Metrics_and_traces_arrive_at_a_collector_by_name(string protocol, HttpProtocols http)
    {
        await using var collector = await OtlpReceiver.StartAsync(http);
        await using var server = await ServerProcess.StartAsync(
            null, null, $"--Telemetry:OtlpEndpoint={collector.Address}", $"--Telemetry:OtlpProtocol={protocol}", "--Telemetry:ExportSeconds=1", "--Telemetry:TraceRatio=1");
        using var api = new Api(server.Address);
        (await api.ReportAsync("""{"source":"12345","category":"04","title":"题","reporter":{"name":"欧阳标记","phone":"13987654321"},"address":"标记路77号"}"""))
            .ShouldBe(HttpStatusCode.Created);
        (await api.ReportAsync("""{"source":"nobody knows"}""")).ShouldBe(HttpStatusCode.BadRequest);
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(server.Address, "/hubs/live"), options => options.Headers[TestAccess.KeyHeader] = server.ApiKey).Build();
        await hub.StartAsync(Ended);

        var (metrics, traces) = http == HttpProtocols.Http2 ? ("MetricsService/Export", "TraceService/Export") : ("/v1/metrics", "/v1/traces");
        await Eventually(() => Names.All(name => collector.To(metrics).Contains(name, StringComparison.Ordinal)) && collector.To(traces).Contains("store.commit", StringComparison.Ordinal),
            () => $"missing: {string.Join(", ", Names.Where(name => !collector.To(metrics).Contains(name, StringComparison.Ordinal)))}; came: {string.Join(", ", collector.Received.Select(r => r.Path).Distinct())}\n{server.Output}");

        collector.To(metrics).ShouldContain("12345");
        collector.To(metrics).ShouldContain("rejected");
        collector.To(traces).ShouldContain("/api/v1/incidents");
        var all = string.Concat(collector.Received.Select(sent => sent.Body));
        foreach (var personal in new[] { "欧阳标记", "13987654321", "标记路", "nobody knows" })
        {
            all.ShouldNotContain(personal);
        }
    }

    [Fact]
    public async Task A_wall_is_counted_and_its_render_time_told()
    {
        await using var collector = await OtlpReceiver.StartAsync(HttpProtocols.Http1);
        await using var server = await ServerProcess.StartAsync(
            null, null, $"--Telemetry:OtlpEndpoint={collector.Address}", "--Telemetry:OtlpProtocol=HttpProtobuf", "--Telemetry:ExportSeconds=1");
        await Bring.CountyAsync(server.Http);
        await using var watched = await chromium.OpenAsync(server.Address);
        await watched.Page.GotoAsync("/wall");
        await watched.CircuitBeatsAsync(60);

        await Eventually(() => collector.To("/v1/metrics").Contains("commandcenter.panel.render.duration", StringComparison.Ordinal), () => server.Output);
    }

    [Fact]
    public async Task The_usual_environment_setting_switches_it_on_too_and_a_collector_that_is_away_disturbs_nobody()
    {
        await using var server = await ServerProcess.StartAsync(null, null, "--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9", "--Telemetry:ExportSeconds=1");
        using var api = new Api(server.Address);
        for (var i = 0; i < 20; i++)
        {
            (await api.ReportAsync("""{"source":"12345","category":"04","title":"题"}""")).ShouldBe(HttpStatusCode.Created);
            await Task.Delay(100, Ended);
        }

        (await api.GetAsync("/healthz/ready")).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task Eventually(Func<bool> holds, Func<string> otherwise)
    {
        for (var i = 0; !holds(); i++)
        {
            i.ShouldBeLessThan(600, otherwise());
            await Task.Delay(50, Ended);
        }
    }
}
