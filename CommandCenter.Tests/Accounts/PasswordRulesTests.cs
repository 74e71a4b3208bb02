using CommandCenter.Data.Accounts;
using CommandCenter.Web.Accounts;
using System.Globalization;

namespace CommandCenter.Tests.Accounts;

public class PasswordRulesTests
{
    [Theory]
    [InlineData("Kf7!qd9", PasswordProblem.TooShort)]
    [InlineData("九个汉字的密码不够", PasswordProblem.TooShort)]
    [InlineData("Zhang.Wei!8842", PasswordProblem.HoldsName)]
    [InlineData("xxZHANG.WEI-77", PasswordProblem.HoldsName)]
    [InlineData("P@ssw0rd2024!", PasswordProblem.Common)]
    [InlineData("Password123456", PasswordProblem.Common)]
    [InlineData("Admin@123456", PasswordProblem.Common)]
    [InlineData("1234567890", PasswordProblem.Common)]
    [InlineData("qwertyuiop", PasswordProblem.Common)]
    [InlineData("1qaz2wsx3edc", PasswordProblem.Common)]
    [InlineData("Qwe123!@#$%", PasswordProblem.Common)]
    [InlineData("aaaaaaaaaaaaaaaaaaaa", PasswordProblem.Common)]
    [InlineData("Ab1!Ab1!Ab1!Ab1!", PasswordProblem.Common)]
    [InlineData("woaini1314520", PasswordProblem.Common)]
    [InlineData("hillockmeadow", PasswordProblem.TooPlain)]
    [InlineData("hillock72194", PasswordProblem.TooPlain)]
    public void What_others_guess_is_refused(string password, PasswordProblem why) => PasswordRules.Check(password, "zhang.wei").ShouldBe(why);

    [Theory]
    [InlineData("Hillock-7294")]
    [InlineData("correct horse battery staple")]
    [InlineData("县城东边的桥头有三棵老樟树和一口井")]
    [InlineData("樟树Hill72194")]
    [InlineData("k7mw-2xqa-9fhd-tr4z")]
    public void What_nobody_guesses_is_taken(string password) => PasswordRules.Check(password, "zhang.wei").ShouldBeNull();

    [Fact]
    public void A_password_that_was_made_keeps_the_rules_and_none_comes_twice()
    {
        var made = Enumerable.Range(0, 200).Select(_ => NewPasswords.Make()).ToList();

        made.Distinct().Count().ShouldBe(200);
        made.ShouldAllBe(password => PasswordRules.Check(password, "zhang") == null);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Each_refusal_says_what_would_be_right_in_both_languages(string culture)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            var said = Enum.GetValues<PasswordProblem>().Select(AccountText.Of).ToList();

            said.Distinct().Count().ShouldBe(said.Count);
            said.ShouldAllBe(text => text.Length > 8 && !text.Contains('{'));
            said.ShouldAllBe(text => text.Any(c => c > 0x4e00) == (culture == "zh-CN"));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void A_lock_grows_from_the_fifth_wrong_password_up_to_an_hour()
    {
        Enumerable.Range(1, 13).Select(failures => Lockout.After(failures)?.TotalMinutes)
            .ShouldBe([null, null, null, null, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
        Lockout.After(int.MaxValue)!.Value.TotalMinutes.ShouldBe(60);
    }
}
