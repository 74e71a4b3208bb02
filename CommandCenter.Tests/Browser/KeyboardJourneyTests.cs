using CommandCenter.Data.Accounts;
using Microsoft.Playwright;

namespace CommandCenter.Tests.Browser;

/// <summary>What administrators do most, without touching a mouse: Tab, Space, Enter, arrows and letters.</summary>
[Collection(nameof(Chromium))]
public sealed class KeyboardJourneyTests(Chromium chromium, CountyApp county) : IClassFixture<CountyApp>
{
    private const int MostPresses = 80;

    [Fact]
    public async Task A_key_is_made_copied_and_revoked()
    {
        await using var desk = await chromium.OpenAsync(county.App.Address, 1440, 900, role: Role.Administrator);
        var page = desk.Page;
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync("/admin/keys");
        await TypeAsync(page, "[name='Given.Name']", "法院");
        await PressAsync(page, "[name='Given.Scopes'][value='Read']", "Space");
        await PressAsync(page, "form.fields button[type=submit]", "Enter");

        await page.Locator("#secret").WaitForAsync();

        // What was done comes next, also for who can't see it.
        await page.WaitForFunctionAsync("() => document.activeElement.matches('.said')");
        await PressAsync(page, "[data-copy]", "Enter");
        await page.GetByText("已复制").WaitForAsync();
        (await page.EvaluateAsync<string>("navigator.clipboard.readText()")).ShouldBe(await page.Locator("#secret").InnerTextAsync());

        await PressAsync(page, "summary", "Enter");
        await PressAsync(page, "details[open] button", "Enter");
        await page.GetByText("“法院”已撤销").WaitForAsync();
        (await page.Locator("tr.over th").AllInnerTextsAsync()).ShouldContain("法院");
        desk.PolicyBreaks.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wall_is_let_in_and_revoked()
    {
        await using var screen = await chromium.OpenAsync(county.App.Address);
        await screen.Page.Context.ClearCookiesAsync();
        await screen.Page.GotoAsync("/wall");
        await screen.Page.WaitForFunctionAsync("() => /^[A-Z0-9]{4}-/.test(document.querySelector('[data-code]').textContent)");
        var code = await screen.Page.Locator("[data-code]").InnerTextAsync();

        await using var desk = await chromium.OpenAsync(county.App.Address, 1440, 900, "en", Role.Administrator);
        var page = desk.Page;
        await page.GotoAsync("/admin/walls");
        await TypeAsync(page, "input.code", code);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[name='Given.Name']").WaitForAsync();
        await TypeAsync(page, "[name='Given.Name']", "Hall");
        await PressAsync(page, "[name='Given.Profile']", "ArrowDown");
        await PressAsync(page, "form.fields button[type=submit]", "Enter");
        await page.GetByText("“Hall” was let in").WaitForAsync();
        (await page.Locator("tr", new() { HasText = "Hall" }).InnerTextAsync()).ShouldContain("Visitor");
        await screen.Page.Locator("[data-link='live']").WaitForAsync(WatchedPage.Patient);

        await PressAsync(page, "summary[aria-label*='Hall']", "Enter");
        await PressAsync(page, "details[open] button", "Enter");
        await page.GetByText("“Hall” was revoked").WaitForAsync();
        await screen.Page.Locator("[data-pairing] .over").WaitForAsync(WatchedPage.Patient);
        desk.PolicyBreaks.ShouldBeEmpty();
    }

    private static async Task TypeAsync(IPage page, string field, string text)
    {
        await TabToAsync(page, field);
        await page.Keyboard.TypeAsync(text);
    }

    private static async Task PressAsync(IPage page, string what, string key)
    {
        await TabToAsync(page, what);
        await page.Keyboard.PressAsync(key);
    }

    private static async Task TabToAsync(IPage page, string what)
    {
        for (var press = 0; !await page.EvaluateAsync<bool>("what => document.activeElement.matches(what)", what); press++)
        {
            press.ShouldBeLessThan(MostPresses, $"{what} is not reached");
            await page.Keyboard.PressAsync("Tab");
        }
    }
}
