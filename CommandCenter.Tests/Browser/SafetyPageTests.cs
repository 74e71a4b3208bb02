using System.Globalization;
using System.Net.Http.Json;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.PoliceStatistics;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Tests.Browser;

/// <summary>The page of the safety index: each point explained, other weights tried, and kept with a reason.</summary>
[Collection(nameof(Chromium))]
public sealed class SafetyPageTests(Chromium chromium)
{
    [Fact]
    public async Task The_page_explains_each_point_tries_other_weights_and_keeps_them_with_a_reason()
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        var towns = await StatisticsCounty.TownsAsync(app);
        await SendDaysAsync(app, [.. towns.Select(town => town.Code)]);
        await using var watched = await chromium.OpenAsync(app.Address, 1440, 900, role: Role.Dispatcher);
        var page = watched.Page;
        await page.GotoAsync("/safety?on=2026-10-30");
        while (await page.Locator(".towns tbody tr").CountAsync() < towns.Count)
        {
            // The index follows the figures within seconds.
            await page.ReloadAsync();
        }

        // The least safe stands first and is explained: 90 calls in 30 days, 60 on average before.
        var stored = (await app.Services.GetRequiredService<SafetyIndexStore>().OnAsync(Sight.OfTheProgram, "990101", new DateOnly(2026, 10, 30), CancellationToken.None)).MinBy(town => town.Index.Score)!;
        var shown = await page.Locator("tr.chosen .score b").InnerTextAsync();
        shown.ShouldBe(stored.Index.Score!.Value.ToString("0.0", CultureInfo.InvariantCulture));
        (await page.Locator("#why").InnerTextAsync()).ShouldContain($"为什么是 {shown}");
        var points = await page.Locator(".parts tbody td b").AllInnerTextsAsync();
        Math.Round(points.Where(text => text != "—").Sum(text => decimal.Parse(text, CultureInfo.InvariantCulture)), 1).ShouldBe(stored.Index.Score!.Value, 0.05m);
        (await page.Locator("tr[data-part='petitions']").InnerTextAsync()).ShouldContain("未报，不计入");
        (await page.Locator("#why").InnerTextAsync()).ShouldContain("失分最多的是");
        await StatisticsImportTests.PictureAsync(page, "safety");
        (await AccessibilityTests.ViolationsAsync(page)).ShouldBeEmpty();
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();

        // Nothing but traffic: what it would be stands beside what is stored.
        foreach (var part in new[] { "crime", "telecomFraud", "fire", "disputes", "petitions", "onTime" })
        {
            await page.FillAsync($"[name=w_{part}]", "0");
        }

        await page.Locator("form.weights button").ClickAsync();
        await page.WaitForURLAsync("**weights=traffic*");
        (await page.Locator("tr.chosen .score b").InnerTextAsync()).ShouldBe(shown);
        (await page.Locator("tr.chosen .score").Nth(1).InnerTextAsync()).ShouldContain(
            stored.Index.With(new SafetyWeights(SafetyWeights.Default.Of.RemoveRange(Enum.GetValues<SafetyPart>().Where(part => part != SafetyPart.Traffic)))).Score!.Value.ToString("0.0", CultureInfo.InvariantCulture));
        await StatisticsImportTests.PictureAsync(page, "safety-tried");
        (await AccessibilityTests.ViolationsAsync(page)).ShouldBeEmpty();
        (await app.Services.GetRequiredService<SafetyWeightStore>().ListAsync(CancellationToken.None)).Count.ShouldBe(1);

        await page.FillAsync("form.keep [name=Reason]", "专项整治期间只看交通");
        await page.Locator("form.keep button").ClickAsync();
        await page.Locator(".said.good").WaitForAsync();
        (await page.Locator(".weighing tbody").InnerTextAsync()).ShouldContain("专项整治期间只看交通");
        var versions = await app.Services.GetRequiredService<SafetyWeightStore>().ListAsync(CancellationToken.None);
        (versions.Count, versions[0].Weights.Of.GetValueOrDefault(SafetyPart.Crime), versions[0].Reason).ShouldBe((2, 0m, "专项整治期间只看交通"));
        watched.PolicyBreaks.ShouldBeEmpty();
        watched.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_may_only_look_tries_weights_and_can_t_keep_them()
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        await SendDaysAsync(app, (await StatisticsCounty.TownsAsync(app)).Take(1).Select(town => town.Code).ToArray());
        await using var watched = await chromium.OpenAsync(app.Address, 1920, 1080, "en", Role.Leader);
        await watched.Page.GotoAsync("/safety?on=2026-10-30&weights=crime:1");
        while (await watched.Page.Locator(".towns tbody tr").CountAsync() < 1)
        {
            await watched.Page.ReloadAsync();
        }

        (await watched.Page.Locator("form.keep").CountAsync()).ShouldBe(0);
        (await watched.TextAsync()).ShouldContain("Nothing is stored");
        await StatisticsImportTests.PictureAsync(watched.Page, "safety-en");
        (await AccessibilityTests.ViolationsAsync(watched.Page)).ShouldBeEmpty();
        await watched.Page.GotoAsync("/safety?w_crime=many");
        (await watched.Page.Locator(".said.bad").InnerTextAsync()).ShouldContain("Each weight is 0 to 1000");
    }

    // October of four years by day, more of it this year in some towns.
    private static async Task SendDaysAsync(WallApp app, string[] towns)
    {
        string[] categories = ["criminal", "publicOrder", "traffic", "dispute"];
        var figures =
            from year in Enumerable.Range(2023, 4)
            from day in Enumerable.Range(1, 30)
            from town in towns.Index()
            from category in categories.Index()
            select new { area = town.Item, category = category.Item, day = $"{year}-10-{day:00}", value = year < 2026 ? 2 : category.Index == 0 ? 3 : (day + town.Index + category.Index) % 3 == 0 ? 3 : 1 };
        var answer = await app.Http.PostAsJsonAsync("api/v1/statistics?acceptSuspicious=true", new { source = "公安局", asOf = "2026-10-31", figures });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
