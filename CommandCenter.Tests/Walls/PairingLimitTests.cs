using System.Net;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Storage;
using CommandCenter.Data.Walls;
using CommandCenter.Tests.Security;
using CommandCenter.Tests.Storage;

namespace CommandCenter.Tests.Walls;

/// <summary>Codes are few, and strangers ask for them: how many one address, and all together, may hold.</summary>
public sealed class PairingLimitTests(AttackedProcess attacked) : IClassFixture<AttackedProcess>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_address_holds_twenty_codes_and_another_is_not_kept_out()
    {
        await using var database = new SqliteDatabase();
        var pairings = Over(await database.OpenStoreAsync());

        var held = await AskAsync(pairings, WallPairings.MostOfAddress, _ => "10.0.0.7");
        (await pairings.AskAsync(secret: null, "10.0.0.7", "screen", Stop)).ShouldBeOfType<WallAnswer.TooMany>();

        (await pairings.AskAsync(secret: null, "10.0.0.8", "screen", Stop)).ShouldBeOfType<WallAnswer.Waiting>();
        (await pairings.AskAsync(held[0].Secret, "10.0.0.7", "screen", Stop)).ShouldBeOfType<WallAnswer.Waiting>().Code.ShouldBe(held[0].Code, "who holds one goes on");
        held.Select(one => one.Code).Distinct().Count().ShouldBe(WallPairings.MostOfAddress);

        // What is over makes room.
        await database.ExecuteAsync("UPDATE wall_request SET expires_at = '2026-01-01T00:00:00.000Z' WHERE code = @code", new { code = held[1].Code });
        (await pairings.AskAsync(secret: null, "10.0.0.7", "screen", Stop)).ShouldBeOfType<WallAnswer.Waiting>();
        (await pairings.AskAsync(secret: null, "10.0.0.7", "screen", Stop)).ShouldBeOfType<WallAnswer.TooMany>();
    }

    [Fact]
    public async Task All_together_hold_two_hundred_codes()
    {
        await using var database = new SqliteDatabase();
        var pairings = Over(await database.OpenStoreAsync());

        await AskAsync(pairings, WallPairings.MostOpen, i => $"10.0.{i}.1");

        (await pairings.AskAsync(secret: null, "10.1.0.1", "screen", Stop)).ShouldBeOfType<WallAnswer.TooMany>();
        (await database.ScalarAsync<long>("SELECT COUNT(*) FROM wall_request")).ShouldBe(WallPairings.MostOpen);
    }

    [Fact]
    public async Task Over_HTTP_the_next_one_is_told_to_come_back_and_no_header_makes_another_address()
    {
        var pairing = new Uri("/wall/pairing", UriKind.Relative);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = attacked.Address };
        for (var i = 0; i < WallPairings.MostOfAddress; i++)
        {
            using var waiting = await http.PostAsync(pairing, content: null, Stop);
            waiting.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await waiting.Content.ReadAsStringAsync(Stop)).ShouldContain("\"waiting\"");
        }

        foreach (var header in new[] { null, "X-Forwarded-For", "Forwarded", "X-Real-IP" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, pairing);
            if (header is not null)
            {
                request.Headers.Add(header, header == "Forwarded" ? "for=10.1.2.3" : "10.1.2.3");
            }

            using var answer = await http.SendAsync(request, Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests, header);
            answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(30));
            (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("\"tooMany\"");
            answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        }
    }

    private static WallPairings Over(Store store) => new(store, new AuditLog(store, new NoAuditKey(), TimeProvider.System), TimeProvider.System);

    private static async Task<List<WallAnswer.Waiting>> AskAsync(WallPairings pairings, int times, Func<int, string> address)
    {
        var held = new List<WallAnswer.Waiting>();
        for (var i = 0; i < times; i++)
        {
            held.Add((await pairings.AskAsync(secret: null, address(i), "screen", Stop)).ShouldBeOfType<WallAnswer.Waiting>());
        }

        return held;
    }
}
