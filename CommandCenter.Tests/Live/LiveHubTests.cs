using System.Text.Json;
using CommandCenter.Data.Events;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Tests.Live;

public sealed class LiveHubTests : IAsyncLifetime
{
    private static readonly CancellationTokenSource Patience = new(TimeSpan.FromMinutes(2));
    private LiveStore _store = null!;
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await LiveStore.CreateAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddStorage(_store.Options).AddSingleton(new LiveAreas(() => AreaIndex.Empty)).AddLive();
        builder.Services.LetEverybodyIn();
        _app = builder.Build();
        _app.LetEverybodyIn();
        _app.MapLive();
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _store.Dispose();
    }

    [Fact]
    public async Task What_another_process_commits_reaches_a_subscriber_with_every_field_documented()
    {
        await using var connection = await ConnectAsync();
        var messages = Subscribe(connection, new { after = (long?)null, area = (string?)null });
        await using var reader = messages.GetAsyncEnumerator(Patience.Token);
        (await NextAsync(reader)).Type().ShouldBe("snapshot");

        await _store.WriteAsync(RandomLog.OfLength(30, seed: 5).Events);
        var entries = new List<JsonElement>();
        while (entries.Count < 30)
        {
            var message = await NextAsync(reader);
            if (message.Type() == "changes")
            {
                entries.AddRange(message.GetProperty("entries").EnumerateArray());
            }
        }

        var reported = entries.First(e => e.GetProperty("kind").GetString() == "reported");
        Names(reported).ShouldBe(["position", "at", "kind", "incident", "actor"]);
        Names(reported.GetProperty("incident")).ShouldBe(
        [
            "id", "number", "title", "category", "urgency", "status", "lon", "lat", "gridCode", "gridName", "townName", "source", "receivedAt", "finishBy",
        ]);
        reported.GetProperty("incident").GetProperty("title").GetString().ShouldStartWith("第 ");
        Names(entries.First(e => e.TryGetProperty("note", out _))).ShouldBe(["position", "at", "kind", "incident", "actor", "note", "late"]);
    }

    [Fact]
    public async Task Somebody_whose_connection_breaks_again_and_again_gets_every_entry_exactly_once()
    {
        var log = RandomLog.OfLength(400, seed: 9).Events;
        var seen = new List<long>();
        long position = 0;
        for (var written = 0; written < log.Count; written += 50)
        {
            // Each connection reads into the middle of what is being written and breaks there; the last one reads to the end.
            var writing = WriteBitByBitAsync(log.GetRange(written, 50));
            var enough = written + 50 == log.Count ? log.Count : written + 25;
            await using var connection = await ConnectAsync();
            await using var reader = Subscribe(connection, new { after = position }).GetAsyncEnumerator(Patience.Token);
            do
            {
                var message = await NextAsync(reader);
                message.Type().ShouldNotBe("snapshot");
                if (message.Type() == "changes")
                {
                    seen.AddRange(message.EntryPositions());
                }

                position = message.Position();
            }
            while (position < enough);

            await writing;
        }

        seen.ShouldBe(Enumerable.Range(1, log.Count).Select(p => (long)p));
    }

    [Theory]
    [InlineData("""{ "after": -1 }""", "'after'")]
    [InlineData("""{ "area": "33048" }""", "'area'")]
    [InlineData("""{ "area": "33048x" }""", "'area'")]
    public async Task A_request_that_makes_no_sense_is_answered_with_what_would(string request, string names)
    {
        await using var connection = await ConnectAsync();
        var messages = Subscribe(connection, JsonDocument.Parse(request).RootElement);
        var refused = await Should.ThrowAsync<HubException>(async () =>
        {
            await foreach (var _ in messages.WithCancellation(Patience.Token))
            {
            }
        });
        refused.Message.ShouldContain(names);
    }

    private async Task WriteBitByBitAsync(List<LoggedEvent> log)
    {
        foreach (var bit in log.Chunk(4))
        {
            await _store.WriteAsync(bit);
        }
    }

    private async Task<HubConnection> ConnectAsync()
    {
        var connection = new HubConnectionBuilder().WithUrl(new Uri(new Uri(_app.Urls.First()), "/hubs/live")).Build();
        await connection.StartAsync(Patience.Token);
        return connection;
    }

    private static IAsyncEnumerable<JsonElement> Subscribe(HubConnection connection, object request) =>
        connection.StreamAsync<JsonElement>("Subscribe", request, Patience.Token);

    private static async Task<JsonElement> NextAsync(IAsyncEnumerator<JsonElement> reader)
    {
        (await reader.MoveNextAsync()).ShouldBeTrue();
        return reader.Current;
    }

    private static List<string> Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];
}
