using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Data.Walls;
using CommandCenter.Web.Demo;
using Microsoft.Playwright;

namespace CommandCenter.Tests.Browser;

/// <summary>The wall's disputes, as somebody before it sees them.</summary>
[Collection(nameof(Chromium))]
public sealed class DisputeSceneTests(Chromium chromium)
{
    [Fact]
    public async Task A_registration_and_a_change_of_stage_are_on_the_wall_within_two_seconds()
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        await using var watched = await chromium.OpenAsync(app.Address, scenes: "disputes");
        await watched.Page.GotoAsync("/wall");
        await watched.LiveAsync();
        await watched.CircuitBeatsAsync();
        (await watched.Page.Locator(".scene.disputes[data-empty]").CountAsync()).ShouldBe(1);

        var (id, at) = await RegisterAsync(app.Http, "red", town: 4);
        await SaysAsync(watched.Page, ".scene.disputes [data-bar=Registered] .num", "1", at);
        (await watched.Page.Locator(".scene.disputes [data-risk=Red] b").InnerTextAsync()).ShouldBe("1");
        await watched.Page.WaitForFunctionAsync(
            "name => [...document.querySelectorAll('cc-map.by-town .name')].some(label => label.textContent === name + '1')", DemoCounty.Instance.Towns[4].Name);

        using (var answer = await app.Http.PostAsJsonAsync($"api/v1/disputes/{Bring.Text(id)}/stage", new { stage = "accepted" }, TestContext.Current.CancellationToken))
        {
            at = DateTime.UtcNow;
            answer.IsSuccessStatusCode.ShouldBeTrue();
        }

        await SaysAsync(watched.Page, ".scene.disputes [data-bar=Accepted] .num", "1", at);
        (await watched.Page.Locator(".scene.disputes [data-bar=Registered] .num").InnerTextAsync()).ShouldBe("0");
        watched.Errors.ShouldBeEmpty();
        watched.PolicyBreaks.ShouldBeEmpty();
    }

    [Fact]
    public async Task Guests_are_told_no_small_groups_and_the_overview_shows_what_is_waiting()
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        await RegisterAsync(app.Http, "yellow", town: 2);
        await RegisterAsync(app.Http, "yellow", town: 2);

        await using var centre = await chromium.OpenAsync(app.Address);
        await centre.Page.GotoAsync("/wall");
        await centre.CircuitBeatsAsync();
        (await centre.Page.Locator(".right.mediated [data-open]").InnerTextAsync(new() { Timeout = 30_000 })).ShouldBe("2");

        await using var guests = await chromium.OpenAsync(app.Address, scenes: "disputes", profile: PairedWall.Visitor);
        await guests.Page.GotoAsync("/wall");
        await guests.CircuitBeatsAsync();
        (await guests.Page.Locator(".scene.disputes [data-bar=Registered] .num").InnerTextAsync(new() { Timeout = 30_000 })).ShouldBe("<3");
        (await guests.Page.Locator(".scene.disputes [data-risk=Yellow] b").InnerTextAsync()).ShouldBe("<3");
    }

    private static async Task<(long Id, DateTime At)> RegisterAsync(HttpClient http, string risk, int town)
    {
        using var answer = await http.PostAsJsonAsync(
            "api/v1/disputes", new { source = "platform", category = "02", title = "楼上渗水赔偿纠纷", area = DemoCounty.Instance.Towns[town].Code, risk, riskReason = "双方情绪激动" });
        var at = DateTime.UtcNow;
        var body = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(body);
        using var json = JsonDocument.Parse(body);
        return (json.RootElement.GetProperty("id").GetInt64(), at);
    }

    private static async Task SaysAsync(IPage page, string selector, string text, DateTime since)
    {
        var seen = await page.WaitForFunctionAsync(
            "([selector, text]) => document.querySelector(selector)?.textContent === text ? Date.now() : 0", new[] { selector, text },
            new PageWaitForFunctionOptions { Timeout = 30_000, PollingInterval = 50 });
        var milliseconds = await seen.JsonValueAsync<double>() - (since - DateTime.UnixEpoch).TotalMilliseconds;
        milliseconds.ShouldBeLessThan(2000, string.Create(CultureInfo.InvariantCulture, $"{selector} {text}"));
    }
}
