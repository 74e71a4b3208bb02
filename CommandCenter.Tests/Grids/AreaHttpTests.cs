using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CommandCenter.Tests.Benchmarks.Grids;

namespace CommandCenter.Tests.Grids;

/// <summary>The program as its own process on a real file, spoken to over HTTP.</summary>
public sealed class AreaServer : IAsyncLifetime
{
    private ServerProcess? _server;

    public HttpClient Http { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerProcess.StartAsync();
        Http = TestAccess.Client(_server.Address);
        Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        using var answer = await PutAsync(GeoJsonFile.Of(new Tiling(30).Areas()), "?validFrom=2025-01-01");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    public Task<HttpResponseMessage> PutAsync(byte[] file, string query = "")
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/geo+json");
        return Http.PutAsync(new Uri("/api/v1/areas" + query, UriKind.Relative), content);
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
            Directory.Delete(_server.Folder, recursive: true);
        }
    }
}

public sealed class AreaHttpTests(AreaServer server) : IClassFixture<AreaServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly TiledArea Grid = new Tiling(30).Grids().First();

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;

    private Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return server.Http.SendAsync(request, Token);
    }

    [Fact]
    public async Task A_refused_file_is_422_with_the_report()
    {
        using var answer = await server.PutAsync(GeoJsonFile.Of([Grid, Grid]));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var report = await JsonAsync(answer);
        report.GetProperty("accepted").GetBoolean().ShouldBeFalse();
        var rejected = report.GetProperty("rejected")[0];
        rejected.GetProperty("index").GetInt32().ShouldBe(1);
        rejected.GetProperty("code").GetString().ShouldBe(Grid.Code);
        rejected.GetProperty("reason").GetString().ShouldBe("duplicateCode");
        rejected.GetProperty("message").GetProperty("zh").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task What_is_not_JSON_is_400_and_says_where()
    {
        using var answer = await server.PutAsync(Encoding.UTF8.GetBytes("{\"type\":\n oops}"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await JsonAsync(answer)).GetProperty("detail").GetString()!.ShouldContain("line 2");
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_413_before_it_is_sent()
    {
        using var content = new StreamContent(new EndlessStream());
        content.Headers.ContentLength = 400L * 1024 * 1024;
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/areas") { Content = content };
        request.Headers.ExpectContinue = true;
        using var answer = await server.Http.SendAsync(request, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await JsonAsync(answer)).GetProperty("detail").GetString()!.ShouldContain("300 MB");
    }

    [Theory]
    [InlineData("?crs=epsg3857", "crs")]
    [InlineData("?validFrom=tomorrow", "validFrom")]
    [InlineData("?partial=yes", "partial")]
    [InlineData("?valid_from=2025-01-01", "valid_from")]
    public async Task A_bad_parameter_is_named(string query, string field)
    {
        using var answer = await server.PutAsync(GeoJsonFile.Of([Grid]), query);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await JsonAsync(answer)).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_form_is_415()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(GeoJsonFile.Of([Grid])), "file", "areas.geojson" } };
        using var answer = await server.Http.PutAsync(new Uri("/api/v1/areas", UriKind.Relative), form, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_dry_run_stores_nothing_and_has_a_preview()
    {
        using var answer = await server.PutAsync(GeoJsonFile.Of(new Tiling(10, lon: 115, firstCounty: 990201).Areas()), "?dryRun=true");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var preview = await GetAsync((await JsonAsync(answer)).GetProperty("preview").GetString()!);
        (await JsonAsync(preview)).GetProperty("features").GetArrayLength().ShouldBe(13);
        using var counties = await GetAsync("/api/v1/areas?level=county");
        (await JsonAsync(counties)).GetProperty("features").EnumerateArray()
            .ShouldNotContain(county => county.GetProperty("properties").GetProperty("code").GetString() == "990201");
        using var gone = await GetAsync("/api/v1/areas/previews/0123");
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Areas_come_as_GeoJSON_with_parents()
    {
        using var answer = await GetAsync("/api/v1/areas?level=grid&within=990101100200");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/geo+json");
        var features = (await JsonAsync(answer)).GetProperty("features");
        features.GetArrayLength().ShouldBe(10);
        var first = features[0];
        first.GetProperty("id").GetInt32().ShouldBePositive();
        first.GetProperty("properties").GetProperty("parent").GetString().ShouldBe("990101100200");
        first.GetProperty("properties").GetProperty("population").GetInt32().ShouldBe(1200);
        first.GetProperty("geometry").GetProperty("type").GetString().ShouldBe("Polygon");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("")]
    public async Task They_come_compressed_as_asked_with_a_tag_of_their_own(string coding)
    {
        using var answer = await GetAsync("/api/v1/areas?level=town", ("Accept-Encoding", coding));
        string.Join(',', answer.Content.Headers.ContentEncoding).ShouldBe(coding);
        answer.Headers.Vary.ShouldContain("Accept-Encoding");
        var body = await answer.Content.ReadAsStreamAsync(Token);
        using Stream plain = coding switch { "gzip" => new GZipStream(body, CompressionMode.Decompress), "br" => new BrotliStream(body, CompressionMode.Decompress), _ => body };
        using var json = await JsonDocument.ParseAsync(plain, cancellationToken: Token);
        json.RootElement.GetProperty("features").GetArrayLength().ShouldBe(1);

        answer.Headers.ETag!.IsWeak.ShouldBeFalse();
        using var again = await GetAsync("/api/v1/areas?level=town", ("Accept-Encoding", coding), ("If-None-Match", answer.Headers.ETag.Tag));
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        again.Headers.ETag.ShouldBe(answer.Headers.ETag);
        using var other = await GetAsync("/api/v1/areas?level=county", ("Accept-Encoding", coding), ("If-None-Match", answer.Headers.ETag.Tag));
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Days_before_the_first_version_have_no_areas()
    {
        using var answer = await GetAsync("/api/v1/areas?on=2024-12-31");
        (await JsonAsync(answer)).GetProperty("features").GetArrayLength().ShouldBe(0);
        using var on = await GetAsync("/api/v1/areas?level=grid&on=2025-01-01");
        (await JsonAsync(on)).GetProperty("features").GetArrayLength().ShouldBe(30);
    }

    [Fact]
    public async Task A_point_is_located()
    {
        var at = Grid.Polygon.InteriorPoint;
        using var answer = await GetAsync(FormattableString.Invariant($"/api/v1/areas/locate?lon={at.X}&lat={at.Y}"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var found = await JsonAsync(answer);
        found.GetProperty("grid").GetProperty("code").GetString().ShouldBe(Grid.Code);
        found.GetProperty("grid").GetProperty("name").GetString().ShouldBe(Grid.Name);
        found.GetProperty("village").GetProperty("code").GetString().ShouldBe(Grid.Code[..12]);
        found.GetProperty("town").GetProperty("code").GetString().ShouldBe(Grid.Code[..9]);
        found.GetProperty("county").GetProperty("code").GetString().ShouldBe("990101");
    }

    [Fact]
    public async Task A_point_in_a_county_but_in_no_grid_has_null_levels()
    {
        using var answer = await GetAsync("/api/v1/areas/locate?lon=110.11&lat=28.14");
        var found = await JsonAsync(answer);
        found.GetProperty("grid").ValueKind.ShouldBe(JsonValueKind.Null);
        found.GetProperty("county").GetProperty("code").GetString().ShouldBe("990101");
    }

    [Fact]
    public async Task A_point_outside_is_404()
    {
        using var answer = await GetAsync("/api/v1/areas/locate?lon=100&lat=20");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Theory]
    [InlineData("?lat=28", "lon")]
    [InlineData("?lon=110", "lat")]
    [InlineData("?lon=abc&lat=28", "lon")]
    [InlineData("?lon=110&lat=91", "lat")]
    [InlineData("?lon=NaN&lat=28", "lon")]
    [InlineData("?lon=110&lat=28&crs=x", "crs")]
    [InlineData("?lon=110&lat=28&on=20250101", "on")]
    [InlineData("?lng=110&lat=28", "lng")]
    public async Task A_bad_point_is_400_by_field(string query, string field)
    {
        using var answer = await GetAsync("/api/v1/areas/locate" + query);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await JsonAsync(answer)).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task The_page_says_what_is_in_force()
    {
        using var chinese = await GetAsync("/admin/areas?culture=zh-CN");
        WebUtility.HtmlDecode(await chinese.Content.ReadAsStringAsync(Token)).ShouldContain("现行区域");
        using var english = await GetAsync("/admin/areas?culture=en");
        (await english.Content.ReadAsStringAsync(Token)).ShouldContain("Upload boundaries");
    }

    /// <summary>Never ends, so that a server which read it would not answer.</summary>
    private sealed class EndlessStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)' ');
            return new(buffer.Length);
        }
    }
}
