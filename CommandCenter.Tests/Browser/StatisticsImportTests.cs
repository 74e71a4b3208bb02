using CommandCenter.Data.Accounts;
using CommandCenter.Tests.PoliceStatistics;
using Microsoft.Playwright;

namespace CommandCenter.Tests.Browser;

/// <summary>What somebody does who imports statistics, in a real browser with a real workbook.</summary>
[Collection(nameof(Chromium))]
public sealed class StatisticsImportTests(Chromium chromium)
{
    private static Task ChooseAsync(IPage page, byte[] file, string name) =>
        page.SetInputFilesAsync("#import-form input[type=file]", new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = file });

    private static Task StateAsync(IPage page, string kind) => page.Locator($"#import-state[data-kind='{kind}']").WaitForAsync(WatchedPage.Patient);

    [Fact]
    public async Task A_workbook_is_mapped_looked_at_taken_and_undone()
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        await using var watched = await chromium.OpenAsync(app.Address, 1440, 900, role: Role.Dispatcher);
        var page = watched.Page;
        await page.GotoAsync("/statistics/import");
        (await watched.TextAsync()).ShouldContain("还没有导入过数据");

        var names = await app.Http.GetStringAsync(new Uri("api/v1/areas?level=town", UriKind.Relative), TestContext.Current.CancellationToken);
        var town = System.Text.Json.JsonDocument.Parse(names).RootElement.GetProperty("features")[0].GetProperty("properties").GetProperty("name").GetString()!;
        await ChooseAsync(page, NewWorkbook.Of([["2026年刑事警情统计"], ["镇街", "2026年1月", "2026年2月", "合计"], [town, 12.0, 10.0, 23.0]]), "刑事.xlsx");
        await page.FillAsync("[name=source]", "公安局");
        await page.ClickAsync("#import-form [type=submit]");

        // What is suspicious must be meant.
        await StateAsync(page, "odd");
        (await page.Locator("#import-tables").InnerTextAsync()).ShouldContain("合计");
        (await page.Locator("#import-take").IsDisabledAsync()).ShouldBeTrue();

        // The guess knows months and towns, and not what is counted.
        await page.SelectOptionAsync("#import-whole [name=series]", "calls/criminal");
        await page.ClickAsync("#import-again");
        await StateAsync(page, "odd");
        await PictureAsync(page, "import-checked");
        (await AccessibilityTests.ViolationsAsync(page)).ShouldBeEmpty();
        await page.CheckAsync("#import-meant input");
        await page.ClickAsync("#import-take");
        await page.WaitForURLAsync("**/statistics/import?taken=*");
        var taken = await watched.TextAsync();
        taken.ShouldContain("已导入为版本");
        taken.ShouldContain("刑事.xlsx");
        (await ValueAsync(app, "2026-01")).ShouldBe("12");

        await page.ClickAsync(".versions .act a");
        await page.ClickAsync("#undo summary");
        await page.FillAsync("#undo [name=Reason]", "测试撤销");
        await PictureAsync(page, "import-undoing");
        (await AccessibilityTests.ViolationsAsync(page)).ShouldBeEmpty();
        await page.ClickAsync("#undo button");
        await page.Locator(".said.good").WaitForAsync();
        (await watched.TextAsync()).ShouldContain("数字已恢复为导入之前的样子");
        (await ValueAsync(app, "2026-01")).ShouldBe("null");

        // It can still be looked at.
        await page.ClickAsync(".versions tbody th a");
        (await page.Locator("#undo").CountAsync()).ShouldBe(0);
        (await watched.TextAsync()).ShouldContain("测试撤销");
        await PictureAsync(page, "import-version");
        watched.PolicyBreaks.ShouldBeEmpty();
        watched.OutsideRequests.ShouldBeEmpty();
        watched.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_can_t_be_taken_says_what_happened_and_what_to_do_and_nothing_of_it_runs()
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        await using var watched = await chromium.OpenAsync(app.Address, 1440, 900, "en", Role.Dispatcher);
        var page = watched.Page;
        await page.GotoAsync("/statistics/import");
        await page.FillAsync("[name=source]", "PSB");

        await ChooseAsync(page, NewWorkbook.Of([["镇街"]], withMacros: true), "macros.xlsm");
        await page.ClickAsync("#import-form [type=submit]");
        await page.Locator("#import-state", new() { HasTextString = "The file has macros" }).WaitForAsync(WatchedPage.Patient);
        (await page.Locator("#import-state").InnerTextAsync()).ShouldContain("Nothing was taken");

        await ChooseAsync(page, NewWorkbook.Of([["镇街", "2026年1月"], ["<img src=x onerror=alert(1)>", 1.0]]), "<b>x</b>.xlsx");
        await page.ClickAsync("#import-form [type=submit]");
        await StateAsync(page, "bad");
        await page.Locator("#import-tables td", new() { HasTextString = "There is no area" }).WaitForAsync(WatchedPage.Patient);
        (await page.Locator("#import-take").IsVisibleAsync()).ShouldBeFalse();
        await PictureAsync(page, "import-refused");
        watched.Dialogs.ShouldBeEmpty();
        watched.PolicyBreaks.ShouldBeEmpty();
    }

    internal static async Task<string> ValueAsync(WallApp app, string period, string series = "calls/criminal")
    {
        var text = await app.Http.GetStringAsync(new Uri($"api/v1/statistics/figures?area=990101&period={period}&series={series}", UriKind.Relative), TestContext.Current.CancellationToken);
        return System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("rows")[0].GetProperty("figures")[0].GetProperty("amount").GetProperty("value").GetRawText();
    }

    // Pictures for whoever judges the looks: only where a folder for them is named.
    internal static Task PictureAsync(IPage page, string name) =>
        Environment.GetEnvironmentVariable("COMMANDCENTER_TEST_PICTURES") is { Length: > 0 } folder
            ? page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true })
            : Task.CompletedTask;
}
