using System.Collections.Concurrent;
using System.Net;
using CommandCenter.Data.Events;
using CommandCenter.Data.Live;
using CommandCenter.Data.Storage;
using CommandCenter.Tests.Incidents;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Storage;

public class KillTests
{
    [Fact]
    public async Task A_program_killed_under_load_and_started_again_has_every_report_that_was_answered()
    {
        var server = await ServerProcess.StartAsync();
        var answered = new ConcurrentDictionary<string, (long Id, string Number)>(StringComparer.Ordinal);
        var enough = new TaskCompletionSource();
        var senders = Enumerable.Range(0, 8).Select(sender => Task.Run(() => SendAsync(server.Address, sender, answered, enough))).ToList();
        await Task.WhenAny(enough.Task, Task.WhenAll(senders)).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await server.KillAsync();
        await Task.WhenAll(senders);
        await server.DisposeAsync();

        await using var again = await ServerProcess.StartAsync(server.Folder);
        using var api = new Api(again.Address);

        answered.Count.ShouldBeGreaterThanOrEqualTo(500);
        var store = new Store(
            new StorageOptions { ConnectionString = $"Data Source={Path.Combine(server.Folder, "commandcenter.db")}" }, TimeProvider.System, NullLogger<Store>.Instance);
        var log = await new EventLog(store).ReadAfterAsync(0, 1_000_000, TestContext.Current.CancellationToken);
        log.Select(e => e.Position).ShouldBe(Enumerable.Range(1, log.Count).Select(i => (long)i));
        var kept = await store.ReadAsync(
            async c => (await c.QueryAsync<(string ExternalId, long Id, string Number)>("SELECT external_id, id, number FROM incident")).ToDictionary(i => i.ExternalId, i => (i.Id, i.Number), StringComparer.Ordinal),
            TestContext.Current.CancellationToken);
        answered.Where(a => !kept.TryGetValue(a.Key, out var found) || found != a.Value).ShouldBeEmpty();
        kept.Count.ShouldBe(log.Count);
        (await new BoardLoader(store).LoadAsync(TestContext.Current.CancellationToken)).Same(LiveBoard.Apply(LiveBoard.Empty, log)).ShouldBeTrue();
        (await api.GetAsync("/healthz/ready")).Json.GetProperty("board").GetProperty("position").GetInt64().ShouldBe(log.Count);
        var (externalId, (id, _)) = answered.First();
        (await api.ReportAsync(Report(externalId))).ShouldBe(HttpStatusCode.OK).Id.ShouldBe(id);
        store.Dispose();
        await again.KillAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(server.Folder, recursive: true);
    }

    // Half of the senders send one at a time, half send batches; each until the program is gone.
    private static async Task SendAsync(Uri address, int sender, ConcurrentDictionary<string, (long Id, string Number)> answered, TaskCompletionSource enough)
    {
        using var api = new Api(address);
        try
        {
            for (var i = 0; ; i++)
            {
                var ids = Enumerable.Range(0, sender % 2 == 0 ? 1 : 20).Select(place => $"{sender}-{i}-{place}").ToList();
                var lines = sender % 2 == 0
                    ? [(await api.ReportAsync(Report(ids[0]))).ShouldBe(HttpStatusCode.Created).Json]
                    : (await api.BatchAsync(string.Join('\n', ids.Select(Report)))).ShouldBe(HttpStatusCode.OK).Lines;
                foreach (var (id, line) in ids.Zip(lines))
                {
                    answered[id] = (line.GetProperty("id").GetInt64(), line.GetProperty("number").GetString()!);
                }

                if (answered.Count >= 500)
                {
                    enough.TrySetResult();
                }
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // Killed: what was under way was not answered.
        }
    }

    private static string Report(string externalId) => $$"""{"source":"load","externalId":"{{externalId}}","category":"0401","title":"占用消防通道","lon":105.1,"lat":30.1}""";
}
