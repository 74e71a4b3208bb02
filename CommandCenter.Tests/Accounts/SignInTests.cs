using System.Diagnostics;
using System.Net;
using CommandCenter.Data.Accounts;

namespace CommandCenter.Tests.Accounts;

/// <summary>Signing in and out of a running server, as people without scripts do.</summary>
public sealed class SignInTests(PeopleServer people) : IClassFixture<PeopleServer>
{
    private const string Refused = "/sign-in?refused=true";

    private ServerProcess Server => people.Server;

    [Fact]
    public async Task A_person_signs_in_sees_what_is_theirs_and_signs_out()
    {
        await AccountsOf.AddAsync(Server, "lin", Role.Viewer);
        using var lin = new Person(Server.Address);
        (await lin.GetAsync("/account")).Headers.Location!.OriginalString.ShouldBe("/sign-in?returnUrl=%2Faccount");

        (await lin.SignInAsync(" LIN ")).ShouldBe("/");
        (await lin.PageAsync("/account")).ShouldContain("<dd>lin</dd>");
        (await lin.GetAsync("/admin/users")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var cookie = lin.Cookies.GetCookies(Server.Address)["cc_session"]!;
        cookie.HttpOnly.ShouldBeTrue();

        await lin.SignOutAsync();
        lin.Cookies.Add(new Cookie(cookie.Name, cookie.Value, "/", cookie.Domain));
        (await lin.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect, "what was signed out is worth nothing, wherever it was copied");
        AccountsOf.All<string>(Server, "SELECT action FROM audit_log WHERE subject = 'account:lin' AND action LIKE 'session.%' ORDER BY sequence").ShouldBe(["session.begin", "session.end"]);
    }

    [Fact]
    public async Task Whoever_is_refused_is_not_told_why()
    {
        await AccountsOf.AddAsync(Server, "gone");
        AccountsOf.Change(Server, "UPDATE account SET disabled_at = '2026-01-01T00:00:00.000Z' WHERE name = 'gone'");
        await AccountsOf.AddAsync(Server, "shut");
        AccountsOf.Change(Server, "UPDATE account SET locked_until = '2999-01-01T00:00:00.000Z' WHERE name = 'shut'");
        await AccountsOf.AddAsync(Server, "there");
        using var person = new Person(Server.Address);

        (await person.SignInAsync("nobody-has-this-name")).ShouldBe(Refused);
        (await person.SignInAsync("there", "wrong")).ShouldBe(Refused);
        (await person.SignInAsync("gone")).ShouldBe(Refused);
        (await person.SignInAsync("shut")).ShouldBe(Refused);
        (await person.SignInAsync(new string('x', 5000), new string('y', 5000))).ShouldBe(Refused);
        (await person.SignInAsync("' OR 1=1 --", "x")).ShouldBe(Refused);
        person.Cookies.GetCookies(Server.Address)["cc_session"].ShouldBeNull();
    }

    [Fact]
    public async Task A_name_that_is_not_there_takes_as_long_as_one_that_is()
    {
        for (var i = 0; i < 4; i++)
        {
            await AccountsOf.AddAsync(Server, $"timed{i}");
        }

        using var person = new Person(Server.Address);
        await person.SignInAsync("timed0", "warm-up");
        var (known, unknown) = (new List<double>(), new List<double>());
        for (var i = 0; i < 12; i++)
        {
            known.Add(await TimedAsync($"timed{i % 4}"));
            unknown.Add(await TimedAsync($"missing{i}"));
        }

        var (a, b) = (Median(known), Median(unknown));
        Math.Max(a, b).ShouldBeLessThan(1.5 * Math.Min(a, b), $"known {a:0} ms, unknown {b:0} ms");

        async Task<double> TimedAsync(string name)
        {
            var clock = Stopwatch.StartNew();
            (await person.SignInAsync(name, "wrong-password")).ShouldBe(Refused);
            return clock.Elapsed.TotalMilliseconds;
        }

        static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
    }

    [Fact]
    public async Task The_fifth_wrong_password_locks_for_a_minute_and_the_next_ones_for_longer()
    {
        await AccountsOf.AddAsync(Server, "chen");
        using var person = new Person(Server.Address);
        for (var i = 0; i < 4; i++)
        {
            await person.SignInAsync("chen", "wrong");
        }

        AccountsOf.One<string?>(Server, "SELECT locked_until FROM account WHERE name = 'chen'").ShouldBeNull();
        await person.SignInAsync("chen", "wrong");
        Locked().ShouldBeInRange(0.5, 1);
        (await person.SignInAsync("chen")).ShouldBe(Refused, "the right password waits too");
        AccountsOf.One<int>(Server, "SELECT failures FROM account WHERE name = 'chen'").ShouldBe(5, "trying while it is locked does not lengthen it");

        Reopen();
        await person.SignInAsync("chen", "wrong");
        Locked().ShouldBeInRange(1.5, 2);
        Reopen();
        (await person.SignInAsync("chen")).ShouldBe("/");
        AccountsOf.One<int>(Server, "SELECT failures FROM account WHERE name = 'chen'").ShouldBe(0);
        AccountsOf.All<string>(Server, "SELECT detail FROM audit_log WHERE action = 'session.locked' AND object = 'account:chen' ORDER BY sequence").ShouldBe(["5 failures, 1 min", "6 failures, 2 min"]);

        double Locked() => (AccountsOf.One<DateTime>(Server, "SELECT locked_until FROM account WHERE name = 'chen'").ToUniversalTime() - DateTime.UtcNow).TotalMinutes;
        void Reopen() => AccountsOf.Change(Server, "UPDATE account SET locked_until = '2020-01-01T00:00:00.000Z' WHERE name = 'chen'");
    }

    [Fact]
    public async Task A_password_that_was_given_must_be_changed_first_and_none_of_the_last_five_comes_back()
    {
        await AccountsOf.AddAsync(Server, "hong", Role.Dispatcher, mustChange: true);
        using var hong = new Person(Server.Address);
        await hong.SignInAsync("hong");
        (await hong.GetAsync("/")).Headers.Location!.OriginalString.ShouldBe("/account");
        (await hong.PageAsync("/")).ShouldContain("serves once");
        (await hong.GetAsync("/api/v1/incidents")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        (await ChangeAsync("wrong", "Hillock-0001-Meadow")).ShouldContain("The current password is wrong");
        (await ChangeAsync(Person.Password, "hong-Hillock-0001")).ShouldContain("must not hold the user name");
        (await ChangeAsync(Person.Password, "short-1")).ShouldContain("at least 10 characters");
        (await ChangeAsync(Person.Password, Person.Password)).ShouldContain("None of your last 5");
        var current = Person.Password;
        for (var i = 1; i <= 5; i++)
        {
            (await ChangeAsync(current, $"Hillock-000{i}-Meadow")).ShouldContain("The password was changed");
            current = $"Hillock-000{i}-Meadow";
        }

        (await hong.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ChangeAsync(current, "Hillock-0001-Meadow")).ShouldContain("None of your last 5");
        (await ChangeAsync(current, Person.Password)).ShouldContain("The password was changed", customMessage: "the sixth before is free again");

        async Task<string> ChangeAsync(string known, string next) =>
            (await hong.SendAsync("/account/password", "password", null, ("current", known), ("password", next), ("repeat", next))).Body;
    }

    [Fact]
    public async Task Sessions_are_listed_one_is_ended_and_all_others_at_once()
    {
        await AccountsOf.AddAsync(Server, "mei");
        using var desk = new Person(Server.Address);
        using var home = new Person(Server.Address);
        using var phone = new Person(Server.Address);
        foreach (var browser in new[] { desk, home, phone })
        {
            (await browser.SignInAsync("mei")).ShouldBe("/");
        }

        var page = await desk.PageAsync("/account");
        var ends = System.Text.RegularExpressions.Regex.Matches(page, "name=\"session\" value=\"(?<it>[0-9a-f]{64})\"", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["it"].Value).ToList();
        ends.Count.ShouldBe(2);
        (await desk.SendAsync("/account", "end", null, ("session", ends[0]))).Body.ShouldContain("signed out");
        new[] { await IsInAsync(home), await IsInAsync(phone) }.Count(isIn => isIn).ShouldBe(1);

        await desk.SendAsync("/account", "end", null, ("session", "all"));
        (await IsInAsync(desk), await IsInAsync(home), await IsInAsync(phone)).ShouldBe((true, false, false));

        // Somebody else's session is not theirs to end.
        await AccountsOf.AddAsync(Server, "other");
        using var other = new Person(Server.Address);
        await other.SignInAsync("other");
        var theirs = AccountsOf.One<string>(Server, "SELECT id FROM account_session WHERE account_id = (SELECT id FROM account WHERE name = 'mei') AND ended_at IS NULL");
        await other.SendAsync("/account", "end", null, ("session", Credential.HashOf(theirs)));
        (await IsInAsync(desk)).ShouldBeTrue();

        static async Task<bool> IsInAsync(Person person) => (await person.GetAsync("/account")).StatusCode == HttpStatusCode.OK;
    }

    [Fact]
    public async Task Nothing_is_sent_without_the_pages_token_and_nobody_is_led_elsewhere()
    {
        await AccountsOf.AddAsync(Server, "wen");
        using var wen = new Person(Server.Address);
        using var bare = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "wen", ["password"] = Person.Password });
        (await wen.Http.PostAsync(new Uri("/sign-in", UriKind.Relative), bare, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        foreach (var elsewhere in new[] { "https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example" })
        {
            (await wen.SendAsync("/sign-in", null, "/sign-in", ("name", "wen"), ("password", Person.Password), ("returnUrl", elsewhere))).To.ShouldBe("/");
        }

        (await wen.SendAsync("/sign-in", null, "/sign-in", ("name", "wen"), ("password", Person.Password), ("returnUrl", "/account?x=1"))).To.ShouldBe("/account?x=1");
    }
}
