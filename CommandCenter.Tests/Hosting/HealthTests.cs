using System.Net;
using System.Text.Json;
using CommandCenter.Tests.Incidents;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Tests.Hosting;

/// <summary>What load balancers, service managers and operators are told.</summary>
public class HealthTests
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_check_says_its_state_and_a_ready_node_answers_200()
    {
        await using var server = await ServerProcess.StartAsync();
        using var api = new Api(server.Address);
        (await api.GetAsync("/healthz/live")).ShouldBe(HttpStatusCode.OK).Text.ShouldBe("ok");

        var ready = (await api.GetAsync("/healthz/ready", "en")).ShouldBe(HttpStatusCode.OK).Json;

        ready.GetProperty("ready").GetBoolean().ShouldBeTrue();
        ready.GetProperty("version").GetString().ShouldNotBeNullOrEmpty();
        State(ready, "store").ShouldBe("ok");
        State(ready, "board").ShouldBe("ok");
        ready.GetProperty("store").GetProperty("says").GetString().ShouldBe("The store answers and takes writes");
        ready.GetProperty("board").GetProperty("lag").GetInt64().ShouldBe(0);
        ready.GetProperty("disk").GetProperty("freeBytes").GetInt64().ShouldBeGreaterThan(0);
        ready.GetProperty("disk").GetProperty("usedBytes").GetInt64().ShouldBeGreaterThan(0);
        ready.GetProperty("disk").GetProperty("where").GetString().ShouldBe(server.Folder);
    }

    [Fact]
    public async Task Little_room_is_told_with_what_to_do_and_too_little_is_not_ready()
    {
        await using var low = await ServerProcess.StartAsync(null, null, "--Health:DiskWarningMegabytes=2000000000");
        using var api = new Api(low.Address);
        var warned = (await api.GetAsync("/healthz/ready", "en")).ShouldBe(HttpStatusCode.OK).Json;
        State(warned, "disk").ShouldBe("warning");
        warned.GetProperty("disk").GetProperty("do").GetString()!.ShouldContain(low.Folder);

        await using var full = ServerProcess.Launch(null, null, "--Health:DiskWarningMegabytes=2000000000", "--Health:DiskFailMegabytes=2000000000");
        await full.WaitUntilReadyAsync(TimeSpan.FromSeconds(60), "/healthz/live");
        using var other = new Api(full.Address);
        var failed = (await other.GetAsync("/healthz/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable).Json;
        failed.GetProperty("ready").GetBoolean().ShouldBeFalse();
        State(failed, "disk").ShouldBe("failed");
        failed.GetProperty("disk").GetProperty("do").GetString()!.ShouldContain("立即清理");
    }

    [Fact]
    public async Task Many_who_ask_at_once_are_answered_from_one_look_and_a_locked_store_holds_none_of_them_long()
    {
        await using var server = await ServerProcess.StartAsync(null, null, "--Storage:LockTimeoutSeconds=30");
        using var api = new Api(server.Address);
        var looks = new HashSet<string>(StringComparer.Ordinal);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < 200; i++)
        {
            looks.Add((await api.GetAsync("/healthz/ready")).ShouldBe(HttpStatusCode.OK).Json.GetProperty("at").GetRawText());
        }

        looks.Count.ShouldBeLessThanOrEqualTo((int)clock.Elapsed.TotalSeconds + 2);

        await using var other = new SqliteConnection($"Data Source={Path.Combine(server.Folder, "commandcenter.db")}");
        await other.OpenAsync(Ended);
        await using var command = other.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(Ended);
        await Task.Delay(1_100, Ended);
        clock.Restart();
        var busy = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.GetAsync("/healthz/ready", "en")));
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));

        // Slow is not away: within the time that a write may wait, the node stays with its load balancer and says what is the matter.
        busy.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK && State(answer.Json, "store") == "warning");
        busy[0].Json.GetProperty("store").GetProperty("do").GetString()!.ShouldContain("write lock");
    }

    [Fact]
    public async Task Wrong_thresholds_and_endpoints_stop_the_start()
    {
        await using var server = ServerProcess.Launch(
            null, null, "--Health:DiskWarningMegabytes=10", "--Health:DiskFailMegabytes=20", "--Health:TailerFailSeconds=1", "--Telemetry:OtlpEndpoint=localhost:4317",
            "--Telemetry:TraceRatio=2", "--OTEL_EXPORTER_OTLP_ENDPOINT=collector", "--Logging:Console:FormatterName=xml");

        (await server.WaitForExitAsync(Ended).WaitAsync(TimeSpan.FromSeconds(60), Ended)).ShouldBe(1, server.Output);

        string[] told =
        [
            "Health:DiskFailMegabytes is 20; it must be between 0 and Health:DiskWarningMegabytes (10)", "Health:TailerFailSeconds is 1", "Telemetry:OtlpEndpoint is 'localhost:4317'",
            "Telemetry:TraceRatio is 2", "OTEL_EXPORTER_OTLP_ENDPOINT is 'collector'", "Logging:Console:FormatterName is 'xml'; it must be simple, json, systemd or journal",
        ];
        told.Where(sentence => !server.Output.Contains(sentence, StringComparison.Ordinal)).ShouldBeEmpty(server.Output);
    }

    private static string? State(JsonElement ready, string check) => ready.GetProperty(check).GetProperty("state").GetString();
}
