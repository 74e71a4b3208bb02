using System.Net;
using CommandCenter.Tests.Commands;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Tests.Audit;

/// <summary>What the record does when the program is told to stop and the store can't be written.</summary>
public sealed class AuditFarewellTests
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_that_can_write_nothing_any_more_stops_all_the_same_and_says_what_is_not_on_record()
    {
        await using var server = await ServerProcess.StartAsync();
        using (var stranger = new HttpClient { BaseAddress = server.Address })
        {
            // The first is written at once, the second counted until its minute is over: a row that is owed when the program stops.
            (await stranger.GetAsync(new Uri("/api/v1/incidents", UriKind.Relative), Ended)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await stranger.GetAsync(new Uri("/api/v1/incidents", UriKind.Relative), Ended)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        await using var other = new SqliteConnection($"Data Source={Path.Combine(server.Folder, "commandcenter.db")};Pooling=false");
        await other.OpenAsync(Ended);
        var before = await other.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM audit_log");
        await other.ExecuteAsync("BEGIN IMMEDIATE");

        server.Terminate();
        (await server.WaitForExitAsync(Ended).WaitAsync(TimeSpan.FromSeconds(60), Ended)).ShouldBe(0);

        server.Output.ShouldContain("The store was away when the program stopped");
        await other.ExecuteAsync("ROLLBACK");
        (await other.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM audit_log")).ShouldBe(before, "the warning is true: nothing was written");
        (await VerbProcess.RunAsync(server.Folder, "verify")).ShouldEndWith(0);
    }
}
