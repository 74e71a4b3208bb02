using System.Globalization;
using System.Text;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Tests.Benchmarks.Grids;
using CommandCenter.Web.Demo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CommandCenter.Tests.Browser;

/// <summary>The page on which an administrator uploads boundaries, in a real browser on an empty store.</summary>
[Collection(nameof(Chromium))]
public sealed class AreasPageTests(Chromium chromium)
{
    private static byte[] DemoFile()
    {
        using var file = new MemoryStream();
        DemoCounty.Instance.AreasGeoJson().CopyTo(file);
        return file.ToArray();
    }

    private static Task ChooseAsync(IPage page, byte[] file) =>
        page.SetInputFilesAsync("#areas-form input[type=file]", new FilePayload { Name = "areas.geojson", MimeType = "application/geo+json", Buffer = file });

    private static ILocator State(IPage page, string kind) => page.Locator($"#areas-state[data-kind='{kind}']");

    [Fact]
    public async Task A_file_is_checked_shown_on_the_map_and_taken()
    {
        await using var app = WallApp.Start();
        await using var watched = await chromium.OpenAsync(app.Address, role: Role.Administrator);
        var page = watched.Page;
        await page.GotoAsync("/admin/areas");
        (await watched.TextAsync()).ShouldContain("还没有区域");

        await ChooseAsync(page, DemoFile());
        await page.ClickAsync("#areas-form [type=submit]");
        await State(page, "good").WaitForAsync(WatchedPage.Patient);
        await page.Locator("#areas-map cc-map[data-ready]").WaitForAsync(WatchedPage.Patient);
        await PictureAsync(page, "areas-checked");
        var directory = app.Services.GetRequiredService<AreaDirectory>();
        directory.Current.Count.ShouldBe(0);

        await page.ClickAsync("#areas-take");
        await page.Locator("#areas-page[data-taken]").WaitForAsync(WatchedPage.Patient);
        directory.Current.Of(AreaLevel.Grid).Count.ShouldBe(DemoCounty.Instance.Grids.Count);
        await page.GotoAsync("/admin/areas?culture=en");
        var text = await watched.TextAsync();
        text.ShouldContain("In force on");
        text.ShouldContain(DemoCounty.Instance.Grids.Count.ToString(CultureInfo.InvariantCulture));
        await PictureAsync(page, "areas-taken");
        watched.PolicyBreaks.ShouldBeEmpty();
        watched.OutsideRequests.ShouldBeEmpty();
        watched.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_file_says_why_and_can_t_be_taken()
    {
        await using var app = WallApp.Start();
        await using var watched = await chromium.OpenAsync(app.Address, locale: "en", role: Role.Administrator);
        var page = watched.Page;
        await page.GotoAsync("/admin/areas");
        var tiles = new Tiling(30).Areas().ToList();
        await ChooseAsync(page, GeoJsonFile.Of([.. tiles, tiles[^1], tiles[^1] with { Code = "990101100299001", Name = "<img src=x onerror=alert(1)>" }]));
        await page.ClickAsync("#areas-form [type=submit]");
        await State(page, "bad").WaitForAsync(WatchedPage.Patient);
        await page.Locator("#areas-report tbody tr").Nth(1).WaitForAsync(WatchedPage.Patient);
        var text = await watched.TextAsync();
        text.ShouldContain("was used before");
        text.ShouldContain("Its parent 990101100299 is neither in the file");
        (await page.Locator("#areas-take").IsVisibleAsync()).ShouldBeFalse();
        await PictureAsync(page, "areas-refused");

        await ChooseAsync(page, Encoding.UTF8.GetBytes("{ not JSON"));
        await page.ClickAsync("#areas-form [type=submit]");
        await page.Locator("#areas-state", new() { HasTextString = "is not JSON" }).WaitForAsync(WatchedPage.Patient);
        watched.Dialogs.ShouldBeEmpty();
        watched.PolicyBreaks.ShouldBeEmpty();
    }

    // Pictures for whoever judges the looks: only where a folder for them is named.
    private static Task PictureAsync(IPage page, string name) =>
        Environment.GetEnvironmentVariable("COMMANDCENTER_TEST_PICTURES") is { Length: > 0 } folder
            ? page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true })
            : Task.CompletedTask;
}
