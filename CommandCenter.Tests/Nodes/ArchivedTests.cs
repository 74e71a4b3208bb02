using System.Text.Json;
using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Tests.Incidents;
using CommandCenter.Tests.Storage;
using Microsoft.AspNetCore.SignalR.Client;

namespace CommandCenter.Tests.Nodes;

/// <summary>What users of the program see of a log whose beginning was archived, by a running program under its settings.</summary>
public sealed class ArchivedTests
{
    private const int Incidents = 2_700;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_archiving_incidents_say_that_their_history_is_archived_and_followers_get_a_snapshot_where_changes_are_gone()
    {
        await using var database = new SqliteDatabase();
        await WriteOldAsync(database);
        var folder = Directory.CreateTempSubdirectory("archive-").FullName;
        string[] settings = [.. TwoNodes.On(database), "--Retention:ArchiveEventsAfterDays=90", $"--Retention:ArchiveFolder={folder}"];

        await using (var server = await ServerProcess.StartAsync(settings: settings))
        {
            var mark = await ArchivedAsync(database);
            mark.ShouldBeGreaterThan(500);
            await SeesAsync(server, mark);
            server.Output.ShouldContain($"positions 1 to {mark}, are archived in events-");

            // And after a start on the archived log.
            await server.KillAsync();
            await server.StartAgainAsync();
            await SeesAsync(server, mark);
            (await database.ScalarAsync<long>("SELECT MAX(to_position) FROM event_archive")).ShouldBe(mark);
            await ToldAsync(server, "Nothing to archive");
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task SeesAsync(ServerProcess server, long mark)
    {
        using var api = new Api(server.Address);
        var closed = (await api.GetAsync("/api/v1/incidents/1")).ShouldBe(System.Net.HttpStatusCode.OK).Json;
        var open = (await api.GetAsync("/api/v1/incidents/5")).Json;
        var newest = (await api.GetAsync("/api/v1/incidents?limit=1")).Json.GetProperty("items")[0].GetProperty("id").GetInt64();
        var young = (await api.GetAsync($"/api/v1/incidents/{newest}")).Json;

        (closed.GetProperty("historyArchived").GetBoolean(), closed.GetProperty("history").GetArrayLength()).ShouldBe((true, 0));
        closed.GetProperty("title").GetString().ShouldBe("第 0 件");
        (open.GetProperty("historyArchived").GetBoolean(), open.GetProperty("history").GetArrayLength()).ShouldBe((false, 2), "what is open keeps its history at hand");
        young.GetProperty("historyArchived").GetBoolean().ShouldBeFalse();

        foreach (var (after, type) in new[] { (1L, "snapshot"), (mark - 1, "snapshot"), (mark + 200, "changes") })
        {
            var first = await FirstAsync(server, after);
            first.GetProperty("type").GetString().ShouldBe(type, $"after {after}");
            var head = first.GetProperty("position").GetInt64();
            if (type == "changes")
            {
                first.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("position").GetInt64())
                    .ShouldBe(Enumerable.Range(0, (int)(head - after)).Select(i => after + 1 + i));
            }
            else
            {
                first.GetProperty("openTotal").GetInt32().ShouldBe(Incidents / 2);
            }
        }
    }

    private static async Task<JsonElement> FirstAsync(ServerProcess server, long after)
    {
        await using var connection = new HubConnectionBuilder().WithUrl(new Uri(server.Address, "/hubs/live"), options => options.Headers[TestAccess.KeyHeader] = server.ApiKey).Build();
        await connection.StartAsync(Ended);
        await foreach (var message in connection.StreamAsync<JsonElement>("Subscribe", new { after, area = (string?)null }, Ended))
        {
            return message;
        }

        throw new InvalidOperationException("The stream ended without a message.");
    }

    // Every second one is closed, the others were accepted: 4 and 2 events, and more than the board keeps for those who come back.
    private static async Task WriteOldAsync(SqliteDatabase database)
    {
        var store = await database.OpenStoreAsync();
        await store.WriteAsync(
            session =>
            {
                var at = session.Now.AddDays(-400);
                for (var i = 0; i < Incidents; i++)
                {
                    at = at.AddMinutes(5);
                    var report = new IncidentReport(
                        "grid-worker", $"old-{i}", "0401", Urgency.Normal, $"第 {i} 件", null, 105.1, 30.2, "wgs84", GridCode: null, OutsideGrids: true,
                        Address: null, OccurredAt: null, ReporterName: null, ReporterPhone: null);
                    var id = IncidentStore.TakeIn(session, [report], at)[0].Id;
                    IncidentStatus[] moves = i % 2 == 0 ? [IncidentStatus.Accepted, IncidentStatus.InProgress, IncidentStatus.Closed] : [IncidentStatus.Accepted];
                    foreach (var to in moves)
                    {
                        IncidentStore.Move(session, id, to, "desk", null, at = at.AddMinutes(5));
                    }

                    // Reminders that came due long ago would otherwise be written while the test looks.
                    session.Flush();
                    session.Execute("UPDATE incident SET next_reminder_at = NULL WHERE id = @id", ("@id", id));
                }

                for (var i = 0; i < 3_000; i++)
                {
                    session.Append(new AreasReplaced(CountyTime.Day(at), 1, 0), 0, "admin", at);
                }

                return true;
            },
            Ended);
    }

    private static async Task<long> ArchivedAsync(SqliteDatabase database)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ended);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        var log = new EventLog(await database.OpenStoreAsync());
        while (true)
        {
            // The mark stands before the last rows are out.
            var mark = await log.ArchivedThroughAsync(Ended);
            if (mark > 0 && await database.ScalarAsync<long>(
                $"SELECT COUNT(*) FROM event_log e INNER JOIN incident i ON i.id = e.subject_id WHERE e.position <= {mark} AND i.status = 80") == 0)
            {
                return mark;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    private static async Task ToldAsync(ServerProcess server, string text)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ended);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!server.Output.Contains(text, StringComparison.Ordinal))
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
