using System.Text;
using CommandCenter.Data.PoliceStatistics;

namespace CommandCenter.Tests.PoliceStatistics;

/// <summary>Tables as counties write them, read as the program guesses them.</summary>
public class StatisticFileTests
{
    private static readonly AreaNames Areas = new(new TownHistory(
    [
        new("990101", "云溪县", new DateOnly(2020, 1, 1), DateOnly.MaxValue, "0"), new("990101001", "城关街道", new DateOnly(2020, 1, 1), DateOnly.MaxValue, "1"),
        new("990101102", "东门镇", new DateOnly(2020, 1, 1), DateOnly.MaxValue, "2"),
    ]));

    [Fact]
    public void Months_as_columns_with_a_title_and_a_total() => Read(
        """
        云溪县2026年刑事警情统计表,,,
        镇街,2026年1月,2026年2月,合计
        城关,12,10,22
        东门派出所,3,"1,004","1,007"
        合计,15,1014,1029
        备注：二月含专项行动。,,,
        """,
        layout => layout with { Series = "calls/criminal" })
        .ShouldBe(
        [
            "990101 2026-01 calls/criminal 15", "990101 2026-02 calls/criminal 1014", "990101001 2026-01 calls/criminal 12", "990101001 2026-02 calls/criminal 10",
            "990101102 2026-01 calls/criminal 3", "990101102 2026-02 calls/criminal 1004",
        ]);

    [Fact]
    public void Months_without_a_year_are_those_of_the_given_one() => Read(
        """
        单位,一月,二月份
        990101001,1,2
        """,
        layout => layout with { Series = "calls" }).ShouldBe(["990101001 2026-01 calls 1", "990101001 2026-02 calls 2"]);

    [Fact]
    public void Categories_as_columns_by_day() => Read(
        """
        日期,镇街,刑事警情,盗窃,信访批次,同比
        2026-01-05,城关街道,3,1,2,-32.7%
        2026/1/6,城关街道,4,0,,1%
        """)
        .ShouldBe(
        [
            "990101001 2026-01-05 calls/criminal 3", "990101001 2026-01-05 calls//theft 1", "990101001 2026-01-05 petitionBatches 2",
            "990101001 2026-01-06 calls/criminal 4", "990101001 2026-01-06 calls//theft 0",
        ]);

    [Fact]
    public void One_figure_a_line_with_category_and_tag() => Read(
        """
        月份,镇街,类别,标签,数量
        2026-01,东门,刑事,盗窃,5
        202602,东门镇,治安,,6.50
        """).ShouldBe(["990101102 2026-01 calls/criminal/theft 5", "990101102 2026-02 calls/publicOrder 6.50"]);

    [Fact]
    public void What_is_left_out_is_none_where_the_layout_says_so() => Read(
        """
        日期,镇街,类别,数量
        2026-01-05,城关街道,刑事,3
        2026-01-07,城关街道,刑事,1
        """,
        layout => layout with { MissingIsZero = true }).ShouldBe(["990101001 2026-01-05 calls/criminal 3", "990101001 2026-01-06 calls/criminal 0", "990101001 2026-01-07 calls/criminal 1"]);

    [Fact]
    public void Everything_that_is_wrong_is_named_by_row_and_column()
    {
        var content = Content(
            """
            日期,镇街,类别,数量
            2026-13-05,城关街道,刑事,3
            2026-01-05,西门镇,刑事,3
            2026-01-05,城关街道,飞碟,3
            2026-01-05,城关街道,刑事,三
            2026-01-05,城关街道,刑事,1.23456
            2026-01-06,城关街道,刑事,3
            2026-01-06,城关街道,刑事,4
            """);

        content.Errors.First.Select(error => $"{error.Key} {error.Row} {error.Column}".TrimEnd()).ShouldBe(
            ["BadDate 2 1", "UnknownArea 3 2", "UnknownTerm 4 3", "BadFigure 5 4", "TooExact 6 4", "Twice"]);
    }

    [Fact]
    public void A_total_that_is_not_the_sum_is_told()
    {
        var content = Content("镇街,2026年1月,2026年2月,合计\n城关街道,12,10,23\n东门镇,1,1,2", layout => layout with { Series = "calls" });

        content.Errors.Count.ShouldBe(0);
        content.Notes.First.ShouldHaveSingleItem().ShouldSatisfyAllConditions(note => note.Key.ShouldBe("RowTotal"), note => note.Row.ShouldBe(2));
    }

    [Theory]
    [InlineData("刑事,数量\n1,2", "LayoutArea", "LayoutDate")]
    [InlineData("镇街,类别\n城关街道,刑事", "LayoutValue")]
    public void A_layout_that_lacks_something_says_what(string text, params string[] keys) =>
        Content(text).Errors.First.Select(error => error.Key).Intersect(keys).ShouldBe(keys);

    [Fact]
    public void A_file_without_figures_is_refused() =>
        Content("日期,镇街,类别,数量\n2026-01-05,城关街道,刑事,-").Errors.First.ShouldHaveSingleItem().Key.ShouldBe("NoFigures");

    [Fact]
    public void Next_year_s_file_is_laid_out_as_this_year_s()
    {
        string[] before = ["序号", "镇街", "2025年11月", "2025年12月", "合计"], now = ["序号", "镇街", "2026年1月", "2026年2月", "2026年3月", "合计"];
        var layout = LayoutGuess.Of([before], StatisticTerms.Defaults, 2025) with { Series = "calls/traffic" };

        StatisticLayout.HashOf(now).ShouldBe(StatisticLayout.HashOf(before));
        StatisticLayout.HashOf([.. now, "备注"]).ShouldNotBe(StatisticLayout.HashOf(before));
        var next = StatisticLayout.FromJson(layout.ToJson()).For(now);
        next.ShouldBe(LayoutGuess.Of([now], StatisticTerms.Defaults, 2025) with { Series = "calls/traffic" });
        next.Columns.Select(column => column.Date).OfType<string>().ShouldBe(["2026-01", "2026-02", "2026-03"]);
    }

    private static FileContent Content(string text, Func<StatisticLayout, StatisticLayout>? change = null)
    {
        var rows = TableFile.Read(Encoding.UTF8.GetBytes(text)).ToList();
        var layout = LayoutGuess.Of(rows, StatisticTerms.Defaults, 2026);
        return StatisticFileReader.Read(rows, change is null ? layout : change(layout), StatisticTerms.Defaults, Areas);
    }

    private static IEnumerable<string> Read(string text, Func<StatisticLayout, StatisticLayout>? change = null)
    {
        var content = Content(text, change);
        content.Errors.First.ShouldBeEmpty();
        return
            from cell in content.Draft.ByKey.OrderBy(pair => pair.Key.AreaCode, StringComparer.Ordinal).ThenBy(pair => pair.Key.Month).ToList()
            from day in Enumerable.Range(0, 32)
            let value = day == 0 ? cell.Value.Whole is { } whole ? MonthCell.ToDecimal(whole, cell.Value.Decimals) : (decimal?)null : cell.Value.Day(day)
            where value is not null
            let date = MonthNumber.First(cell.Key.Month).AddDays(Math.Max(day - 1, 0))
            orderby cell.Key.AreaCode, date
            select string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{cell.Key.AreaCode} {(day == 0 ? $"{date:yyyy-MM}" : $"{date:yyyy-MM-dd}")} {cell.Key.Series} {value}");
    }
}
