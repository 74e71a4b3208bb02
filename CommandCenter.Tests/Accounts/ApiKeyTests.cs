using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CommandCenter.Data.Accounts;
using CommandCenter.Tests.Browser;
using CommandCenter.Web.Access;
using CommandCenter.Web.Demo;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Tests.Accounts;

/// <summary>What an API key opens, and what it does not, over HTTP on a running server.</summary>
public sealed class ApiKeyTests : IAsyncDisposable
{
    private static readonly Uri Incidents = new("/api/v1/incidents", UriKind.Relative);
    private static readonly Uri AreasAddress = new("/api/v1/areas", UriKind.Relative);

    private readonly WallApp _app = WallApp.Start();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ApiKeyChanges Changes => _app.Services.GetRequiredService<ApiKeyChanges>();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task An_unknown_key_or_none_or_one_in_the_address_is_answered_401()
    {
        using var none = new HttpClient { BaseAddress = _app.Address };
        (await none.GetAsync(Incidents, Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var (_, secret) = await MakeAsync(KeyScopes.Read);
        foreach (var name in new[] { "X-Api-Key", "api_key", "apikey", "key", "access_token" })
        {
            (await none.GetAsync(new Uri($"/api/v1/incidents?{name}={secret}", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, name);
        }

        using var unknown = Client(ApiKeyStore.Prefix + new string('0', 64));
        var answer = await unknown.GetAsync(Incidents, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await Client(secret).GetAsync(Incidents, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_within_two_seconds_and_an_expired_one_at_once()
    {
        var (key, secret) = await MakeAsync(KeyScopes.Read);
        using var program = Client(secret);
        (await program.GetAsync(Incidents, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Changes.RevokeAsync(key.Id, "test", address: null, Stop);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while ((await program.GetAsync(Incidents, Stop)).StatusCode != HttpStatusCode.Unauthorized)
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
            await Task.Delay(20, Stop);
        }

        var (_, brief) = await MakeAsync(KeyScopes.Read, lifetime: TimeSpan.FromMilliseconds(1));
        (await Client(brief).GetAsync(Incidents, Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_does_what_its_scope_source_and_area_say()
    {
        await Bring.CountyAsync(_app.Http);
        var (towns, grids) = (DemoCounty.Instance.Towns, DemoCounty.Instance.Grids);
        var (_, read) = await MakeAsync(KeyScopes.Read);
        (await Client(read).PostAsJsonAsync(Incidents, Report("a", grids[0]), Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var (_, intake) = await MakeAsync(KeyScopes.Intake, source: "12345");
        (await Client(intake).GetAsync(Incidents, Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Client(intake).PostAsJsonAsync(Incidents, Report("110", grids[0]), Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Client(intake).PostAsJsonAsync(Incidents, Report("12345", grids[0]), Stop)).IsSuccessStatusCode.ShouldBeTrue();

        var (_, town) = await MakeAsync(KeyScopes.Intake, area: towns[0].Code);
        var outside = grids.First(grid => !grid.Code.StartsWith(towns[0].Code, StringComparison.Ordinal));
        var inside = grids.First(grid => grid.Code.StartsWith(towns[0].Code, StringComparison.Ordinal));
        (await Client(town).PostAsJsonAsync(Incidents, Report("a", outside), Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Client(town).PostAsJsonAsync(Incidents, Report("a", inside), Stop)).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task A_key_of_a_town_uploads_only_what_lies_inside_it()
    {
        await Bring.CountyAsync(_app.Http);
        var town = DemoCounty.Instance.Towns[0];
        using var file = new MemoryStream();
        await DemoCounty.Instance.AreasGeoJson().CopyToAsync(file, Stop);
        var (_, secret) = await MakeAsync(KeyScopes.Areas, area: town.Code);

        var refused = await PutAsync(secret, file.ToArray(), "");
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var taken = await PutAsync(secret, file.ToArray(), "?partial=true");
        taken.Status.ShouldBe(HttpStatusCode.OK, taken.Body);
        using var report = JsonDocument.Parse(taken.Body);
        var below = DemoCounty.Instance.Areas.Count(area => area.Code.StartsWith(town.Code, StringComparison.Ordinal)) - 1;
        report.RootElement.GetProperty("taken").GetInt32().ShouldBe(below);
        taken.Body.ShouldContain("不在本密钥的区域");
        taken.Body.ShouldContain("does not lie inside");
        report.RootElement.GetProperty("retiredTotal").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_key_that_asks_too_often_is_answered_429_and_when_to_come_back()
    {
        var (_, secret) = await MakeAsync(KeyScopes.Read, rate: 2);
        using var program = Client(secret);
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 12; i++)
        {
            answers.Add(await program.GetAsync(Incidents, Stop));
        }

        answers[0].StatusCode.ShouldBe(HttpStatusCode.OK);
        var late = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        late.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        late.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        await Task.Delay(late.Headers.RetryAfter.Delta!.Value, Stop);
        (await program.GetAsync(Incidents, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task When_a_key_was_last_used_is_written_down()
    {
        var (key, secret) = await MakeAsync(KeyScopes.Read);
        await Client(secret).GetAsync(Incidents, Stop);
        await _app.Services.GetRequiredService<AccessDirectory>().WriteDownAsync(Stop);

        var stored = await _app.Services.GetRequiredService<ApiKeyStore>().ListAsync(Stop);
        stored.Single(one => one.Id == key.Id).LastUsedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_api_document_says_what_each_operation_asks_for()
    {
        using var document = JsonDocument.Parse(await _app.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Stop));
        document.RootElement.GetProperty("components").GetProperty("securitySchemes").GetProperty("ApiKey").GetProperty("name").GetString().ShouldBe("X-Api-Key");
        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject().Where(path => path.Name.StartsWith("/api", StringComparison.Ordinal)))
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                operation.Value.TryGetProperty("security", out _).ShouldBeTrue($"{operation.Name} {path.Name}");
                operation.Value.GetProperty("responses").TryGetProperty("429", out _).ShouldBeTrue($"{operation.Name} {path.Name}");
            }
        }

        document.RootElement.GetProperty("paths").GetProperty("/api/v1/incidents").GetProperty("post").GetProperty("security")[0].GetProperty("ApiKey")[0].GetString().ShouldBe("intake");
    }

    private static object Report(string source, DemoArea grid) => new
    {
        source,
        category = "0401",
        title = "占用消防通道",
        gridCode = grid.Code,
        lon = grid.Ring.Average(point => point.Lon),
        lat = grid.Ring.Average(point => point.Lat),
    };

    private async Task<(ApiKey Key, string Secret)> MakeAsync(
        KeyScopes scopes, string? area = null, string? source = null, int? rate = null, TimeSpan? lifetime = null) =>
        (await Changes.AddAsync(new ApiKeyTerms($"test {Guid.NewGuid():N}", scopes, area, source, rate, lifetime), "test", address: null, Stop))!.Value;

    private HttpClient Client(string secret)
    {
        var http = new HttpClient { BaseAddress = _app.Address };
        http.DefaultRequestHeaders.Add(TestAccess.KeyHeader, secret);
        return http;
    }

    private async Task<(HttpStatusCode Status, string Body)> PutAsync(string secret, byte[] file, string query)
    {
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new("application/geo+json");
        using var answer = await Client(secret).PutAsync(new Uri(AreasAddress.OriginalString + query, UriKind.Relative), content, Stop);
        return (answer.StatusCode, System.Text.RegularExpressions.Regex.Unescape(Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(Stop))));
    }
}
