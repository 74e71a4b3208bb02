using System.Net;
using System.Text.RegularExpressions;
using CommandCenter.Tests.Commands;

namespace CommandCenter.Tests.Accounts;

/// <summary>How the first people come in, and how the command line makes others.</summary>
public sealed class FirstSetupTests
{
    [Fact]
    public async Task The_address_that_is_printed_makes_the_first_administrator_once()
    {
        await using var server = await ServerProcess.StartAsync();
        var printed = await PrintedAsync(server);
        using var stranger = new Person(server.Address);
        (await stranger.GetAsync("/setup")).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await stranger.GetAsync("/setup?token=" + new string('0', 64))).StatusCode.ShouldBe(HttpStatusCode.Gone);

        using var first = new Person(server.Address);
        (await SetUpAsync(first, "password1234")).Body.ShouldContain("others try first");
        (await SetUpAsync(first, Person.Password)).To.ShouldEndWith("/account/second-factor");
        await TestAccess.SetSecondFactorAsync(first.Http, Person.Password);
        (await first.GetAsync("/admin/users")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await stranger.GetAsync(printed)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        AccountsOf.All<string>(server, "SELECT name FROM account").ShouldBe(["chief"]);
        await server.KillAsync();
        await server.StartAgainAsync();
        Regex.Count(server.Output, "/setup\\?token=", RegexOptions.None, TimeSpan.FromSeconds(5)).ShouldBe(1, "there is an account: nothing is printed");

        Task<(HttpStatusCode Status, string? To, string Body)> SetUpAsync(Person person, string password) =>
            person.SendAsync(printed, "first", "/setup", ("name", "chief"), ("password", password), ("repeat", password));
    }

    [Fact]
    public async Task The_address_is_another_after_each_start()
    {
        await using var server = await ServerProcess.StartAsync();
        var before = await PrintedAsync(server);
        await server.KillAsync();
        await server.StartAgainAsync();
        (await PrintedAsync(server, count: 2)).ShouldNotBe(before);
        using var person = new Person(server.Address);
        (await person.GetAsync(before)).StatusCode.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task User_add_prints_a_password_that_serves_once_alone_on_the_last_line()
    {
        await using var server = await ServerProcess.StartAsync();
        var added = (await RunAsync("user", "add", "--name", "lao.wang", "--role", "area-staff", "--area", "990101002", "--display", "老王")).ShouldEndWith(0);
        var password = added.Output.TrimEnd().Split('\n')[^1].Trim();
        password.ShouldMatch("^[a-z0-9-]{19}$");
        using var wang = new Person(server.Address);
        (await wang.SignInAsync("lao.wang", password)).ShouldBe("/");
        (await wang.PageAsync("/")).ShouldContain("serves once");

        (await RunAsync("user", "add", "--name", "lao.wang", "--role", "Viewer")).ShouldEndWith(1).Error.ShouldContain("is taken");
        (await RunAsync("user", "add", "--name", "a b", "--role", "Viewer")).ShouldEndWith(1).Error.ShouldContain("without spaces");
        (await RunAsync("user", "add", "--name", "ab", "--role", "Boss")).ShouldEndWith(1).Error.ShouldContain("There is no role \"Boss\". There are: Viewer");
        (await RunAsync("user", "add", "--name", "ab", "--role", "AreaStaff")).ShouldEndWith(1).Error.ShouldContain("--area CODE");
        (await RunAsync("user", "add", "--name", "ab", "--role", "DepartmentStaff", "--department", "9")).ShouldEndWith(1).Error.ShouldContain("no department 9");

        var reset = (await RunAsync("user", "reset", "--name", "LAO.WANG", "--second-factor")).ShouldEndWith(0).Output.TrimEnd().Split('\n')[^1].Trim();
        (await wang.SignInAsync("lao.wang", password)).ShouldBe("/sign-in?refused=true");
        (await wang.SignInAsync("lao.wang", reset)).ShouldBe("/");
        (await RunAsync("user", "reset", "--name", "nobody")).ShouldEndWith(1).Error.ShouldContain("no account \"nobody\"");

        (await RunAsync("user", "add", "--name", "only", "--role", "Administrator")).ShouldEndWith(0);
        (await RunAsync("user", "disable", "--name", "only")).ShouldEndWith(1).Error.ShouldContain("last administrator");
        (await RunAsync("user", "disable", "--name", "lao.wang")).ShouldEndWith(0);
        (await wang.SignInAsync("lao.wang", reset)).ShouldBe("/sign-in?refused=true");
        AccountsOf.One<int>(server, "SELECT COUNT(*) FROM audit_log WHERE subject = 'program' AND action LIKE 'account.%'").ShouldBe(5);

        Task<VerbProcess> RunAsync(params string[] words) => VerbProcess.RunAsync(server.Folder, "en", null, words);
    }

    private static async Task<string> PrintedAsync(ServerProcess server, int count = 1)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Regex.Count(server.Output, "/setup\\?token=[0-9a-f]{64}", RegexOptions.None, TimeSpan.FromSeconds(5)) < count)
        {
            await Task.Delay(50, patience.Token);
        }

        return Regex.Matches(server.Output, "/setup\\?token=[0-9a-f]{64}", RegexOptions.None, TimeSpan.FromSeconds(5))[^1].Value;
    }
}
