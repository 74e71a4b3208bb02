using System.Text.RegularExpressions;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Walls;
using CommandCenter.Tests.Browser;
using CommandCenter.Web.Access;
using CommandCenter.Web.Demo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CommandCenter.Tests.Walls;

/// <summary>A screen is let in, and is let in no more, in a real browser.</summary>
[Collection(nameof(Chromium))]
public sealed class PairingTests(Chromium chromium, ITestOutputHelper told)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_screen_shows_a_code_and_becomes_the_wall_when_an_administrator_types_it()
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        await using var screen = await StrangerAsync(app);
        var code = await CodeAsync(screen.Page);
        await screen.Page.ReloadAsync();
        (await CodeAsync(screen.Page)).ShouldBe(code);

        await using var desk = await chromium.OpenAsync(app.Address, 1440, 900, role: Role.Administrator);
        await PairAsync(desk.Page, code.ToLowerInvariant(), "一楼大厅东屏");
        await screen.Page.Locator("[data-link='live']").WaitForAsync(WatchedPage.Patient);

        await desk.Page.GotoAsync("/admin/walls");
        var row = desk.Page.Locator("tbody tr", new() { HasText = "一楼大厅东屏" });
        (await row.InnerTextAsync()).ShouldNotContain("从未", Case.Sensitive, "a wall that shows something was seen");
        var cookie = (await screen.Page.Context.CookiesAsync()).Single(one => one.Name == SubjectHandler.WallCookie);
        cookie.HttpOnly.ShouldBeTrue();
        cookie.SameSite.ShouldBe(SameSiteAttribute.Strict);
        DateTimeOffset.FromUnixTimeSeconds((long)cookie.Expires).ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddDays(390)); // all that Chromium keeps
        (await screen.Page.EvaluateAsync<string>("document.cookie")).ShouldNotContain("cc_");
        var entries = await AuditAsync(app);
        entries.ShouldContain(entry => entry.Action == WallActions.Paired && entry.Object == "wall:一楼大厅东屏" && entry.Result == AuditResult.Done && entry.Address == "127.0.0.1");
        screen.PolicyBreaks.ShouldBeEmpty();
        screen.OutsideRequests.ShouldBeEmpty();
        screen.Errors.ShouldBeEmpty();
        desk.PolicyBreaks.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_only_sees_the_code_gets_nothing()
    {
        await using var app = WallApp.Start();
        await using var screen = await StrangerAsync(app);
        var code = await CodeAsync(screen.Page);
        await ApproveAsync(app, code, new WallTerms("a", null, PairedWall.Centre, WallScenes.All, null));

        using var other = new HttpClient { BaseAddress = app.Address };
        using var answer = await other.PostAsync(new Uri("/wall/pairing", UriKind.Relative), null, Stop);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("waiting");
        answer.Headers.GetValues("Set-Cookie").ShouldAllBe(cookie => !cookie.StartsWith(SubjectHandler.WallCookie + "=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_revoked_wall_says_so_within_two_seconds_and_shows_nothing()
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        await Bring.ReportAsync(app.Http, "占用消防通道的三轮车");
        await using var screen = await chromium.OpenAsync(app.Address);
        await screen.OpenWallAsync();
        (await screen.TextAsync()).ShouldContain("占用消防通道的三轮车");
        var wall = (await app.Services.GetRequiredService<WallStore>().ListAsync(Stop)).ShouldHaveSingleItem();

        // The board is out of sight at the moment that counts; the page that says why follows.
        await screen.Page.EvaluateAsync("() => { window.gone = new Promise(done => { const look = () => document.querySelector('.wall:not([hidden])') ? requestAnimationFrame(look) : done(performance.now()); look(); }); }");
        var began = await screen.Page.EvaluateAsync<double>("performance.now()");
        await app.Services.GetRequiredService<WallPairings>().RevokeAsync(wall.Id, "account:test", "127.0.0.1", Stop);
        double gone;
        try
        {
            gone = await screen.Page.EvaluateAsync<double>("window.gone") - began;
            told.WriteLine($"out of sight after {gone:0} ms");
            gone.ShouldBeLessThan(2000);
        }
        catch (PlaywrightException e) when (e.Message.Contains("navigation", StringComparison.Ordinal))
        {
            // It had gone on already.
        }

        await screen.Page.Locator("[data-pairing] .over").WaitForAsync(WatchedPage.Patient);
        (await screen.Page.Locator("[data-pairing] .over").TextContentAsync()).ShouldBe("这块屏的授权已被撤销");
        (await CodeAsync(screen.Page)).Length.ShouldBe(9);
        (await screen.Page.Locator("body").TextContentAsync())!.ShouldNotContain("占用消防通道的三轮车");
        (await AuditAsync(app)).ShouldContain(entry => entry.Action == WallActions.Revoked && entry.Subject == "account:test");
    }

    [Fact]
    public async Task An_expired_wall_says_so_by_itself()
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        await using var screen = await StrangerAsync(app);
        await ApproveAsync(app, await CodeAsync(screen.Page), new WallTerms("a", null, PairedWall.Centre, WallScenes.All, TimeSpan.FromSeconds(25)));
        await screen.Page.Locator("[data-link='live']").WaitForAsync(WatchedPage.Patient);

        await screen.Page.Locator("[data-pairing] .over").WaitForAsync(WatchedPage.Patient);
        (await screen.Page.Locator("[data-pairing] .over").TextContentAsync()).ShouldBe("这块屏的授权已到期");
    }

    [Fact]
    public async Task A_wall_sees_its_area_and_no_other()
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        var towns = DemoCounty.Instance.Towns;
        await using var screen = await StrangerAsync(app);
        await ApproveAsync(app, await CodeAsync(screen.Page), new WallTerms("a", towns[0].Code, PairedWall.Centre, WallScenes.All, null));
        await screen.Page.Locator($"[data-link='live'][data-area='{towns[0].Code}']").WaitForAsync(WatchedPage.Patient);

        await screen.Page.GotoAsync($"/wall?area={towns[1].Code}");
        (await screen.Page.Locator(".wall").CountAsync()).ShouldBe(0);
        (await screen.TextAsync()).ShouldContain(towns[1].Code);
    }

    [Fact]
    public async Task A_one_time_address_pairs_the_browser_that_opens_it_by_itself_and_no_second_one()
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        var secret = await app.Services.GetRequiredService<WallPairings>().InviteAsync(
            new WallTerms("调度室", null, PairedWall.Visitor, WallScenes.All, null), "program", address: null, Stop);
        var address = $"/wall/pair?token={secret}";

        // As previews of links do.
        using var preview = new HttpClient { BaseAddress = app.Address };
        (await preview.GetStringAsync(new Uri(address, UriKind.Relative), Stop)).ShouldContain("/wall/join");
        await using var screen = await StrangerAsync(app, address);
        await screen.Page.Locator("[data-link='live']").WaitForAsync(WatchedPage.Patient);
        screen.PolicyBreaks.ShouldBeEmpty();
        (await app.Services.GetRequiredService<WallStore>().ListAsync(Stop)).Single(wall => wall.Name == "调度室").LastSeenAt.ShouldNotBeNull();

        await using var second = await StrangerAsync(app, address);
        await second.Page.GetByText("这个地址不能使用").WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        (await second.Page.Context.CookiesAsync()).ShouldNotContain(cookie => cookie.Name == SubjectHandler.WallCookie);
    }

    private async Task<WatchedPage> StrangerAsync(WallApp app, string address = "/wall")
    {
        var screen = await chromium.OpenAsync(app.Address);
        await screen.Page.Context.ClearCookiesAsync();
        await screen.Page.GotoAsync(address);
        return screen;
    }

    private static async Task<string> CodeAsync(IPage page)
    {
        await page.Locator("[data-pairing][data-state='waiting']").WaitForAsync(WatchedPage.Patient);
        var code = await page.Locator("[data-code]").TextContentAsync();
        code.ShouldNotBeNull();
        Regex.IsMatch(code, "^[34679ACDEFGHJKMNPQRTWXY]{4}-[34679ACDEFGHJKMNPQRTWXY]{4}$", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBeTrue(code);
        return code;
    }

    // Keyboard only, as somebody without a mouse does.
    private static async Task PairAsync(IPage page, string code, string name)
    {
        await page.GotoAsync("/admin/walls");
        await page.FocusAsync("input.code");
        await page.Keyboard.TypeAsync(code);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("input[name='Given.Name']").WaitForAsync();
        await page.FocusAsync("input[name='Given.Name']");
        await page.Keyboard.TypeAsync(name);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".said.good").WaitForAsync();
        (await page.Locator("tbody th").AllTextContentsAsync()).ShouldContain(name);
    }

    private static async Task ApproveAsync(WallApp app, string code, WallTerms terms) =>
        (await app.Services.GetRequiredService<WallPairings>().ApproveAsync(code, terms, "account:test", "127.0.0.1", Stop)).ShouldBe(WallOutcome.Done);

    private static async Task<IReadOnlyList<AuditRecord>> AuditAsync(WallApp app) =>
        await app.Services.GetRequiredService<AuditQueries>().ListAsync(new AuditFilter(null, null, null, null, null, null, null, 100), Stop);
}
