using System.Globalization;
using System.Net.Http.Headers;
using CommandCenter.Data.Accounts;
using Microsoft.Playwright;

namespace CommandCenter.Tests.Browser;

/// <summary>One application with the demonstration county, shared by the tests that only add to it.</summary>
public sealed class CountyApp : IAsyncLifetime
{
    public WallApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = WallApp.Start();
        await Bring.CountyAsync(App.Http);
        for (var grid = 0; grid < 40; grid += 2)
        {
            await Bring.ReportAsync(App.Http, $"测试上报 {grid}", urgency: grid % 6 == 0 ? "urgent" : "normal", grid: grid);
        }
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

[Collection(nameof(Chromium))]
public sealed class WallTests(Chromium chromium, CountyApp county) : IClassFixture<CountyApp>
{
    private WallApp App => county.App;

    [Fact]
    public async Task A_report_posted_over_HTTP_appears_in_the_stream_the_figures_and_on_the_map()
    {
        await using var watched = await chromium.OpenAsync(App.Address);
        await watched.OpenWallAsync();
        var page = watched.Page;
        var before = await FigureAsync(page, "reported");

        var id = await Bring.ReportAsync(App.Http, "化工仓库冒烟", "0303", "critical", grid: 90);

        await page.Locator("cc-stream .title", new() { HasTextString = "化工仓库冒烟" }).First.WaitForAsync(WatchedPage.Within(10));
        await page.Locator($"cc-map .pin.critical[data-incident='{Bring.Text(id)}']").WaitForAsync(WatchedPage.Within(10));
        await page.WaitForFunctionAsync(
            "before => Number(document.querySelector('[data-figure=reported] b').textContent.replace(/,/g, '')) > before", before);
    }

    [Theory]
    [InlineData("<script>document.title='taken'</script><img src=x onerror=alert(1)>")]
    [InlineData("'; DROP TABLE incident; --")]
    public async Task A_hostile_title_is_shown_as_text_and_does_nothing(string title)
    {
        await using var watched = await chromium.OpenAsync(App.Address);
        await watched.OpenWallAsync();

        await Bring.ReportAsync(App.Http, title);

        await watched.Page.Locator("cc-stream .title", new() { HasTextString = title }).First.WaitForAsync(WatchedPage.Within(10));
        (await watched.Page.TitleAsync()).ShouldNotBe("taken");
        (await watched.Page.Locator("cc-stream img, cc-stream script").CountAsync()).ShouldBe(0);
        watched.Dialogs.ShouldBeEmpty();
        watched.PolicyBreaks.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/wall")]
    [InlineData("/wall?area=990101001")]
    [InlineData("/wall?area=999999")]
    [InlineData("/admin/areas")]
    [InlineData("/no-such-page")]
    public async Task No_page_breaks_its_content_policy_or_asks_anyone_else(string address)
    {
        await using var watched = await chromium.OpenAsync(App.Address, role: Role.Administrator);

        var answer = await watched.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Load });
        if (address is "/wall" or "/wall?area=990101001")
        {
            await watched.OpenWallAsync(address);
        }

        answer!.Headers["content-security-policy"].ShouldContain("default-src 'none'");
        watched.PolicyBreaks.ShouldBeEmpty();
        watched.OutsideRequests.ShouldBeEmpty();
        watched.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1920, 1080)]
    [InlineData(3840, 1080)]
    [InlineData(3840, 2160)]
    [InlineData(5760, 2160)]
    [InlineData(6656, 1792)]
    [InlineData(7680, 2160)]
    public async Task Nothing_scrolls_overflows_or_is_small(int width, int height)
    {
        await using var watched = await chromium.OpenAsync(App.Address, width, height);
        await watched.OpenWallAsync();

        var faults = await watched.Page.EvaluateAsync<string[]>(WallLayout.Faults);

        faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("zh-CN", "zh-CN")]
    [InlineData("zh-TW,zh;q=0.9,en;q=0.8", "zh-CN")]
    [InlineData("en-GB,en;q=0.9", "en")]
    [InlineData("fr", "zh-CN")]
    public async Task The_language_is_the_one_the_browser_asks_for_and_else_Chinese(string accept, string lang)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "wall");
        request.Headers.TryAddWithoutValidation("Accept-Language", accept);

        var stop = TestContext.Current.CancellationToken;
        var html = await (await App.Http.SendAsync(request, stop)).Content.ReadAsStringAsync(stop);

        html.ShouldContain($"lang=\"{lang}\"");
    }

    [Fact]
    public async Task The_English_wall_has_no_Chinese_but_names_and_what_was_reported()
    {
        await using var watched = await chromium.OpenAsync(App.Address, locale: "zh-CN");
        await watched.OpenWallAsync("/wall?culture=en");
        await watched.CircuitBeatsAsync();

        var texts = await watched.Page.EvaluateAsync<string[]>(WallLayout.Texts);

        texts.Where(text => text.Any(letter => letter is >= '\u4e00' and <= '\u9fff')).ShouldBeEmpty();
    }

    [Fact]
    public async Task With_several_counties_and_none_named_the_wall_asks_which_and_opens_the_one_chosen()
    {
        await using var app = WallApp.Start();
        using (var areas = new StringContent(
            """
            {"type":"FeatureCollection","features":[
              {"type":"Feature","properties":{"code":"330481","name":"东县","level":"county"},"geometry":{"type":"Polygon","coordinates":[[[120.6,30.3],[121,30.3],[121,30.7],[120.6,30.7],[120.6,30.3]]]}},
              {"type":"Feature","properties":{"code":"330482","name":"西县","level":"county"},"geometry":{"type":"Polygon","coordinates":[[[120.1,30.3],[120.5,30.3],[120.5,30.7],[120.1,30.7],[120.1,30.3]]]}}]}
            """,
            new MediaTypeHeaderValue("application/geo+json")))
        {
            var answer = await app.Http.PutAsync(new Uri("api/v1/areas", UriKind.Relative), areas, TestContext.Current.CancellationToken);
            answer.IsSuccessStatusCode.ShouldBeTrue();
        }

        await using var watched = await chromium.OpenAsync(app.Address);
        await watched.Page.GotoAsync("/wall");
        var text = await watched.TextAsync();
        text.ShouldContain("选择要显示的县");
        text.ShouldContain("东县");
        (await watched.Page.Locator(".wall").CountAsync()).ShouldBe(0);

        await watched.Page.GetByText("西县").ClickAsync();
        await watched.ReadyAsync("cc-map");
        (await watched.Page.Locator("h1").InnerTextAsync()).ShouldContain("西县");
        watched.Page.Url.ShouldEndWith("/wall?area=330482");
    }

    [Fact]
    public async Task A_wall_for_an_unknown_area_says_so()
    {
        await using var watched = await chromium.OpenAsync(App.Address);
        await watched.Page.GotoAsync("/wall?area=123456");

        (await watched.TextAsync()).ShouldContain("123456");
    }

    private static async Task<int> FigureAsync(IPage page, string name) =>
        int.Parse(await page.Locator($"[data-figure={name}] b").InnerTextAsync(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
