using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Grids;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Tests.Incidents;

namespace CommandCenter.Tests.Disputes;

/// <summary>Files of disputes, as counties keep them.</summary>
public class DisputeFileTests
{
    private static readonly DateTime Now = new(2026, 11, 22, 4, 0, 0, DateTimeKind.Utc);

    private static DisputeFileContent Read(string csv, Encoding? encoding = null) =>
        new DisputeFileReader(Sight.OfTheProgram, "judicial", AreaIndex.Empty, Now).Read((encoding ?? Encoding.UTF8).GetBytes(csv));

    [Fact]
    public void Rows_are_read_under_Chinese_headings_in_any_order_below_a_title()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        const string Csv = """
            城关镇矛盾纠纷台账,,,,,,
            标题,纠纷类别,登记日期,风险等级,风险理由,申请人,被申请人电话,备注
            宅基地边界,房屋宅基地,2026/1/5,橙,曾动手,李小明,13812345678,无
            欠薪,10,2026年3月1日,,,,,
            ,,,,,,,
            """;
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.GetEncoding("GB18030") })
        {
            var content = Read(Csv, encoding);

            (content.BadRows, content.Drafts.Count).ShouldBe((0, 2));
            content.Unknown.ShouldBe(["备注"]);
            var first = content.Drafts[0];
            (first.Category, first.Title, first.Risk, first.RiskReason, first.RegisteredAt).ShouldBe(("03", "宅基地边界", DisputeRisk.Orange, "曾动手", new DateTime(2026, 1, 4, 16, 0, 0, DateTimeKind.Utc)));
            first.Parties.ShouldBe([new(PartyRole.Applicant, "李小明", null, null, null), new(PartyRole.Respondent, null, "13812345678", null, null)]);
            (content.Drafts[1].Category, content.Drafts[1].Scale).ShouldBe(("10", DisputeScale.Individual));
        }
    }

    [Fact]
    public void Each_row_that_is_wrong_is_named_with_its_columns()
    {
        var content = Read("标题,类别,登记日期,涉及人数,申请人证件号\n好,02,2026-01-01,3,\n,魔法,2126-01-01,很多,123\n");

        (content.Drafts.Count, content.BadRows).ShouldBe((1, 1));
        var row = content.Errors.ShouldHaveSingleItem();
        row.Row.ShouldBe(3);
        row.Errors.Keys.Order(StringComparer.Ordinal).ShouldBe(new[] { "标题", "类别", "登记日期", "涉及人数", "申请人证件号" }.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("a,b\n1,2\n", FileFault.NotATable)]
    [InlineData("标题,类别\n", FileFault.Empty)]
    [InlineData("", FileFault.Empty)]
    public void What_is_no_file_of_disputes_is_refused(string csv, FileFault fault) => Should.Throw<TableFileException>(() => Read(csv)).Fault.ShouldBe(fault);

    [Fact]
    public void Every_heading_of_the_template_is_understood_in_both_languages_and_means_one_column()
    {
        foreach (var column in DisputeColumns.All)
        {
            (DisputeColumns.Find(column.NameZh), DisputeColumns.Find(column.NameEn)).ShouldBe((column, column));
        }
    }
}

/// <summary>Files over HTTP.</summary>
[Collection(nameof(RunningProgram))]
public sealed class DisputeImportTests(RunningProgram program)
{
    private async Task<Answer> ImportAsync(string csv, string query = "", string source = "judicial")
    {
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes(csv));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var form = new MultipartFormDataContent { { file, "file", "台账.csv" }, { new StringContent(source), "source" } };
        return await program.Api.SendAsync(HttpMethod.Post, $"/api/v1/disputes/import{query}", form);
    }

    [Fact]
    public async Task A_file_is_taken_whole_or_not_at_all_and_again_changes_nothing()
    {
        var (one, two) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString("N"));
        var bad = await ImportAsync($"编号,标题,类别,区域\n{one},漏水,邻里,城关街道\n{two},,02,\n");
        var dry = await ImportAsync($"编号,标题,类别,区域\n{one},漏水,邻里,城关街道\n", "?dryRun=true");
        var good = await ImportAsync($"编号,标题,类别,区域\n{one},漏水,邻里,城关街道\n{two},噪声,02,\n");
        var again = await ImportAsync($"编号,标题,类别,区域\n{one},漏水,邻里,城关街道\n{two},噪声,02,\n");

        bad.ShouldBe(HttpStatusCode.UnprocessableEntity).Json.GetProperty("errors")[0].GetProperty("row").GetInt32().ShouldBe(3);
        (dry.ShouldBe(HttpStatusCode.OK).Json.GetProperty("rows").GetInt32(), dry.Json.GetProperty("taken").GetInt32()).ShouldBe((1, 0));
        good.ShouldBe(HttpStatusCode.OK).Json.GetProperty("taken").GetInt32().ShouldBe(2, "Nothing of the bad file and of the dry run was kept.");
        (again.Json.GetProperty("taken").GetInt32(), again.Json.GetProperty("known").GetInt32()).ShouldBe((0, 2));
        (await program.Api.GetAsync("/api/v1/disputes?area=990101001&limit=500")).Json.GetProperty("items").EnumerateArray()
            .Count(item => item.GetProperty("externalId").GetString() == one).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_no_form_no_table_or_of_no_source_is_refused()
    {
        (await program.Api.PostAsync("/api/v1/disputes/import", "{}")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await ImportAsync("a,b\n1,2\n")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ImportAsync("标题,类别\n漏水,02\n", source: "司法局")).ShouldName("source");
        (await program.Api.GetAsync("/api/v1/disputes/import/template", "en")).ShouldBe(HttpStatusCode.OK).Text.ShouldContain("Applicant's phone");
    }
}
