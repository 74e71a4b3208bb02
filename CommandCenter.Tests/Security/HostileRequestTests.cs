using System.Net;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Tests.Security;

/// <summary>Requests that are broken, endless, slow or sly, against the program as its own process.</summary>
public sealed class HostileRequestTests(AttackedProcess attacked) : IClassFixture<AttackedProcess>
{
    private const string Report = """{"source":"grid-worker","category":"0401","urgency":"normal","title":"占用消防通道"}""";

    [Theory]
    [InlineData("GET /../../../../etc/passwd HTTP/1.1")]
    [InlineData("GET /%2e%2e/%2e%2e/%2e%2e/etc/passwd HTTP/1.1")]
    [InlineData("GET /lib/..%2f..%2f..%2fappsettings.json HTTP/1.1")]
    [InlineData("GET /lib/..%5c..%5cappsettings.json HTTP/1.1")]
    [InlineData("GET /_content/Radzen.Blazor/../../appsettings.json HTTP/1.1")]
    [InlineData("GET /appsettings.json HTTP/1.1")]
    [InlineData("GET /commandcenter.db HTTP/1.1")]
    [InlineData("GET /.git/config HTTP/1.1")]
    [InlineData("GET /%00 HTTP/1.1")]
    [InlineData("GET /api/v1/incidents/..%2f..%2fhealthz HTTP/1.1")]
    [InlineData("GET /wall;/../admin/health HTTP/1.1")]
    [InlineData("GET //admin/audit HTTP/1.1")]
    [InlineData("GET /ADMIN/AUDIT HTTP/1.1")]
    [InlineData("GET /admin/audit/ HTTP/1.1")]
    [InlineData("GET /api/v1/audit/?x HTTP/1.1")]
    [InlineData("GET http://elsewhere.example/ HTTP/1.1")]
    [InlineData("CONNECT elsewhere.example:443 HTTP/1.1")]
    [InlineData("TRACE / HTTP/1.1")]
    public async Task A_path_leads_to_nothing_that_is_not_offered(string line)
    {
        var answer = await RawRequest.SendAsync(attacked.Address, $"{line}\r\nHost: x\r\nConnection: close\r\n\r\n");

        RawRequest.Status(answer).ShouldBeOneOf(400, 401, 302, 404, 405, 501);
        answer.ShouldNotContain("root:x:");
        answer.ShouldNotContain("ConnectionStrings");
        Leaks.In(answer).ShouldBeEmpty(answer);
    }

    [Theory]
    [InlineData("/?culture=en%0d%0aSet-Cookie:%20owned=1")]
    [InlineData("/sign-in?returnUrl=%2f%0d%0aSet-Cookie:%20owned=1")]
    [InlineData("/wall?area=%0d%0aOwned:%201")]
    [InlineData("/x%0d%0aOwned:%201")]
    public async Task A_line_end_in_a_request_ends_no_header_of_the_answer(string path)
    {
        var answer = await RawRequest.SendAsync(attacked.Address, $"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        var head = answer.Split("\r\n\r\n")[0];
        head.Split("\r\n").ShouldAllBe(line => !line.StartsWith("Owned:", StringComparison.OrdinalIgnoreCase) && !line.StartsWith("Set-Cookie: owned", StringComparison.OrdinalIgnoreCase));
        RawRequest.Status(answer).ShouldBeLessThan(500);
    }

    [Theory]
    [InlineData("/sign-in?refused='")]
    [InlineData("/sign-in?idle=2")]
    [InlineData("/sign-in?refused=true&refused=false")]
    [InlineData("/sign-in/code?refused=x")]
    [InlineData("/wall/pair?refused=%00&token=x")]
    public async Task A_page_takes_whatever_stands_in_its_address(string path)
    {
        using var stranger = new HttpClient { BaseAddress = attacked.Address };
        using var answer = await stranger.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>The framework answers 500 when it can't read a number or a yes; a page that reads text decides by itself.</summary>
    [Fact]
    public void No_page_takes_anything_but_text_from_its_address() =>
        (from type in typeof(Web.Wall.WallOptions).Assembly.GetTypes()
         from property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
         where property.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is not null && property.PropertyType != typeof(string)
         select $"{type.Name}.{property.Name}").ShouldBeEmpty();

    [Theory]
    [InlineData("POST /api/v1/incidents HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /api/v1/incidents HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde")]
    [InlineData("POST /api/v1/incidents HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST /api/v1/incidents HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\nZZ\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX y: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/9.9\r\nHost: x\r\n\r\n")]
    [InlineData("\x16\x03\x01\x02\x00\x01\x00\x01")]
    public async Task A_request_that_is_none_is_turned_away(string bytes) =>
        RawRequest.Status(await RawRequest.SendAsync(attacked.Address, bytes, TimeSpan.FromSeconds(8))).ShouldBeOneOf(0, 400, 401, 505);

    [Fact]
    public async Task Headers_and_lines_without_end_are_turned_away()
    {
        RawRequest.Status(await RawRequest.SendAsync(attacked.Address, $"GET / HTTP/1.1\r\nHost: x\r\nX: {new string('a', 40_000)}\r\n\r\n")).ShouldBe(431);
        RawRequest.Status(await RawRequest.SendAsync(attacked.Address, $"GET /{new string('a', 40_000)} HTTP/1.1\r\nHost: x\r\n\r\n")).ShouldBe(414);
        var many = string.Concat(Enumerable.Range(0, 100).Select(i => $"X{i}: a\r\n"));
        RawRequest.Status(await RawRequest.SendAsync(attacked.Address, $"GET / HTTP/1.1\r\nHost: x\r\n{many}\r\n")).ShouldBe(431);
    }

    [Theory]
    [InlineData("/api/v1/incidents", 1 << 20)]
    [InlineData("/sign-in", 3 << 20)]
    [InlineData("/nowhere", 3 << 20)]
    public async Task A_body_that_is_too_large_is_not_read(string path, int bytes)
    {
        var answer = await RawRequest.SendAsync(
            attacked.Address,
            $"POST {path} HTTP/1.1\r\nHost: x\r\n{TestAccess.KeyHeader}: {attacked.Key}\r\nContent-Type: application/json\r\nContent-Length: {bytes}\r\nConnection: close\r\n\r\n" + new string('a', 1_000));

        RawRequest.Status(answer).ShouldBeOneOf(400, 404, 405, 413, 415, 403);
    }

    [Fact]
    public async Task Json_that_is_nested_without_end_is_turned_away()
    {
        foreach (var body in new[] { new string('[', 60_000), string.Concat(Enumerable.Repeat("{\"a\":", 10_000)), $"{{\"title\":\"{new string('\\', 1_001)}" })
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await attacked.Http.PostAsync(new Uri("/api/v1/incidents", UriKind.Relative), content, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge);
            Leaks.In(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_body_that_was_compressed_to_burst_is_not_unpacked()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[200_000_000], TestContext.Current.CancellationToken);
        }

        foreach (var (method, path) in new[] { ("PUT", "/api/v1/areas"), ("POST", "/api/v1/incidents"), ("POST", "/api/v1/incidents/batch"), ("PUT", "/api/v1/units?county=990101"), ("POST", "/api/v1/areas/search") })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(packed.ToArray()) };
            request.Content.Headers.ContentType = new("application/json");
            request.Content.Headers.ContentEncoding.Add("gzip");
            request.Headers.ExpectContinue = true;
            using var answer = await attacked.Http.SendAsync(request, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType, path);
        }

