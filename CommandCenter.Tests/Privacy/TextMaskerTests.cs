using System.Text.RegularExpressions;
using CommandCenter.Data.Privacy;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Privacy;

public partial class TextMaskerTests
{
    private static readonly string[] Words =
    [
        "电话", "联系", "居民反映", "，", "。", " ", "-", "（", "）", "：", "网格330481001003001", "20261122-00042", "3号楼2单元", "2026-11-22 08:30", "张三丰", "张先生", "张女士", "王",
        "12345", "110", "x", "X", "\n", "🏠", "0", "1", "1", "38", "*", "一百元", "119.3984", "工单2026", "86", "+86",
    ];

    private static readonly Gen<string> Mobiles =
        from second in Gen.Choose(3, 9)
        from rest in Gen.Choose(0, 9).ArrayOf(9)
        select $"1{second}{string.Concat(rest)}";

    private static readonly Gen<string> Ids =
        from county in Gen.Choose(110000, 659999)
        from day in Gen.Choose(0, 36_500)
        from order in Gen.Choose(0, 999)
        let digits = $"{county}{new DateOnly(1920, 1, 1).AddDays(day):yyyyMMdd}{order:D3}"
        select digits + IdNumber.CheckDigit(digits);

    private static readonly Gen<string> Texts =
        Gen.Frequency((6, Gen.Elements(Words)), (2, Mobiles), (2, Ids), (1, Ids.Select(FullWidth)), (1, Mobiles.Select(FullWidth)), (1, Mobiles.Select(Grouped)))
            .ListOf().Select(parts => string.Concat(parts));

    [Fact]
    public void No_mobile_and_no_identity_number_survives() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3_000),
        Prop.ForAll(Texts.ToArbitrary(), text =>
        {
            var plain = HalfWidth(TextMasker.Mask(text, "张三丰"));
            (Mobile().Match(plain).Value + Identity().Match(plain).Value).ShouldBe("", plain);
            return !Mobile().IsMatch(plain) && !Identity().IsMatch(plain) && !plain.Contains("张三丰") && !plain.Contains("张先生") && !plain.Contains("张女士");
        }));

    [Fact]
    public void Masking_again_changes_nothing() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3_000),
        Prop.ForAll(Texts.ToArbitrary(), text =>
        {
            var once = TextMasker.Mask(text, "张三丰");
            return ReferenceEquals(TextMasker.Mask(once, "张三丰"), once);
        }));

    [Fact]
    public void Text_without_people_is_the_same_string() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3_000),
        Prop.ForAll(Gen.Elements(Words.Where(word => !word.Any(char.IsDigit) && !word.Contains('张') && word != "+86").ToArray()).ListOf().Select(parts => string.Concat(parts)).ToArbitrary(), text =>
            ReferenceEquals(TextMasker.Mask(text, "张三丰"), text)));

    [Theory]
    [InlineData("消防通道被占用 20261122-00042")]
    [InlineData("网格330481001003001，2026-11-22 08:30，坐标 119.3984, 29.1925")]
    [InlineData("12345 热线转来，110 处警，3号楼2单元401室，共 1200 元，2026年11月22日")]
    [InlineData("合同编号 88886666，欠薪 20000000 元")]
    [InlineData("2026-11-22 1345678")]
    [InlineData("张贴小广告，王家村")]
    public void Figures_that_are_no_numbers_of_people_stay(string text) => TextMasker.Mask(text, "张三丰").ShouldBeSameAs(text);

    [Theory]
    [InlineData("打13812348000找我", "打138****8000找我")]
    [InlineData("+86 138 1234 8000", "+86 138 **** 8000")]
    [InlineData("8613812348000", "86138****8000")]
    [InlineData("138-1234-8000、１３８１２３４８０００", "138-****-8000、１３８****８０００")]
    [InlineData("0571-88886666", "057*-****6666")]
    [InlineData("057188886666", "057*****6666")]
    [InlineData("(0571) 8888 6666", "(057*) **** 6666")]
    [InlineData("电话：8888 6666", "电话：88** **66")]
    [InlineData("身份证11010519491231002x", "身份证110***********002x")]
    [InlineData("110105 19491231 002X", "110*** ******** 002X")]
    [InlineData("旧证 110105491231002", "旧证 110********1002")]
    [InlineData("张三丰的邻居张先生和张女士", "张**的邻居张**和张**")]
    [InlineData("1380000 1380 13912345678", "138**** 1380 139****5678")]
    public void Numbers_and_names_are_masked_however_they_are_written(string text, string masked) => TextMasker.Mask(text, "张三丰").ShouldBe(masked);

    [Fact]
    public void Long_surnames_stay_whole_and_odd_names_do_no_harm()
    {
        TextMasker.Mask("欧阳婉如说，欧阳女士来过", "欧阳婉如").ShouldBe("欧阳**说，欧阳**来过");
        TextMasker.Mask("Anna 先生", "Anna").ShouldBe("A** 先生");
        TextMasker.Mask("张先生", "张").ShouldBe("张**");
        foreach (var name in new[] { "", " ", "*", "**", "1", "\uD83C", "🏠" })
        {
            TextMasker.Mask("文 * ** 🏠", name).ShouldBe("文 * ** 🏠");
        }
    }

    [Fact]
    public void A_long_text_of_digits_is_masked_in_time()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Mobile().IsMatch(TextMasker.Mask(new string('1', 1) + string.Concat(Enumerable.Repeat("39 ", 1_300)))).ShouldBeFalse();
        Mobile().IsMatch(TextMasker.Mask(string.Concat(Enumerable.Repeat("13", 2_000)))).ShouldBeFalse();
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    private static string FullWidth(string number) => string.Concat(number.Select(c => char.IsAsciiDigit(c) ? (char)(c - '0' + '０') : c));

    private static string HalfWidth(string text) => string.Concat(text.Select(c => c is >= '０' and <= '９' ? (char)(c - '０' + '0') : c));

    private static string Grouped(string mobile) => $"{mobile[..3]} {mobile[3..7]}-{mobile[7..]}";

    [GeneratedRegex("1[3-9][0-9]{9}|(?<![0-9])1[3-9][0-9] [0-9]{4}-[0-9]{4}(?![0-9])", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Mobile();

    [GeneratedRegex("[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Identity();
}
