using System.Net;
using CommandCenter.Data.Accounts;

namespace CommandCenter.Tests.Accounts;

/// <summary>The demonstration's ready accounts, and that nothing else has them. What was published: <c>PublishedTests</c>.</summary>
public sealed class DemoPeopleTests
{
    private static readonly Dictionary<string, string> Development = new() { ["ASPNETCORE_ENVIRONMENT"] = "Development" };

    [Fact]
    public async Task One_click_signs_in_with_each_role_from_the_same_machine_only()
    {
        await using var server = ServerProcess.Launch(null, null, Development, "--Demo:Enabled=true", "--Demo:ReportsPerMinute=0");
        await server.WaitUntilReadyAsync(TimeSpan.FromSeconds(120));
        await MadeAsync(server);
        foreach (var role in Enum.GetValues<Role>())
        {
            using var person = new Person(server.Address);
            (await person.SendAsync("/sign-in", "6", "/sign-in/demo", ("role", $"{(int)role}"))).To.ShouldBe("/");
            (await person.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
            ((await person.GetAsync("/admin/users")).StatusCode == HttpStatusCode.OK).ShouldBe(role == Role.Administrator);
        }

        using var elsewhere = new Person(server.Address);
        elsewhere.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "10.1.2.3");
        (await elsewhere.PageAsync("/sign-in")).ShouldNotContain("/sign-in/demo");
        (await elsewhere.SendAsync("/sign-in", null, "/sign-in/demo", ("role", "6"))).Status.ShouldBe(HttpStatusCode.NotFound);
        server.Output.ShouldNotContain("/setup?token=");
    }

    [Theory]
    [InlineData("Production", true)]
    [InlineData("Development", false)]
    public async Task Nothing_of_it_is_there_without_the_demonstration(string environment, bool demo)
    {
        await using var server = ServerProcess.Launch(null, null, new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = environment }, $"--Demo:Enabled={demo}", "--Demo:ReportsPerMinute=0");
        await server.WaitUntilReadyAsync(TimeSpan.FromSeconds(120));
        using var person = new Person(server.Address);
        (await person.PageAsync("/sign-in")).ShouldNotContain("/sign-in/demo");
        (await person.SendAsync("/sign-in", null, "/sign-in/demo", ("role", "6"))).Status.ShouldBe(HttpStatusCode.NotFound);
        AccountsOf.One<int>(server, "SELECT COUNT(*) FROM account").ShouldBe(0);
    }

    private static async Task MadeAsync(ServerProcess server)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (AccountsOf.One<int>(server, "SELECT COUNT(*) FROM account") < Enum.GetValues<Role>().Length)
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
