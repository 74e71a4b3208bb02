using System.Net;
using System.Text;
using System.Text.Json;
using CommandCenter.Tests.Incidents;

namespace CommandCenter.Tests.PoliceStatistics;

/// <summary>Files of statistics over HTTP: looked at, mapped, taken whole or not at all.</summary>
[Collection(nameof(RunningProgram))]
public class StatisticFileHttpTests(RunningProgram program)
{
    private const string Path = "/api/v1/statistics/file";

    private async Task<Answer> SendAsync(byte[] file, string name = "统计.xlsx", string query = "", string? layout = null, string? language = "en", string asOf = "2012-03-01")
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", name }, { new StringContent("公安局"), "source" }, { new StringContent(asOf), "asOf" } };
        if (layout is not null)
        {
            form.Add(new StringContent(layout), "layout");
        }

        return await program.Api.SendAsync(HttpMethod.Post, Path + query, form, language, asksFirst: file.Length > 1_000_000);
    }

    private async Task<string> ValueAsync(string period, string series) =>
        (await program.Api.GetAsync($"/api/v1/statistics/figures?area=990101001&period={period}&series={series}")).Json
            .GetProperty("rows")[0].GetProperty("figures")[0].GetProperty("amount").GetProperty("value").GetRawText();

    [Fact]
    public async Task A_workbook_is_looked_at_then_mapped_then_taken_and_the_mapping_is_known_the_next_time()
    {
        var file = NewWorkbook.Of([["镇街", "2012年1月", "2012年2月"], ["城关", 12.0, 10.0]]);

        var seen = (await SendAsync(file, query: "?dryRun=true")).ShouldBe(HttpStatusCode.OK).Json;
        (await ValueAsync("2012-01", "calls/traffic")).ShouldBe("null");
        var layout = seen.GetProperty("layout").GetRawText().Replace("\"series\":\"calls\"", "\"series\":\"calls/traffic\"", StringComparison.Ordinal);
        var taken = (await SendAsync(file, layout: layout)).ShouldBe(HttpStatusCode.Created).Json;
        var again = (await SendAsync(file)).ShouldBe(HttpStatusCode.OK).Json;
        var next = (await SendAsync(NewWorkbook.Of([["镇街", "2013年1月", "2013年2月", "2013年3月"], ["城关", 1.0, 2.0, 3.0]]), query: "?dryRun=true")).Json;

        (seen.GetProperty("layoutFrom").GetString(), seen.GetProperty("version").ValueKind, seen.GetProperty("figures").GetProperty("new").GetInt32()).ShouldBe(("guessed", JsonValueKind.Null, 2));
        seen.GetProperty("head")[1].EnumerateArray().Select(cell => cell.GetString()).ShouldBe(["城关", "12", "10"]);
        taken.GetProperty("layoutFrom").GetString().ShouldBe("given");
        (await ValueAsync("2012-01", "calls/traffic")).ShouldBe("12");
        (again.GetProperty("layoutFrom").GetString(), again.GetProperty("version").GetInt64()).ShouldBe(("remembered", taken.GetProperty("version").GetInt64()));
        (next.GetProperty("layoutFrom").GetString(), next.GetProperty("layout").GetProperty("series").GetString(), next.GetProperty("figures").GetProperty("figures").GetInt32()).ShouldBe(("remembered", "calls/traffic", 3));
    }

    [Fact]
    public async Task One_bad_cell_keeps_the_whole_file_out_and_is_named_with_its_row()
    {
        var file = Encoding.UTF8.GetBytes("日期,镇街,盗窃\n2011-01-05,城关街道,3\n2011-01-06,火星镇,4\n2011-01-07,城关街道,很多\n");

        var refused = (await SendAsync(file, "x.csv")).ShouldBe(HttpStatusCode.UnprocessableEntity).Json;

        refused.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("kind").GetString()} {error.GetProperty("row").GetInt32()} {error.GetProperty("column").GetInt32()}")
            .ShouldBe(["UnknownArea 3 2", "BadFigure 4 3"]);
        refused.GetProperty("figures").ValueKind.ShouldBe(JsonValueKind.Null);
        (await ValueAsync("2011-01-05", "calls//theft")).ShouldBe("null");
    }

    [Fact]
    public async Task What_is_suspicious_in_a_file_is_taken_only_when_that_is_meant_and_what_it_changes_is_told()
    {
        static byte[] File(int fires) => Encoding.UTF8.GetBytes($"日期,镇街,火警\n2010-01-05,城关街道,{fires}\n");
        (await SendAsync(File(3), "x.csv", asOf: "2010-01-06")).ShouldBe(HttpStatusCode.Created);

        var refused = (await SendAsync(File(-3), "x.csv", asOf: "2010-01-07")).ShouldBe(HttpStatusCode.UnprocessableEntity).Json;
        (await ValueAsync("2010-01-05", "calls//fire")).ShouldBe("3");
        (await SendAsync(File(-3), "x.csv", "?acceptSuspicious=true", asOf: "2010-01-07")).ShouldBe(HttpStatusCode.Created);

        refused.GetProperty("figures").GetProperty("suspicious")[0].GetProperty("kind").GetString().ShouldBe("Negative");
        var change = refused.GetProperty("changes")[0];
        (change.GetProperty("seriesName").GetString(), change.GetProperty("areaName").GetString(), change.GetProperty("before").GetDecimal(), change.GetProperty("after").GetDecimal())
            .ShouldBe(("Fires", "城关街道", 3m, -3m));
        (await ValueAsync("2010-01-05", "calls//fire")).ShouldBe("-3");
    }

    public static readonly TheoryData<string, HttpStatusCode, string> Unreadable = new()
    {
        { "empty", HttpStatusCode.BadRequest, "The file is empty" },
        { "noise", HttpStatusCode.UnprocessableEntity, "This is no .xlsx" },
        { "cut", HttpStatusCode.UnprocessableEntity, "This is no .xlsx" },
        { "password", HttpStatusCode.UnprocessableEntity, "The file needs a password." },
        { "macros", HttpStatusCode.UnprocessableEntity, "The file has macros" },
        { "bomb", HttpStatusCode.RequestEntityTooLarge, "unpacks to far more" },
        { "lyingBomb", HttpStatusCode.BadRequest, "its first sheet is" }, // unpacked as far as it says, which is nothing
        { "large", HttpStatusCode.RequestEntityTooLarge, "larger than 64 MB" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task A_file_that_can_t_be_read_gets_an_answer_that_says_why_and_what_to_do(string kind, HttpStatusCode status, string says)
    {
        byte[] Workbook() => NewWorkbook.Of([["镇街", "2012年1月"], ["城关", 12.0]]);
        var file = kind switch
        {
            "empty" => [],
            "noise" => [0x50, 0x4B, 3, 4, 1, 2, 3, 4, 5],
            "cut" => Workbook()[..600],
            "password" => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. Encoding.Unicode.GetBytes("EncryptedPackage")],
            "macros" => NewWorkbook.Of([["镇街"]], withMacros: true),
            "bomb" => NewWorkbook.Bomb(),
            "lyingBomb" => NewWorkbook.LyingBomb(),
            _ => new byte[100 * 1024 * 1024],
        };

        var answer = (await SendAsync(file)).ShouldBe(status);

        answer.Json.GetProperty("title").GetString()!.ShouldContain(says);
        answer.Json.GetProperty("detail").GetString().ShouldBe("Nothing was taken; the figures are as they were.");
        (await program.Api.GetAsync("/api/v1/statistics/versions?limit=1")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_form_with_anything_wrong_is_refused_and_all_of_it_is_named()
    {
        using var wrong = new MultipartFormDataContent
        {
            { new ByteArrayContent("x"u8.ToArray()), "file", "x.csv" }, { new StringContent("31.10.2026"), "asOf" }, { new StringContent("{\"columns\":[{\"index\":-1}]}"), "layout" }, { new StringContent("?"), "who" },
        };
        using var without = new MultipartFormDataContent { { new StringContent("公安局"), "source" } };

        (await program.Api.SendAsync(HttpMethod.Post, Path, wrong)).ShouldName("asOf", "layout", "source", "who");
        (await program.Api.SendAsync(HttpMethod.Post, Path, without)).ShouldName("file");
        (await program.Api.PostAsync(Path, "{}")).ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await program.Api.PostAsync(Path, "--x\r\nbroken", "multipart/form-data; boundary=x")).ShouldBe(HttpStatusCode.BadRequest);
    }
}
