using System.Globalization;
using System.Text;
using CommandCenter.Data.PoliceStatistics;

namespace CommandCenter.Tests.PoliceStatistics;

/// <summary>Files that counties have, and files that nobody should open.</summary>
public class TableFileTests
{
    private const string Text = "镇街,2026年1月,2026年2月\n城关街道,12,\"1,234\"\n\"东\"\"门\"\"镇\",3.50,-\n";

    private static readonly string[][] Expected = [["镇街", "2026年1月", "2026年2月"], ["城关街道", "12", "1,234"], ["东\"门\"镇", "3.50", "-"]];

    public static TheoryData<string> Encodings => ["utf-8", "utf-8 with BOM", "GB18030", "utf-16"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Text_is_read_in_every_encoding_that_counties_use(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Encoding encoding = name == "utf-8 with BOM" ? new UTF8Encoding(true) : name == "utf-8" ? new UTF8Encoding(false) : Encoding.GetEncoding(name);

        Lines(TableFile.Read([.. encoding.GetPreamble(), .. encoding.GetBytes(Text)])).ShouldBe(Lines(Expected));
    }

    [Theory]
    [InlineData("a;b\n1;2\n")]
    [InlineData("a\tb\r\n1\t2")]
    [InlineData("\"a\"，b\n1，2")]
    public void Columns_are_told_apart_by_whatever_tells_them_apart(string text) =>
        Lines(TableFile.Read(Encoding.UTF8.GetBytes(text))).ShouldBe(Lines([["a", "b"], ["1", "2"]]));

    [Fact]
    public void A_quoted_cell_may_go_over_lines() =>
        Lines(TableFile.Read("a,\"b\nc\",d\n"u8.ToArray())).ShouldBe(Lines([["a", "b\nc", "d"]]));

    [Fact]
    public void A_new_workbook_is_read_with_its_days_and_decimals() =>
        Lines(TableFile.Read(NewWorkbook.Of([["日期", "镇街", "数量"], [new DateOnly(2026, 1, 15), "城关街道", 24.03], [new DateOnly(2024, 2, 29), "东门镇", 7.0]]))).ShouldBe(Lines([["日期", "镇街", "数量"], ["2026-01-15", "城关街道", "24.03"], ["2024-02-29", "东门镇", "7"]]));

    [Fact]
    public void An_old_workbook_is_read() =>
        Lines(TableFile.Read(OldWorkbook.Of([["镇街", "一月"], ["城关街道", 24.03]]))).ShouldBe(Lines([["镇街", "一月"], ["城关街道", "24.03"]]));

    [Fact]
    public void A_bomb_that_lies_about_its_size_is_not_unpacked()
    {
        var bomb = NewWorkbook.LyingBomb();
        var before = GC.GetAllocatedBytesForCurrentThread();

        TableFile.Read(bomb).Count().ShouldBe(0);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20_000_000);
    }

    public static TheoryData<string, FileFault> Bad => new()
    {
        { "empty", FileFault.Empty }, { "large", FileFault.TooLarge }, { "bomb", FileFault.UnpacksTooLarge },
        { "macros", FileFault.Macros }, { "old macros", FileFault.Macros }, { "protected", FileFault.Protected }, { "old protected", FileFault.Protected },
        { "zip", FileFault.NotATable }, { "cut", FileFault.NotATable }, { "old cut", FileFault.NotATable }, { "picture", FileFault.NotATable }, { "bytes", FileFault.NotText },
        { "open quote", FileFault.NotATable }, { "wide", FileFault.TooManyCells },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_is_no_table_is_refused_by_name_in_both_languages(string which, FileFault fault)
    {
        var content = Content(which);
        var culture = CultureInfo.CurrentUICulture;
        try
        {
            var messages = new List<string>();
            foreach (var name in new[] { "zh-CN", "en" })
            {
                CultureInfo.CurrentUICulture = new CultureInfo(name);
                var refused = Should.Throw<TableFileException>(() => TableFile.Read(content).Count());
                refused.Fault.ShouldBe(fault);
                messages.Add(refused.Message);
            }

            messages[0].ShouldNotBe(messages[1]);
        }
        finally
        {
            CultureInfo.CurrentUICulture = culture;
        }
    }

    private static byte[] Content(string which) => which switch
    {
        "empty" => [],
        "large" => new byte[100 * 1024 * 1024],
        "bomb" => NewWorkbook.Bomb(),
        "macros" => NewWorkbook.Of([["a"]], withMacros: true),
        "old macros" => OldWorkbook.Of([["a"]], otherStream: "_VBA_PROJECT_CUR"),
        "protected" => OldWorkbook.Of([["a"]], otherStream: "EncryptedPackage"),
        "old protected" => OldWorkbook.Of([["a"]], isProtected: true),
        "zip" => [.. "PK\x03\x04"u8, .. new byte[100]],
        "cut" => NewWorkbook.Of([["a", "b"]])[..^200],
        "old cut" => OldWorkbook.Of([["a"]])[..700],
        "picture" => [0x89, .. "PNG\r\n"u8, 0, 0, 0, 13],
        "bytes" => [0x81, 0x20, 0xFF, 0xFF, 0x80, 0x0A],
        "open quote" => "a,\"b\n1,2\n"u8.ToArray(),
        _ => Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 3_000))),
    };

    private static IEnumerable<string> Lines(IEnumerable<string[]> rows) => rows.Select(row => string.Join('|', row));
}
