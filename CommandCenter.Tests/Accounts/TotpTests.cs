using System.Globalization;
using System.Text;
using CommandCenter.Data.Accounts;
using CommandCenter.Web.Accounts;

namespace CommandCenter.Tests.Accounts;

public class TotpTests
{
    private static readonly byte[] Rfc = Encoding.ASCII.GetBytes("12345678901234567890");

    private static readonly DateTime Now = new(2026, 11, 22, 8, 0, 10, DateTimeKind.Utc);

    // RFC 6238, appendix B, SHA-1.
    [Theory]
    [InlineData("1970-01-01T00:00:59Z", "94287082")]
    [InlineData("2005-03-18T01:58:29Z", "07081804")]
    [InlineData("2005-03-18T01:58:31Z", "14050471")]
    [InlineData("2009-02-13T23:31:30Z", "89005924")]
    [InlineData("2033-05-18T03:33:20Z", "69279037")]
    [InlineData("2603-10-11T11:33:20Z", "65353130")]
    public void Codes_are_those_of_the_standard(string at, string code) =>
        Totp.Code(Rfc, Totp.StepOf(DateTime.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)), digits: 8).ShouldBe(code);

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void A_clock_may_be_half_a_minute_off_and_no_more(int seconds, bool fits) =>
        (Totp.Fits(Rfc, Totp.Code(Rfc, Totp.StepOf(Now.AddSeconds(seconds))), Now, after: null) is not null).ShouldBe(fits);

    [Fact]
    public void No_code_serves_twice_and_none_after_a_later_one()
    {
        var step = Totp.StepOf(Now);
        Totp.Fits(Rfc, Totp.Code(Rfc, step), Now, after: step).ShouldBeNull();
        Totp.Fits(Rfc, Totp.Code(Rfc, step - 1), Now, after: step).ShouldBeNull();
        Totp.Fits(Rfc, Totp.Code(Rfc, step + 1), Now, after: step).ShouldBe(step + 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("１２３４５６")]
    [InlineData("nonsense that is long")]
    public void What_is_no_code_fits_nothing(string code) => Totp.Fits(Rfc, code, Now, after: null).ShouldBeNull();

    [Fact]
    public void The_secret_is_told_as_the_standard_writes_it()
    {
        // RFC 4648, section 10.
        Totp.Base32("foobar"u8).ShouldBe("MZXW6YTBOI");
        Totp.Base32("fooba"u8).ShouldBe("MZXW6YTB");
        PageForm.FromBase32(Totp.Base32(Rfc)).ShouldBe(Rfc);
        Totp.Address("CommandCenter", "张 三", Rfc).ShouldBe("otpauth://totp/CommandCenter:%E5%BC%A0%20%E4%B8%89?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=CommandCenter");
    }

    [Fact]
    public void Recovery_codes_differ_and_may_be_typed_as_people_type()
    {
        var codes = RecoveryCode.MakeAll();

        codes.Distinct().Count().ShouldBe(RecoveryCode.Count);
        codes.ShouldAllBe(code => RecoveryCode.IsOne(code) && code.Length == 19);
        RecoveryCode.HashOf(codes[0].ToLowerInvariant().Replace('-', ' ')).ShouldBe(RecoveryCode.HashOf(codes[0]));
        RecoveryCode.IsOne("123 456").ShouldBeFalse();
    }

    [Theory]
    [InlineData("A", 1)]
    [InlineData("otpauth://totp/CommandCenter:zhang?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=CommandCenter", 6)]
    public void The_QR_code_has_its_patterns_where_they_belong(string text, int version)
    {
        var code = QrCode.Of(text);

        code.Version.ShouldBe(version);
        code.Size.ShouldBe(17 + (4 * version));
        foreach (var (x, y) in new[] { (0, 0), (code.Size - 7, 0), (0, code.Size - 7) })
        {
            Enumerable.Range(0, 7).ShouldAllBe(i => code[x + i, y] && code[x, y + i] && code[x + 6, y + i]);
            code[x + 1, y + 1].ShouldBeFalse();
            code[x + 3, y + 3].ShouldBeTrue();
        }

        Should.Throw<ArgumentException>(() => QrCode.Of(new string('x', 214)));
    }
}
