using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace CommandCenter.Tests.Security;

/// <summary>
/// Ten thousand broken requests, no two alike: none is answered with a fault of the program, none learns how it is made, and the
/// program serves as before. <c>COMMANDCENTER_TEST_SEED</c> repeats a run.
/// </summary>
public sealed class FuzzTests(AttackedProcess attacked, ITestOutputHelper output) : IClassFixture<AttackedProcess>
{
    private const int Requests = 10_000;

    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "get", "BREW", "\u0001"];

    private static readonly string[] Paths =
    [
        "/", "/wall", "/wall/pair", "/wall/pairing", "/wall/join", "/setup", "/account", "/sign-in", "/sign-in/code", "/sign-out", "/admin/audit", "/admin/areas", "/admin/health", "/api/v1/incidents", "/api/v1/incidents/1", "/api/v1/incidents/1/status",
        "/api/v1/incidents/batch", "/api/v1/incidents/near", "/api/v1/areas", "/api/v1/areas/locate", "/api/v1/areas/search", "/api/v1/units", "/api/v1/units/near", "/api/v1/audit",
        "/api/v1/audit/export", "/openapi/v1.json", "/hubs/live", "/hubs/live/negotiate", "/_blazor", "/_blazor/negotiate", "/_blazor/disconnect", "/_blazor/initializers", "/healthz/ready", "/not-found",
        "/lib/maplibre-gl/maplibre-gl.css",
    ];

    private static readonly string[] Names =
        ["from", "to", "limit", "after", "before", "status", "category", "area", "lon", "lat", "within", "crs", "on", "level", "county", "kind", "culture", "returnUrl", "refused", "idle", "token", "id", "negotiateVersion", "transport"];

    private static readonly string[] Values =
    [
        "", "0", "-1", "1e999", "NaN", "9223372036854775808", "99999999999999999999", "2026-02-30", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59+14:00", "'", "' OR 1=1 --", "\"; DROP TABLE incident; --",
        "%", "_", "[", "%00", "%0d%0a", "%ff%fe", "%c0%ae%c0%ae", "../../etc/passwd", "<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://x}", "中文", "%F0%9F%98%80", "990101", "wgs84", "119.4", "true",
        "null", "[]", "{}", "a,b,,c", "1,1", "\u202e",
    ];

    private static readonly string[] Bodies =
    [
        "", " ", "null", "[]", "{}", "[[", "{\"", "\"\\ud800\"", "{\"source\":null}", "{\"source\":{\"a\":[]},\"title\":1}", "{\"source\":\"x\",\"source\":\"y\"}",
        """{"source":"grid-worker","category":"0401","urgency":"normal","title":"占用消防通道","lon":1e400,"lat":-0}""",
        """{"source":"grid-worker","category":"0401","urgency":"normal","title":"\u0000\u202e"}""",
        """{"status":"closed","status":["accepted"]}""",
        """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"990101","name":"x","level":"county"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,1]]]}}]}""",
        """{"type":"Polygon","coordinates":[[[119,29],[120,29],[120,30],[119,29]]]}""",
        "a=b&c=d", "name=x&password=y&__RequestVerificationToken=z", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--", "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
        "{\"protocol\":\"json\",\"version\":1}\u001e", "\u0000\u0001\u0002\u00ff",
    ];

    private static readonly string[] Types =
        ["application/json", "application/x-ndjson", "application/geo+json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "application/xml", "x", "", "application/json; charset=utf-7", "application/json; charset=\"x"];

    [Fact]
    public async Task Ten_thousand_broken_requests_find_no_fault_and_learn_nothing()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("COMMANDCENTER_TEST_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var found = new List<string>();
        var statuses = new SortedDictionary<int, int>();
        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var request = Make(new Random(unchecked((seed * 31) + i)));
            var answer = await AnswerAsync(request);
            var status = RawRequest.Status(answer);
            lock (found)
            {
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
                if (status >= 500 && status != 501 && status != 505)
                {
                    found.Add($"{status}: {Encoding.Latin1.GetString(request)}\n{answer}");
                }

                // The description of the interface and the files of pages speak of passwords and systems by right.
                if (status >= 400 && Leaks.In(answer).ToList() is { Count: > 0 } leaks)
                {
                    found.Add($"leaks {string.Join(", ", leaks)}: {Encoding.Latin1.GetString(request)}\n{answer}");
                }
            }
        });

        output.WriteLine(string.Join(", ", statuses.Select(s => $"{s.Key}: {s.Value}")));
        found.ShouldBeEmpty($"seed {seed}");
        (await attacked.Http.GetAsync(new Uri("/healthz/ready", UriKind.Relative), TestContext.Current.CancellationToken)).IsSuccessStatusCode.ShouldBeTrue();
        attacked.Output.Split('\n').SkipWhile(line => !line.StartsWith("fail: ", StringComparison.Ordinal)).Take(6).ShouldBeEmpty($"seed {seed}");
    }

    private byte[] Make(Random random)
    {
        var body = Broken(Encoding.UTF8.GetBytes(One(random, Bodies)), random);
        var path = One(random, Paths);
        var line = new StringBuilder(One(random, Methods)).Append(' ').Append(random.Next(8) == 0 ? $"{path}/{One(random, Values)}" : path);
        for (var i = random.Next(4); i > 0; i--)
        {
            line.Append(line.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?').Append(One(random, Names)).Append('=').Append(One(random, Values));
        }

        line.Append(random.Next(50) == 0 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
        Header("Host", random.Next(40) == 0 ? One(random, Values) : "localhost", always: true);
        Header(TestAccess.KeyHeader, random.Next(10) == 0 ? One(random, Values) : attacked.Key, always: random.Next(3) > 0);
        Header("Content-Type", One(random, Types), always: random.Next(6) > 0);
        Header("Accept-Language", One(random, Values), always: false);
        Header("Cookie", $"cc_session={One(random, Values)}; .AspNetCore.Culture={One(random, Values)}; cc_wall={One(random, Values)}", always: false);
        Header("If-None-Match", One(random, Values), always: false);
        Header("Range", "bytes=5-1,-,9-", always: false);
        Header("Upgrade", "websocket\r\nSec-WebSocket-Version: 99", always: false);
        Header("Origin", "null", always: false);
        Header("Connection", "close", always: true);
        Header("Content-Length", (body.Length + (random.Next(30) == 0 ? random.Next(-5, 5) : 0)).ToString(CultureInfo.InvariantCulture), always: random.Next(20) > 0);
        line.Append("\r\n");
        byte[] request = [.. Encoding.UTF8.GetBytes(line.ToString()), .. body];
        return random.Next(10) == 0 ? Broken(request, random) : request;

        void Header(string name, string value, bool always)
        {
            if (always || random.Next(8) == 0)
            {
                line.Append(name).Append(": ").Append(value).Append("\r\n");
            }
        }
    }

    // Some bytes turned over, left out or doubled.
    private static byte[] Broken(byte[] bytes, Random random)
    {
        var broken = bytes.ToList();
        for (var i = random.Next(4); i > 0 && broken.Count > 0; i--)
        {
            var at = random.Next(broken.Count);
            switch (random.Next(3))
            {
                case 0:
                    broken[at] = (byte)random.Next(256);
                    break;
                case 1:
                    broken.RemoveAt(at);
                    break;
                default:
                    broken.InsertRange(at, broken.Skip(at).Take(random.Next(40)).ToList());
                    break;
            }
        }

        return [.. broken];
    }

    // Says that it sends no more, so that the server need not wait for what a wrong length promises.
    private async Task<string> AnswerAsync(byte[] request)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(attacked.Address.Host, attacked.Address.Port);
        await using var stream = client.GetStream();
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request, enough.Token);
            client.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(answer, enough.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // Cut off, or kept open: what came until then counts.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    private static T One<T>(Random random, T[] of) => of[random.Next(of.Length)];
}
