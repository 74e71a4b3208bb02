using System.Net;
using System.Text;
using System.Text.Json;
using CommandCenter.Data.Accounts;
using CommandCenter.Tests.Browser;
using CommandCenter.Tests.Incidents;

namespace CommandCenter.Tests.Privacy;

public sealed class PersonHttpTests : IAsyncLifetime
{
    private const string Report =
        """{"source":"12345","category":"0401","title":"李小明说楼道堵塞，电话13812345678","reporter":{"name":"李小明","phone":"138 1234 5678"},"address":"云溪县城关街道东门路 8 号 3 栋","gridCode":"990101001001001"}""";

    private WallApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        _app = WallApp.Start();
        using var areas = new StringContent(RunningProgram.SmallCounty(), Encoding.UTF8, "application/geo+json");
        (await _app.Http.PutAsync(new Uri("/api/v1/areas", UriKind.Relative), areas)).EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_dispatcher_sees_who_reported_one_by_one_and_each_look_is_on_record()
    {
        using var program = new Api(_app.Address);
        var id = (await program.ReportAsync(Report)).ShouldBe(HttpStatusCode.Created).Id;
        using var dispatcher = await SignedInAsync(Role.Dispatcher);

        var list = await dispatcher.GetStringAsync(new Uri("/api/v1/incidents", UriKind.Relative), TestContext.Current.CancellationToken);
        var detail = await dispatcher.GetStringAsync(new Uri($"/api/v1/incidents/{id}", UriKind.Relative), TestContext.Current.CancellationToken);

        list.ShouldNotContain("小明");
        list.ShouldNotContain("东门路");
        detail.ShouldContain("李小明");
        detail.ShouldContain("138 1234 5678");
        detail.ShouldContain("东门路 8 号");
        (await program.GetAsync($"/api/v1/incidents/{id}")).Text.ShouldNotContain("小明");
        var record = await RecordAsync("person.viewed");
        record.ShouldHaveSingleItem().GetProperty("subject").GetString()!.ShouldStartWith("account:test-");
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Leader)]
    public async Task Whoever_does_not_handle_incidents_sees_nobody(Role role)
    {
        using var program = new Api(_app.Address);
        var id = (await program.ReportAsync(Report)).Id;
        using var reader = await SignedInAsync(role);

        var detail = await reader.GetStringAsync(new Uri($"/api/v1/incidents/{id}", UriKind.Relative), TestContext.Current.CancellationToken);

        detail.ShouldNotContain("小明");
        detail.ShouldNotContain("138 1234");
        detail.ShouldNotContain("13812345678");
        detail.ShouldContain("李**");
        detail.ShouldContain("138****5678");
        (await RecordAsync("person.viewed")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_person_is_found_by_phone_however_it_is_written_and_nobody_else_may_search()
    {
        using var program = new Api(_app.Address);
        var id = (await program.ReportAsync(Report)).Id;

        var found = await PostAsync(Role.Dispatcher, "/api/v1/incidents/search", """{"phone":"+86 138-1234-5678"}""");

        found.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetInt64().ShouldBe(id);
        found.GetRawText().ShouldNotContain("小明");
        (await PostAsync(Role.Dispatcher, "/api/v1/incidents/search", "{}", HttpStatusCode.BadRequest)).GetRawText().ShouldContain("身份证号");
        await PostAsync(Role.Leader, "/api/v1/incidents/search", """{"name":"李小明"}""", HttpStatusCode.Forbidden);
        (await program.PostAsync("/api/v1/incidents/search", """{"name":"李小明"}""")).ShouldBe(HttpStatusCode.Forbidden);
        (await RecordAsync("person.searched")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task One_persons_data_is_exported_and_what_is_closed_erased_on_request()
    {
        using var program = new Api(_app.Address);
        var (closed, open) = ((await program.ReportAsync(Report)).Id, (await program.ReportAsync(Report)).Id);
        foreach (var status in new[] { "accepted", "inProgress", "closed" })
        {
            (await program.PostAsync($"/api/v1/incidents/{closed}/status", $$"""{"status":"{{status}}"}""")).ShouldBe(HttpStatusCode.OK);
        }

        var exported = await PostAsync(Role.Administrator, "/api/v1/privacy/export", """{"name":"李小明"}""");
        var erased = await PostAsync(Role.Administrator, "/api/v1/privacy/erase", """{"name":"李小明"}""");
        var left = await PostAsync(Role.Administrator, "/api/v1/privacy/export", """{"phone":"13812345678"}""");

        exported.GetProperty("incidents").GetArrayLength().ShouldBe(2);
        exported.GetRawText().ShouldContain("李小明");
        (erased.GetProperty("erased").GetArrayLength(), erased.GetProperty("open").GetArrayLength()).ShouldBe((1, 1));
        left.GetProperty("incidents").EnumerateArray().ShouldHaveSingleItem().GetProperty("incident").GetProperty("id").GetInt64().ShouldBe(open);
        await PostAsync(Role.Dispatcher, "/api/v1/privacy/erase", """{"name":"李小明"}""", HttpStatusCode.Forbidden);
        (await RecordAsync("person.exported")).Count.ShouldBe(2);
        (await RecordAsync("person.erased")).ShouldHaveSingleItem();
    }

    private async Task<HttpClient> SignedInAsync(Role role)
    {
        var cookies = new CookieContainer();
        foreach (var cookie in await TestAccess.SignInAsync(_app.Address, role))
        {
            cookies.Add(cookie);
        }

        return new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = _app.Address };
    }

    // As a page does it, with the page's token.
    private async Task<JsonElement> PostAsync(Role role, string path, string body, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var http = await SignedInAsync(role);
        var token = await TestAccess.TokenAsync(http);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("RequestVerificationToken", token);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(status, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task<IReadOnlyList<JsonElement>> RecordAsync(string action)
    {
        using var auditor = await SignedInAsync(Role.Auditor);
        var answer = JsonDocument.Parse(await auditor.GetStringAsync(new Uri($"/api/v1/audit?action={action}", UriKind.Relative), TestContext.Current.CancellationToken));
        return [.. answer.RootElement.GetProperty("items").EnumerateArray()];
    }
}
