using System.Text.RegularExpressions;
using CommandCenter.Data.Accounts;
using Microsoft.Playwright;

namespace CommandCenter.Tests.Browser;

/// <summary>The register's pages in a real browser: from an empty county to a dispute that is being mediated.</summary>
[Collection(nameof(Chromium))]
public sealed class DisputePagesTests(Chromium chromium) : IAsyncLifetime
{
    private static readonly string Axe = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "axe.min.js"));

    private ServerProcess _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("zh-CN", "登记", "转为：受理", "转为：分流", "显示完整信息")]
    [InlineData("en", "Register", "To: Accepted", "To: Assigned", "Show in full")]
    public async Task A_dispute_is_registered_and_moved_with_masked_parties_and_every_page_is_clean(string culture, string register, string accept, string assign, string show)
    {
        await using (var administrator = await chromium.OpenAsync(_server.Address, 1440, 900, culture, Role.Administrator))
        {
            var admin = administrator.Page;
            await admin.GotoAsync("/admin/mediation");
            await admin.Locator("form:has(input[value=body]) input[name=code]").FillAsync($"tw-{culture}");
            await admin.Locator("form:has(input[value=body]) input[name=name]").FillAsync("城关镇人民调解委员会");
            await admin.Keyboard.PressAsync("Enter");
            await admin.GetByRole(AriaRole.Cell, new() { Name = $"tw-{culture}" }).WaitForAsync();
            await ShouldBeCleanAsync(administrator);
        }

        await using var watched = await chromium.OpenAsync(_server.Address, 1440, 900, culture, Role.Dispatcher);
        var page = watched.Page;
        await page.GotoAsync("/disputes/new");
        await ShouldBeCleanAsync(watched);
        await page.Locator("input[name=title]").FillAsync("李小明家漏水");
        await page.Locator("select[name=risk]").SelectOptionAsync("red");
        await page.Locator("input[name=name0]").FillAsync("李小明");
        await page.Locator("input[name=phone0]").FillAsync("13812345678");
        await page.GetByRole(AriaRole.Button, new() { Name = register, Exact = true }).ClickAsync();
        await page.Locator(".problems").WaitForAsync(); // a risk has a reason
        (await page.Locator("input[name=phone0]").InputValueAsync()).ShouldBe("13812345678", "What was typed is there still.");
        await page.Locator("input[name=riskReason]").FillAsync("曾动手");
        await page.GetByRole(AriaRole.Button, new() { Name = register, Exact = true }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/disputes/[0-9]+$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        (await page.Locator("main").InnerTextAsync()).ShouldNotContain("小明");
        await ShouldBeCleanAsync(watched);

        await MoveAsync(page, accept);
        await MoveAsync(page, assign);
        (await page.Locator("dl.facts").InnerTextAsync()).ShouldContain("城关镇人民调解委员会");
        await ShouldBeCleanAsync(watched);
        await page.GetByRole(AriaRole.Button, new() { Name = show }).ClickAsync();
        await page.GetByRole(AriaRole.Cell, new() { Name = "13812345678" }).WaitForAsync();

        foreach (var address in new[] { "/disputes", "/disputes/list?risk=red&open=true", "/disputes/list?risk=pink" })
        {
            await page.GotoAsync(address);
            await ShouldBeCleanAsync(watched);
        }

        await page.GotoAsync("/disputes");
        await page.Locator("dl.figures a").First.ClickAsync();
        await page.WaitForURLAsync("**/disputes/list?open=true");
        (await page.Locator("tbody tr").CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Who_only_looks_is_offered_nothing_to_do_and_does_nothing_by_sending_it()
    {
        using var api = new Incidents.Api(_server.Address);
        var id = (await api.PostAsync("/api/v1/disputes", """{"source":"judicial","category":"02","title":"噪声"}""")).Id;
        await using var watched = await chromium.OpenAsync(_server.Address, 1440, 900, "en", Role.Viewer);
        await watched.Page.GotoAsync($"/disputes/{id}");
        (await watched.Page.Locator("form:visible[action^='/disputes']").CountAsync()).ShouldBe(0);
        (await watched.Page.GetByRole(AriaRole.Link, new() { Name = "Register a dispute" }).CountAsync()).ShouldBe(0);

        using var viewer = await TestAccess.SignedInAsync(_server.Address, Role.Viewer);
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "change", ["what"] = "move", ["stage"] = "accepted" });
        using var answer = await viewer.PostAsync(new Uri($"/disputes/{id}", UriKind.Relative), fields, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBeLessThan(500);

        (await api.GetAsync($"/api/v1/disputes/{id}")).Json.GetProperty("stage").GetString().ShouldBe("registered");
    }

    private static async Task MoveAsync(IPage page, string to)
    {
        // By keyboard: the step opens, its form is sent.
        var step = page.Locator("details", new() { Has = page.Locator("summary", new() { HasTextString = to }) });
        await step.Locator("summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await step.Locator("button[type=submit]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("summary", new() { HasTextString = to }).WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private static async Task ShouldBeCleanAsync(WatchedPage watched)
    {
        await watched.Page.EvaluateAsync(Axe);
        (await watched.Page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run(document, { preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations
              .flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target} ${node.html} ${node.failureSummary}`))
            """)).ShouldBeEmpty(watched.Page.Url);
        (await watched.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue($"{watched.Page.Url} is wider than the screen");
        watched.PolicyBreaks.ShouldBeEmpty();
        watched.Errors.ShouldBeEmpty();
        watched.OutsideRequests.ShouldBeEmpty();
    }
}
