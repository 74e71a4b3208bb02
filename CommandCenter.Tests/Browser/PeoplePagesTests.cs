using CommandCenter.Data.Accounts;
using CommandCenter.Tests.Accounts;
using Microsoft.Playwright;

namespace CommandCenter.Tests.Browser;

/// <summary>The pages about people in a real browser.</summary>
[Collection(nameof(Chromium))]
public sealed class PeoplePagesTests(Chromium chromium) : IAsyncLifetime
{
    private static readonly string Axe = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "axe.min.js"));

    private ServerProcess _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Every_page_is_clean_and_breaks_no_policy(string culture)
    {
        await using var watched = await chromium.OpenAsync(_server.Address, 1440, 900, culture, Role.Administrator);
        var id = AccountsOf.One<long>(_server, "SELECT MIN(id) FROM account");
        await AccountsOf.AddAsync(_server, $"li-{culture}");
        foreach (var page in new[] { "/sign-in?refused=true", "/sign-in/code", "/setup", "/account", "/account/password", "/account/second-factor", "/admin/users", $"/admin/users/{id}", $"/admin/users/{id + 1}", "/admin/departments" })
        {
            await watched.Page.GotoAsync(page);
            await watched.Page.EvaluateAsync(Axe);
            (await watched.Page.EvaluateAsync<string[]>(
                """
                async () => (await axe.run(document, { preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations
                  .flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target} ${node.html} ${node.failureSummary}`))
                """)).ShouldBeEmpty(page);
            (await watched.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue($"{page} is wider than the screen");
        }

        watched.PolicyBreaks.ShouldBeEmpty();
        watched.Errors.ShouldBeEmpty();
        watched.OutsideRequests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_keyboard_alone_signs_in_and_sets_up_the_second_factor()
    {
        await AccountsOf.AddAsync(_server, "keys", Role.Administrator);
        await using var watched = await chromium.OpenAsync(_server.Address, 1440, 900, "en");
        var page = watched.Page;
        await page.GotoAsync("/sign-in");
        await page.Keyboard.TypeAsync("keys");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(Person.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/account/second-factor");
        var secret = PageForm.FromBase32(await page.Locator(".secret").InnerTextAsync());
        (await page.Locator("svg.qr").BoundingBoxAsync())!.Width.ShouldBeGreaterThan(200);

        await page.GetByLabel("Code of the app").FocusAsync();
        await page.Keyboard.TypeAsync(Totp.Code(secret, Totp.StepOf(DateTime.UtcNow)));
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(Person.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".codes code").First.WaitForAsync();
        (await page.Locator(".codes code").CountAsync()).ShouldBe(RecoveryCode.Count);
        await page.GetByText("I have kept them").PressAsync("Enter");
        await page.WaitForURLAsync(new Uri(_server.Address, "/").ToString());
        await page.Locator("header nav.pages").GetByText("Users").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Users" }).WaitForAsync();
    }

    [Fact]
    public async Task A_page_that_stays_open_ends_with_its_session()
    {
        await using var watched = await chromium.OpenAsync(_server.Address, 1440, 900, "en", Role.Administrator);
        await watched.Page.GotoAsync("/admin/health");
        await watched.Page.WaitForFunctionAsync("document.documentElement.dataset.circuit !== 'down'");
        await watched.Page.WaitForTimeoutAsync(1500);

        AccountsOf.Change(_server, "UPDATE account_session SET ended_at = '2026-01-01T00:00:00.000Z'");
        await watched.Page.WaitForURLAsync("**/sign-in**");
        await watched.Page.GetByText("You were signed out").WaitForAsync();
    }

    [Fact]
    public async Task Whoever_does_nothing_is_signed_out_and_the_session_is_over()
    {
        await using var server = await ServerProcess.StartAsync(null, null, "--Access:IdleMinutes=1");
        await using var watched = await chromium.OpenAsync(server.Address, 1440, 900, "en", Role.Viewer);
        await watched.Page.GotoAsync("/account");

        // As if nobody had touched anything for longer than that.
        await watched.Page.EvaluateAsync("setInterval(() => localStorage.setItem('cc-active-at', String(Date.now() - 61_000)), 50)");
        await watched.Page.WaitForURLAsync("**/sign-in?idle=true");
        AccountsOf.One<int>(server, "SELECT COUNT(*) FROM account_session WHERE ended_at IS NULL").ShouldBe(0);
        AccountsOf.One<string>(server, "SELECT detail FROM audit_log WHERE action = 'session.end'").ShouldBe("idle");
    }

    [Fact]
    public async Task A_session_that_is_idle_is_over_on_the_server_whatever_the_page_does()
    {
        await AccountsOf.AddAsync(_server, "slow");
        using var slow = new Person(_server.Address);
        await slow.SignInAsync("slow");
        (await slow.GetAsync("/account")).IsSuccessStatusCode.ShouldBeTrue();
        await _server.KillAsync();
        AccountsOf.Change(_server, "UPDATE account_session SET last_active_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-31 minutes')");
        await _server.StartAgainAsync();
        (await slow.GetAsync("/account")).Headers.Location!.OriginalString.ShouldStartWith("/sign-in");
    }
}
