using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CommandCenter.Tests.Security;

/// <summary>How much is taken from whom.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task Strangers_are_told_later_and_senders_with_a_key_are_not()
    {
        await using var server = await ServerProcess.StartAsync(settings: ["--Limits:AnonymousPerSecond=5", "--Limits:AnonymousBurst=40"]);
        using var stranger = new HttpClient { BaseAddress = server.Address };

        var told = await StatusesAsync(stranger, 200, "/api/v1/incidents");
        told[HttpStatusCode.TooManyRequests].ShouldBeGreaterThan(100);
        told[HttpStatusCode.Unauthorized].ShouldBeGreaterThanOrEqualTo(40);
        told.Count.ShouldBe(2);
        using (var later = await ToldLaterAsync(stranger))
        {
            later.Headers.RetryAfter.ShouldNotBeNull();
            later.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        }

        // Load balancers go on, and so does whoever shows a key, from the same address.
        (await StatusesAsync(stranger, 300, "/healthz/live")).Keys.ShouldBe([HttpStatusCode.OK]);
        (await StatusesAsync(server.Http, 3_000, "/api/v1/incidents?limit=1")).Keys.ShouldBe([HttpStatusCode.OK]);
    }

    [Fact]
    public async Task Thirty_two_clients_with_one_key_are_never_told_later()
    {
        await using var server = await ServerProcess.StartAsync();
        var taken = 0;

        await Parallel.ForAsync(0, 8_000, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, ended) =>
        {
            using var content = new StringContent($$"""{"source":"grid-worker","externalId":"L-{{i}}","category":"0401","urgency":"normal","title":"占用消防通道"}""", Encoding.UTF8, "application/json");
            using var answer = await server.Http.PostAsync(new Uri("/api/v1/incidents", UriKind.Relative), content, ended);
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                Interlocked.Increment(ref taken);
            }
        });

        taken.ShouldBe(8_000);
    }

    [Fact]
    public async Task A_body_that_drips_is_cut_off()
    {
        await using var server = await ServerProcess.StartAsync();
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"PUT /api/v1/areas HTTP/1.1\r\nHost: x\r\n{TestAccess.KeyHeader}: {server.ApiKey}\r\nContent-Type: application/geo+json\r\nContent-Length: 300000000\r\n\r\n[[[["),
            TestContext.Current.CancellationToken);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var dripping = DripAsync(stream, patience.Token);

        using var answer = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var line = await ReadLineAsync(answer, patience.Token);

        patience.IsCancellationRequested.ShouldBeFalse("It was still being waited for.");
        (line is null || line.Contains("408", StringComparison.Ordinal)).ShouldBeTrue(line);
        await patience.CancelAsync();
        await dripping;
    }

    // A second is enough for a few more.
    private static async Task<HttpResponseMessage> ToldLaterAsync(HttpClient http)
    {
        for (var i = 0; i < 1_000; i++)
        {
            var answer = await http.GetAsync(new Uri("/api/v1/incidents", UriKind.Relative), TestContext.Current.CancellationToken);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                return answer;
            }

            answer.Dispose();
        }

        throw new InvalidOperationException("Nobody was told to come later.");
    }

    private static async Task DripAsync(NetworkStream stream, CancellationToken ended)
    {
        try
        {
            while (!ended.IsCancellationRequested)
            {
                await stream.WriteAsync(" "u8.ToArray(), ended);
                await Task.Delay(200, ended);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Cut off, as it should be.
        }
    }

    private static async Task<string?> ReadLineAsync(StreamReader reader, CancellationToken ended)
    {
        try
        {
            return await reader.ReadLineAsync(ended);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task<Dictionary<HttpStatusCode, int>> StatusesAsync(HttpClient http, int times, string path)
    {
        var statuses = new Dictionary<HttpStatusCode, int>();
        await Parallel.ForAsync(0, times, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, ended) =>
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), ended);
            lock (statuses)
            {
                statuses[answer.StatusCode] = statuses.GetValueOrDefault(answer.StatusCode) + 1;
            }
        });
        return statuses;
    }
}
