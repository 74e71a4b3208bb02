using System.Net;
using System.Text.RegularExpressions;
using CommandCenter.Data.Accounts;

namespace CommandCenter.Tests.Accounts;

/// <summary>What administrators do with accounts and departments, over HTTP without scripts.</summary>
public sealed class UsersPageTests(PeopleServer people) : IClassFixture<PeopleServer>
{
    private ServerProcess Server => people.Server;

    [Fact]
    public async Task An_account_is_added_changed_reset_and_disabled_and_all_of_it_is_on_record()
    {
        using var admin = await AdministratorAsync("boss1");
        var added = (await admin.SendAsync("/admin/users", "add", null, ("name", "xiao.li"), ("display", "小李"), ("role", "Dispatcher"), ("area", ""), ("department", ""))).Body;
        var first = Given(added);
        using var li = new Person(Server.Address);
        (await li.SignInAsync("xiao.li", first)).ShouldBe("/");
        (await li.PageAsync("/")).ShouldContain("serves once");

        var id = AccountsOf.One<long>(Server, "SELECT id FROM account WHERE name = 'xiao.li'");
        (await admin.SendAsync($"/admin/users/{id}", "change", null, ("display", "小李"), ("role", "AreaStaff"), ("area", ""), ("department", ""))).Body.ShouldContain("Area staff need an area");
        (await admin.SendAsync($"/admin/users/{id}", "change", null, ("display", "小李"), ("role", "AreaStaff"), ("area", "990101002"), ("department", ""))).Body.ShouldContain("in force at once");
        AccountsOf.One<string>(Server, "SELECT area FROM account WHERE id = @id", new { id }).ShouldBe("990101002");

        var second = Given((await admin.SendAsync($"/admin/users/{id}", "act", null, ("act", "password"))).Body);
        second.ShouldNotBe(first);
        (await li.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect, "a reset ends the sessions");
        (await li.SignInAsync("xiao.li", first)).ShouldBe("/sign-in?refused=true");
        (await li.SignInAsync("xiao.li", second)).ShouldBe("/");

        (await admin.SendAsync($"/admin/users/{id}", "act", null, ("act", "disable"))).Body.ShouldContain("was disabled");
        (await li.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await li.SignInAsync("xiao.li", second)).ShouldBe("/sign-in?refused=true");
        (await admin.SendAsync($"/admin/users/{id}", "act", null, ("act", "enable"))).Body.ShouldContain("was enabled");
        (await li.SignInAsync("xiao.li", second)).ShouldBe("/");

        AccountsOf.All<string>(Server, "SELECT action FROM audit_log WHERE object = 'account:xiao.li' AND subject = 'account:boss1' ORDER BY sequence")
            .ShouldBe(["account.created", "account.changed", "account.password.reset", "account.disabled", "account.enabled"]);
        AccountsOf.All<string>(Server, "SELECT COALESCE(detail, '') || object || subject FROM audit_log").ShouldAllBe(text => !text.Contains(first) && !text.Contains(second));
    }

    [Fact]
    public async Task Refusals_say_what_is_wrong()
    {
        using var admin = await AdministratorAsync("boss2");
        await AccountsOf.AddAsync(Server, "taken");
        (await AddAsync("Taken")).ShouldContain("Another account has this user name");
        (await AddAsync("with space")).ShouldContain("without spaces");
        (await AddAsync("a1", role: "99")).ShouldContain("Choose a role");
        (await AddAsync("a1", area: "12")).ShouldContain("no area with this code");
        (await AddAsync("a1", role: "Administrator", area: "990101")).ShouldContain("can't be bound to an area");
        (await AddAsync("a1", role: "DepartmentStaff")).ShouldContain("need a department");
        (await AddAsync("a1", role: "DepartmentStaff", department: "77")).ShouldContain("no such department");

        async Task<string> AddAsync(string name, string role = "Viewer", string area = "", string department = "") =>
            (await admin.SendAsync("/admin/users", "add", null, ("name", name), ("display", ""), ("role", role), ("area", area), ("department", department))).Body;
    }

