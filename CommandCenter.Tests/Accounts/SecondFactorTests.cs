using System.Net;
using CommandCenter.Data.Accounts;

namespace CommandCenter.Tests.Accounts;

public sealed class SecondFactorTests(PeopleServer people) : IClassFixture<PeopleServer>
{
    private ServerProcess Server => people.Server;

    [Fact]
    public async Task An_administrator_without_one_is_let_in_only_to_set_it_up_and_then_needs_it()
    {
        await AccountsOf.AddAsync(Server, "root1", Role.Administrator);
        using var first = new Person(Server.Address);
        (await first.SignInAsync("root1")).ShouldBe("/");
        (await first.GetAsync("/admin/users")).Headers.Location!.OriginalString.ShouldBe("/account");
        (await first.PageAsync("/admin/users")).ShouldContain("Administrators need a second factor");

        var (secret, codes) = await TestAccess.SetSecondFactorAsync(first.Http, Person.Password);
        (await first.GetAsync("/admin/users")).StatusCode.ShouldBe(HttpStatusCode.OK);
        AccountsOf.One<string>(Server, "SELECT second_factor FROM account WHERE name = 'root1'").ShouldNotContain(Totp.Base32(secret));

        using var again = new Person(Server.Address);
        (await again.SignInAsync("root1")).ShouldBe("/sign-in/code");
        again.Cookies.GetCookies(Server.Address)["cc_session"].ShouldBeNull("no session before the code");
        (await again.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await again.CodeAsync("000000")).ShouldBe("/sign-in/code?refused=true");
        (await again.CodeAsync(Totp.Code(secret, Totp.StepOf(DateTime.UtcNow) - 1))).ShouldBe("/sign-in/code?refused=true", "a code before the one that was used");

        // The next one fits as well: clocks may be half a minute off.
        var code = Totp.Code(secret, Totp.StepOf(DateTime.UtcNow) + 1);
        (await again.CodeAsync(code)).ShouldBe("/");
        (await again.GetAsync("/admin/users")).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var thief = new Person(Server.Address);
        await thief.SignInAsync("root1");
        (await thief.CodeAsync(code)).ShouldBe("/sign-in/code?refused=true", "no code serves twice");
        (await thief.CodeAsync(codes[3].ToLowerInvariant())).ShouldBe("/");
        using var later = new Person(Server.Address);
        await later.SignInAsync("root1");
        (await later.CodeAsync(codes[3])).ShouldBe("/sign-in/code?refused=true", "nor does a recovery code");
        (await again.PageAsync("/account")).ShouldContain("9 recovery codes left");
    }

    [Fact]
    public async Task Wrong_codes_lock_as_wrong_passwords_do_and_the_first_step_alone_is_worth_nothing()
    {
        await AccountsOf.AddAsync(Server, "yue", Role.Dispatcher);
        using var yue = new Person(Server.Address);
        await yue.SignInAsync("yue");
        await TestAccess.SetSecondFactorAsync(yue.Http, Person.Password);

        using var thief = new Person(Server.Address);
        (await thief.CodeAsync("123456")).ShouldBe("/sign-in?refused=true", "there was no first step");
        await thief.SignInAsync("yue");
        for (var i = 0; i < 4; i++)
        {
            (await thief.CodeAsync("000000")).ShouldBe("/sign-in/code?refused=true");
        }

        (await thief.CodeAsync("000000")).ShouldBe("/sign-in?refused=true");
        (await thief.SignInAsync("yue")).ShouldBe("/sign-in?refused=true", "locked");
        AccountsOf.One<int>(Server, "SELECT failures FROM account WHERE name = 'yue'").ShouldBe(5);
    }
}
