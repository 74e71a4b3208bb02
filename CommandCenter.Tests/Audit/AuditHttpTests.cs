using System.Net;
using System.Text;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Tests.Security;
using CommandCenter.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Tests.Audit;

/// <summary>The record over HTTP: pages of it, the file, and what refusals put into it.</summary>
public sealed class AuditHttpTests(AttackedApp app) : IClassFixture<AttackedApp>
{
    [Fact]
    public async Task An_auditor_reads_page_by_page_and_finds_by_every_field()
    {
        var log = app.Services.GetRequiredService<AuditLog>();
        for (var i = 0; i < 7; i++)
        {
            await log.AppendAsync(new AuditEntry("account:page", "areas.replaced", $"list {i}", AuditResult.Done, "10.9.8.7", null), CancellationToken.None);
        }

        using var http = app.Client(await TestAccess.SignInAsync(app.Address, Role.Auditor));
        var first = await PageAsync(http, "?subject=account:page&limit=5");
        first.GetProperty("items").GetArrayLength().ShouldBe(5);
        var rest = await PageAsync(http, $"?subject=account:page&limit=5&before={first.GetProperty("next").GetInt64()}");
        rest.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("object").GetString()).ShouldBe(["list 1", "list 0"]);
        rest.GetProperty("next").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await PageAsync(http, "?action=areas.&object=list%203&result=done&from=2020-01-01&to=2999-01-01")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await PageAsync(http, "?subject=account:page&result=refused")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("?from=yesterday", "from")]
    [InlineData("?from=2026-01-02&to=2026-01-01T00:00:00Z", "from")]
    [InlineData("?result=good", "result")]
    [InlineData("?limit=501", "limit")]
    [InlineData("?before=0", "before")]
    [InlineData("?sort=at", "sort")]
    public async Task What_makes_no_sense_is_named_by_its_field(string query, string field)
    {
        using var http = app.Client(await TestAccess.SignInAsync(app.Address, Role.Auditor));
        using var answer = await http.GetAsync(new Uri($"/api/v1/audit{query}", UriKind.Relative), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain($"\"{field}\":[");
    }

    [Fact]
    public async Task The_file_opens_in_spreadsheets_runs_no_formula_and_is_on_record_itself()
    {
        await app.Services.GetRequiredService<AuditLog>().AppendAsync(
            new AuditEntry("=HYPERLINK(\"http://x\")", "areas.replaced", "+1", AuditResult.Done, "@a", "-2,\"x\""), CancellationToken.None);
        using var http = app.Client(await TestAccess.SignInAsync(app.Address, Role.Auditor));

        using var answer = await http.GetAsync(new Uri("/api/v1/audit/export?action=areas.replaced&culture=en", UriKind.Relative), TestContext.Current.CancellationToken);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentDisposition!.FileName.ShouldStartWith("audit-");
        bytes[..3].ShouldBe(Encoding.UTF8.Preamble.ToArray());
        var lines = Encoding.UTF8.GetString(bytes).Split("\r\n");
        lines[0].ShouldEndWith("No.,Time,Subject,Action,Code,Object,Result,Times,Address,Detail,Hash");
        lines.ShouldContain(line => line.Contains(",\"'=HYPERLINK(\"\"http://x\"\")\",Areas replaced,areas.replaced,'+1,done,1,'@a,\"'-2,\"\"x\"\"\",", StringComparison.Ordinal));
        var record = await PageAsync(http, "?action=audit.exported&limit=1");
        record.GetProperty("items")[0].GetProperty("object").GetString().ShouldBe("?action=areas.replaced&culture=en");
        record.GetProperty("items")[0].GetProperty("subject").GetString().ShouldStartWith("account:");
        record.GetProperty("items")[0].GetProperty("address").GetString().ShouldBe("127.0.0.1");
    }

    [Theory]
    [InlineData("=1", "'=1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a=1", "a=1")]
    [InlineData("a,\"b\"\n", "\"a,\"\"b\"\"\n\"")]
    [InlineData(null, "")]
    public void A_cell_is_text_whatever_it_begins_with(string? text, string cell) => CsvFile.Cell(text).ShouldBe(cell);

    [Fact]
    public async Task Who_was_refused_what_is_on_record_and_a_browser_that_is_led_to_sign_in_is_not()
    {
        using var viewer = app.Client(await TestAccess.SignInAsync(app.Address, Role.Viewer));
        using var nobody = app.Client([]);
        using var auditor = app.Client(await TestAccess.SignInAsync(app.Address, Role.Auditor));

        (await nobody.GetAsync(new Uri("/admin/health", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await viewer.GetAsync(new Uri("/admin/audit?x=secret", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await nobody.GetAsync(new Uri("/api/v1/units", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var rows = (await PageAsync(auditor, "?action=access.refused")).GetProperty("items").EnumerateArray()
            .Select(row => (row.GetProperty("subject").GetString()!.Split('-')[0], row.GetProperty("object").GetString())).ToList();
        rows.ShouldContain(("account:test", "GET /admin/audit"));
        rows.ShouldContain(("nobody", "GET /api/v1/units"));
        rows.ShouldNotContain(("nobody", "GET /admin/health"));
    }

    private static async Task<System.Text.Json.JsonElement> PageAsync(HttpClient http, string query)
    {
        var text = await http.GetStringAsync(new Uri($"/api/v1/audit{query}", UriKind.Relative), TestContext.Current.CancellationToken);
        return System.Text.Json.JsonDocument.Parse(text).RootElement;
    }
}