    [Fact]
    public async Task An_administrator_can_neither_lower_nor_disable_themselves()
    {
        using var admin = await AdministratorAsync("boss3");
        var id = AccountsOf.One<long>(Server, "SELECT id FROM account WHERE name = 'boss3'");

        (await admin.SendAsync($"/admin/users/{id}", "change", null, ("display", "x"), ("role", "Viewer"), ("area", ""), ("department", ""))).Body.ShouldContain("can't change your own role");
        var page = await admin.PageAsync($"/admin/users/{id}");
        page.ShouldNotContain("value=\"disable\"");

        // A form that the page does not have, sent all the same.
        await AccountsOf.AddAsync(Server, "somebody");
        var other = AccountsOf.One<long>(Server, "SELECT id FROM account WHERE name = 'somebody'");
        await admin.SendAsync($"/admin/users/{other}", "act", $"/admin/users/{id}", ("act", "disable"));
        AccountsOf.One<string?>(Server, "SELECT disabled_at FROM account WHERE id = @id", new { id }).ShouldBeNull();
        AccountsOf.One<int>(Server, "SELECT role FROM account WHERE id = @id", new { id }).ShouldBe((int)Role.Administrator);
    }

    [Fact]
    public async Task A_departments_people_see_its_categories_and_a_changed_list_is_in_force_at_once()
    {
        using var admin = await AdministratorAsync("boss4");
        (await admin.SendAsync("/admin/departments", "save", null, ("name", "消防大队"), ("act", "save"))).Body.ShouldContain("at least one category");
        (await admin.SendAsync("/admin/departments", "save", null, ("name", "消防大队"), ("category", "04"), ("act", "save"))).Status.ShouldBe(HttpStatusCode.Redirect);
        (await admin.SendAsync("/admin/departments", "save", null, ("name", "消防大队"), ("category", "05"), ("act", "save"))).Body.ShouldContain("Another department has this name");
        var department = AccountsOf.One<long>(Server, "SELECT id FROM department WHERE name = '消防大队'");
        var password = Given((await admin.SendAsync("/admin/users", "add", null, ("name", "huo"), ("role", "DepartmentStaff"), ("area", ""), ("department", $"{department}"))).Body);
        using var huo = new Person(Server.Address);
        await huo.SignInAsync("huo", password);
        await huo.SendAsync("/account/password", "password", null, ("current", password), ("password", Person.Password), ("repeat", Person.Password));
        await ReportAsync("0401", "通道被占");
        await ReportAsync("0501", "路面塌陷");

        (await SeenAsync()).ShouldBe(["通道被占"]);
        (await admin.SendAsync($"/admin/departments?id={department}", "save", null, ("name", "消防大队"), ("category", "0501"), ("act", "save"))).Status.ShouldBe(HttpStatusCode.Redirect);
        (await SeenAsync()).ShouldBe(["路面塌陷"]);
        await admin.SendAsync($"/admin/departments?id={department}", "save", null, ("name", "消防大队"), ("act", "retire"));
        (await SeenAsync()).ShouldBeEmpty();

        async Task ReportAsync(string category, string title)
        {
            using var report = new StringContent($$"""{ "source": "t", "category": "{{category}}", "urgency": "normal", "title": "{{title}}" }""", System.Text.Encoding.UTF8, "application/json");
            (await Server.Http.PostAsync(new Uri("/api/v1/incidents", UriKind.Relative), report)).StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        async Task<IReadOnlyList<string>> SeenAsync()
        {
            using var json = System.Text.Json.JsonDocument.Parse(await huo.Http.GetStringAsync(new Uri("/api/v1/incidents", UriKind.Relative)));
            return [.. json.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()!)];
        }
    }

    private async Task<Person> AdministratorAsync(string name)
    {
        await AccountsOf.AddAsync(Server, name, Role.Administrator);
        var admin = new Person(Server.Address);
        await admin.SignInAsync(name);
        await TestAccess.SetSecondFactorAsync(admin.Http, Person.Password);
        return admin;
    }

    private static string Given(string body)
    {
        var match = Regex.Match(body, "class=\"password\">(?<it>[^<]+)<", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        match.Success.ShouldBeTrue(body);
        return match.Groups["it"].Value;
    }
}