        attacked.WorkingSetBytes.ShouldBeLessThan(600_000_000);
    }

    [Fact]
    public async Task Whoever_sends_a_header_letter_by_letter_is_cut_off()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await RawRequest.SendAsync(attacked.Address, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: a", TimeSpan.FromSeconds(30));

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task Fields_that_a_reporter_may_not_set_are_not_set()
    {
        using var content = new StringContent(
            Report.TrimEnd('}') + ""","id":424242,"number":"20200101-00001","status":"closed","receivedAt":"2020-01-01T00:00:00Z","closedAt":"2020-01-01T00:00:00Z","isAdmin":true,"role":"administrator","__proto__":{"x":1}}""",
            Encoding.UTF8,
            "application/json");
        using var answer = await attacked.Http.PostAsync(new Uri("/api/v1/incidents", UriKind.Relative), content, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        text.ShouldNotContain("424242");
        text.ShouldNotContain("20200101-00001");
        if (answer.IsSuccessStatusCode)
        {
            text.ShouldNotContain("\"closed\"");
        }
        else
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/nowhere")]
    [InlineData("/healthz/live")]
    [InlineData("/api/v1/incidents")]
    [InlineData("/api/v1/nowhere")]
    [InlineData("/api/v1/incidents?limit=x")]
    [InlineData("/hubs/live")]
    [InlineData("/_blazor")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/sign-in")]
    [InlineData("/shell/tokens.css")]
    [InlineData("/admin/audit")]
    public async Task Every_answer_tells_the_browser_what_it_may_do(string path)
    {
        foreach (var key in new[] { "", $"{TestAccess.KeyHeader}: {attacked.Key}\r\n" })
        {
            var answer = await RawRequest.SendAsync(attacked.Address, $"GET {path} HTTP/1.1\r\nHost: x\r\n{key}Connection: close\r\n\r\n");
            var head = answer.Split("\r\n\r\n")[0];
            head.ShouldContain("Content-Security-Policy: default-src 'none'; script-src 'self'");
            head.ShouldContain("frame-ancestors 'self'");
            head.ShouldContain("X-Content-Type-Options: nosniff");
            head.ShouldContain("Referrer-Policy: same-origin");
            head.ShouldContain("Cache-Control: ");
            head.ShouldNotContain("Server:");
            head.ShouldNotContain("X-Powered-By");
            RawRequest.Status(answer).ShouldBeLessThan(500);
        }
    }
}

/// <summary>The program as its own process, with a key for everything that programs may do.</summary>
public sealed class AttackedProcess : IAsyncLifetime
{
    private ServerProcess _server = null!;

    public Uri Address => _server.Address;

    public HttpClient Http => _server.Http;

    public string Key => TestAccess.KeyOf(_server.Address);

    public string Output => _server.Output;

    public long WorkingSetBytes => _server.WorkingSetBytes;

    public async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_server.Folder, recursive: true);
    }
}
