using System.Net;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Http;

namespace CommandCenter.Tests.Walls;

/// <summary>The demonstration's wall needs no pairing on its own machine, and only there.</summary>
public sealed class DemoWallTests
{
    [Theory]
    [InlineData("Development", "true", null, false)]
    [InlineData("Development", "true", "X-Forwarded-For", true)]
    [InlineData("Development", "true", "Forwarded", true)]
    [InlineData("Development", "false", null, true)]
    [InlineData("Production", "true", null, true)]
    public async Task Only_the_demonstration_asked_for_directly_opens_without_pairing(string environment, string demo, string? header, bool asksToPair)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var server = ServerProcess.Launch(null, null, new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = environment }, $"--Demo:Enabled={demo}");
        await server.WaitUntilReadyAsync(TimeSpan.FromSeconds(60));
        using var http = new HttpClient { BaseAddress = server.Address };
        if (header is not null)
        {
            http.DefaultRequestHeaders.Add(header, "10.0.0.7");
        }

        var page = await http.GetStringAsync(new Uri("/wall", UriKind.Relative), stop);

        page.Contains("data-pairing", StringComparison.Ordinal).ShouldBe(asksToPair);
        using var areas = await http.GetAsync(new Uri("/api/v1/areas", UriKind.Relative), stop);
        (areas.StatusCode == HttpStatusCode.Unauthorized).ShouldBe(asksToPair);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("10.0.0.7", false)]
    public void Another_address_is_not_this_machine(string address, bool isHere)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };

        DemoAccess.IsFromHere(context).ShouldBe(isHere);
    }
}
