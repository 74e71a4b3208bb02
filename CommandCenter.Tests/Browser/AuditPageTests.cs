using System.Text.RegularExpressions;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Walls;
using CommandCenter.Tests.Security;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Tests.Browser;

/// <summary>The page of the record, in a real browser.</summary>
[Collection(nameof(Chromium))]
public sealed partial class AuditPageTests(Chromium chromium, AttackedApp app) : IClassFixture<AttackedApp>
{
    [Theory]
    [InlineData("zh-CN", "审计记录", "更新区域")]
    [InlineData("en", "Audit log", "Areas replaced")]
    public async Task The_record_is_searched_turned_over_and_read_without_a_mouse(string culture, string title, string action)
    {
        var log = app.Services.GetRequiredService<AuditLog>();
        var name = $"account:王{Guid.NewGuid():N}";
        for (var i = 0; i < 60; i++)
        {
            await log.AppendAsync(new AuditEntry(name, "areas.replaced", $"990101 {i}", i % 9 == 0 ? AuditResult.Failed : AuditResult.Done, "10.0.0.7", "<b>131 taken</b>"), CancellationToken.None);
        }

        await using var watched = await chromium.OpenAsync(app.Address, 1440, 900, culture, Role.Auditor);
        var page = watched.Page;
        await page.GotoAsync("/admin/audit");
        (await page.TitleAsync()).ShouldBe(title);
        await page.FocusAsync("input[name=subject]");
        await page.Keyboard.TypeAsync(name);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => url.Contains("subject=account", StringComparison.Ordinal), new() { WaitUntil = Microsoft.Playwright.WaitUntilState.DOMContentLoaded });

        (await page.Locator(".rows tbody tr").CountAsync()).ShouldBe(50);
        var first = await page.Locator(".rows tbody tr").First.InnerTextAsync();
        first.ShouldContain("990101 59");
        first.ShouldContain(action);
        first.ShouldContain("<b>131 taken</b>");
        await page.Locator(".pages a").Last.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => url.Contains("before=", StringComparison.Ordinal), new() { WaitUntil = Microsoft.Playwright.WaitUntilState.DOMContentLoaded });
        (await page.Locator(".rows tbody tr").CountAsync()).ShouldBe(10);
        (await page.InputValueAsync("input[name=subject]")).ShouldBe(name);
        (await AccessibilityTests.ViolationsAsync(page)).ShouldBeEmpty();
        watched.PolicyBreaks.ShouldBeEmpty();
        await page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"audit-{culture}.png") });
    }

    [Theory]
    [InlineData("zh-CN", "权限 intake 上报与处置", "指挥模式", "查看员 → 值班调度员 990101", "30 天后到期")]
    [InlineData("en", "scopes intake", "profile Centre", "Viewer → Dispatcher 990101", "expires in 30 days")]
    public async Task What_the_program_worded_is_read_in_the_language_of_the_page(string culture, string scopes, string profile, string roles, string expiry)
    {
        var by = $"account:赵{Guid.NewGuid():N}";
        var (services, name, month) = (app.Services, Guid.NewGuid().ToString("N"), TimeSpan.FromDays(30));
        await services.GetRequiredService<ApiKeyChanges>().AddAsync(new ApiKeyTerms(name, KeyScopes.Intake | KeyScopes.Read, Area: null, Source: null, Rate: null, month), by, address: null, CancellationToken.None);
        await services.GetRequiredService<WallPairings>().InviteAsync(new WallTerms(name, "990101", PairedWall.Centre, [WallScenes.Overview], Lifetime: null), by, address: null, CancellationToken.None);
        var accounts = services.GetRequiredService<AccountChanges>();
        var (_, id) = await accounts.AddAsync(new NewAccount(name, "赵", Role.Viewer, Area: null, DepartmentId: null, "-", MustChange: true), new ChangedBy(by, Address: null), CancellationToken.None);
        await accounts.ChangeAsync(id, "赵", Role.Dispatcher, "990101", departmentId: null, new ChangedBy(by, Address: null), CancellationToken.None);

        await using var watched = await chromium.OpenAsync(app.Address, 1440, 900, culture, Role.Auditor);
        await watched.Page.GotoAsync($"/admin/audit?subject={Uri.EscapeDataString(by)}");
        var told = string.Join('\n', await watched.Page.Locator(".rows tbody td:last-child").AllTextContentsAsync());

        told.ShouldSatisfyAllConditions(
            () => told.ShouldContain(scopes), () => told.ShouldContain(profile), () => told.ShouldContain(roles), () => told.ShouldContain(expiry));
        if (culture == "zh-CN")
        {
            // The words that are left are those that programs write into a key's scopes.
            EnglishWord().Matches(told).Select(word => word.Value).Distinct().ShouldBe(["intake", "read"], ignoreOrder: true);
        }
    }

    [Fact]
    public async Task A_search_that_makes_no_sense_and_one_that_finds_nothing_say_so()
    {
        await using var watched = await chromium.OpenAsync(app.Address, 1440, 900, "en", Role.Auditor);
        await watched.Page.GotoAsync("/admin/audit?from=x");
        (await watched.Page.Locator("[role=alert]").InnerTextAsync()).ShouldContain("from");
        await watched.Page.GotoAsync("/admin/audit?subject=nobody-of-this-name");
        (await watched.TextAsync()).ShouldContain("Nothing on record matches.");
        (await AccessibilityTests.ViolationsAsync(watched.Page)).ShouldBeEmpty();
    }

    [GeneratedRegex("[A-Za-z]{3,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EnglishWord();
}
