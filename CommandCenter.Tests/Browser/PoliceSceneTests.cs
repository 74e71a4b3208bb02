using System.Globalization;
using System.Net.Http.Json;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Walls;
using CommandCenter.Web.Demo;
using Microsoft.Playwright;

namespace CommandCenter.Tests.Browser;

/// <summary>The wall's statistics, as somebody before it sees them.</summary>
[Collection(nameof(Chromium))]
public sealed class PoliceSceneTests(Chromium chromium)
{
    // What counties published of a year: this year and last year, and how it is written.
    private static readonly (string Key, string Series, decimal Now, decimal Then, string Shown)[] Published =
    [
        ("Criminal", "calls/criminal", 6730, 10000, "32.7%"), ("Vice", "calls//prostitution", 0, 0, "47.1%"), ("Fraud", "calls//telecomFraud", 8961, 10000, "10.39%"),
        ("Fatal", "calls//fatalAccident", 591, 1000, "40.9%"), ("Batches", "petitionBatches", 7597, 10000, "24.03%"), ("Persons", "petitionPersons", 7672, 10000, "23.28%"),
        ("Litigation", "lawsuits", 5895, 10000, "41.05%"),
    ];

    [Fact]
    public async Task An_import_a_correction_and_an_undoing_are_on_the_wall_within_two_seconds_each_to_two_decimals()
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        await using var watched = await chromium.OpenAsync(app.Address, scenes: "police");
        await watched.Page.GotoAsync("/wall");
        await watched.LiveAsync();
        await watched.CircuitBeatsAsync();
        (await watched.Page.Locator(".scene.police[data-empty]").CountAsync()).ShouldBe(1);

        var (now, then) = BringFigures.Today;
        var (_, at) = await BringFigures.PostAsync(
            app.Http, now,
            [
                .. Published.SelectMany(one => BringFigures.Year(one.Series, one.Now, one.Then)), .. BringFigures.Year("calls//gambling", 529, 1000),
                (DemoPlaces.CountyCode, "population", new DateOnly(now.Year, 1, 1), 100_000), (DemoPlaces.CountyCode, "population", new DateOnly(then.Year, 1, 1), 100_000),
            ]);
        foreach (var (key, _, _, _, shown) in Published)
        {
            await SaysAsync(watched.Page, key, "▼" + shown, at);
        }

        (await watched.Page.Locator("[data-said=Criminal] .base").InnerTextAsync()).ShouldBe("6,730 · 去年同期 10,000");
        (await watched.Page.Locator("[data-said=Criminal] .source").InnerTextAsync()).ShouldStartWith("公安局 · 截至 ");

        (var correction, at) = await BringFigures.PostAsync(app.Http, now, (DemoPlaces.CountyCode, "calls/criminal", now, 10_250m), (DemoPlaces.CountyCode, "calls/criminal", then, 10_000m));
        await SaysAsync(watched.Page, "Criminal", "▲2.5%", at);

        using (var answer = await app.Http.PostAsJsonAsync($"api/v1/statistics/versions/{Bring.Text(correction)}/undo", new { reason = "核对" }, TestContext.Current.CancellationToken))
        {
            at = DateTime.UtcNow;
            answer.IsSuccessStatusCode.ShouldBeTrue();
        }

        await SaysAsync(watched.Page, "Criminal", "▼32.7%", at);
        watched.Errors.ShouldBeEmpty();
        watched.PolicyBreaks.ShouldBeEmpty();
    }

    [Fact]
    public async Task Guests_are_told_no_group_below_three_and_nothing_that_gives_it_away()
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        await BringFigures.PostAsync(app.Http, BringFigures.Today.Now, [.. BringFigures.Year("calls/criminal", 40, 50), .. BringFigures.Year("calls//fatalAccident", 2, 8)]);

        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var profile in (string[])[PairedWall.Centre, PairedWall.Visitor])
        {
            await using var watched = await chromium.OpenAsync(app.Address, scenes: "police", profile: profile);
            await watched.Page.GotoAsync("/wall");
            await watched.CircuitBeatsAsync();
            seen[profile] = await watched.Page.Locator("[data-said=Fatal]").InnerTextAsync(new() { Timeout = 30_000 });
            (await watched.Page.Locator("[data-said=Criminal] .change").InnerTextAsync()).ShouldContain("20%");
        }

        seen[PairedWall.Centre].ShouldContain("75%");
        seen[PairedWall.Visitor].ShouldContain("<3");
        seen[PairedWall.Visitor].ShouldNotContain("75");
        seen[PairedWall.Visitor].ShouldNotContain("8");
    }

    [Fact]
    public async Task What_is_old_says_how_old_and_looks_it_and_what_is_not_known_is_no_zero()
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        var day = BringFigures.Today.Now.AddDays(-30);
        day = day.Day == DateTime.DaysInMonth(day.Year, day.Month) ? day.AddDays(-1) : day;
        await BringFigures.PostAsync(app.Http, day, (DemoPlaces.CountyCode, "calls/criminal", day, 5));

        await using var watched = await chromium.OpenAsync(app.Address, scenes: "police");
        await watched.Page.GotoAsync("/wall");
        await watched.CircuitBeatsAsync();

        (await watched.Page.Locator("[data-said=Criminal].stale .source").InnerTextAsync(new() { Timeout = 30_000 })).ShouldContain("天未更新");
        (await watched.Page.Locator("[data-said=Fraud] .base").InnerTextAsync()).ShouldBe("无数据");
        (await watched.Page.Locator("[data-said=Fraud] .change").InnerTextAsync()).ShouldBe("—");
    }

    [Fact]
    public async Task Somebody_at_a_desk_may_hold_a_scene_and_a_wall_shows_only_its_own()
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        await using var person = await chromium.OpenAsync(app.Address, role: Role.Leader);
        await person.Page.GotoAsync("/wall?scene=police");
        (await person.Page.Locator(".wall").GetAttributeAsync("data-scenes")).ShouldBe("police:30");

        await using var wall = await chromium.OpenAsync(app.Address, scenes: "overview:20");
        await wall.Page.GotoAsync("/wall?scene=police");
        (await wall.Page.Locator(".wall").GetAttributeAsync("data-scenes")).ShouldBe("overview:20");
        (await wall.Page.Locator(".scene.police").CountAsync()).ShouldBe(0);
    }

    private static async Task SaysAsync(IPage page, string key, string text, DateTime since)
    {
        var seen = await page.WaitForFunctionAsync(
            "([key, text]) => document.querySelector(`[data-said=${key}] .change`)?.textContent.replace(/\\s/g, '') === text ? Date.now() : 0",
            new[] { key, text },
            new PageWaitForFunctionOptions { Timeout = 30_000, PollingInterval = 50 });
        var milliseconds = await seen.JsonValueAsync<double>() - (since - DateTime.UnixEpoch).TotalMilliseconds;
        milliseconds.ShouldBeLessThan(2000, string.Create(CultureInfo.InvariantCulture, $"{key} {text}"));
    }
}
