using System.Text.Json;
using CommandCenter.Data.Accounts;
using Microsoft.Playwright;

namespace CommandCenter.Tests.Browser;

/// <summary>Pages against the machine-checkable part of WCAG 2.2 AA, contrast included, by axe-core.</summary>
[Collection(nameof(Chromium))]
public sealed class AccessibilityTests(Chromium chromium, CountyApp county) : IClassFixture<CountyApp>
{
    private static readonly string Axe = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "axe.min.js"));

    // Without preload: it puts styles of its own into a page whose style sheets import others, which our policy forbids.
    private const string Violations =
        """
        async () => {
          const { violations } = await axe.run(document, { preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
          return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target} ${node.html} ${node.failureSummary}`));
        }
        """;

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task The_wall_is_clean(string culture)
    {
        await using var watched = await chromium.OpenAsync(county.App.Address, role: Role.Administrator);
        await watched.OpenWallAsync($"/wall?culture={culture}");

        (await ViolationsAsync(watched.Page)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/", "zh-CN")]
    [InlineData("/", "en")]
    [InlineData("/admin/areas", "zh-CN")]
    [InlineData("/admin/areas", "en")]
    [InlineData("/admin/health", "zh-CN")]
    [InlineData("/admin/health", "en")]
    [InlineData("/wall?area=999999", "zh-CN")]
    [InlineData("/not-found", "en")]
    public async Task Every_page_is_clean(string address, string culture)
    {
        await using var watched = await chromium.OpenAsync(county.App.Address, 1440, 900, culture, role: Role.Administrator);
        await watched.Page.GotoAsync(address);

        (await ViolationsAsync(watched.Page)).ShouldBeEmpty();
        watched.PolicyBreaks.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/", "zh-CN")]
    [InlineData("/wall", "en")]
    [InlineData("/admin/areas", "zh-CN")]
    [InlineData("/admin/areas", "en")]
    public async Task Every_page_of_an_empty_store_is_clean(string address, string culture)
    {
        await using var app = WallApp.Start();
        await using var watched = await chromium.OpenAsync(app.Address, 1440, 900, culture, role: Role.Administrator);
        await watched.Page.GotoAsync(address);

        (await ViolationsAsync(watched.Page)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/admin/areas")]
    [InlineData("/admin/health")]
    public async Task Everything_on_a_page_is_reached_by_keyboard_and_the_focus_is_seen(string address)
    {
        await using var watched = await chromium.OpenAsync(county.App.Address, 1440, 900, role: Role.Administrator);
        await watched.Page.GotoAsync(address);
        var expected = await watched.Page.Locator("a[href]:visible, button:visible, input:visible, select:visible").CountAsync();

        var reached = new HashSet<string>(StringComparer.Ordinal);
        for (var press = 0; press < 3 * expected; press++) // a date field has several stops
        {
            await watched.Page.Keyboard.PressAsync("Tab");
            var focus = await watched.Page.EvaluateAsync<JsonElement>(
                """
                () => {
                  // Of the parts of a date field the browser itself marks the one that has the focus.
                  const all = [...document.querySelectorAll('*')], active = document.activeElement, style = getComputedStyle(active);
                  return { at: String(all.indexOf(active)), body: active === document.body, seen: active.type === 'date' || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 };
                }
                """);
            if (!focus.GetProperty("body").GetBoolean())
            {
                focus.GetProperty("seen").GetBoolean().ShouldBeTrue($"element {focus.GetProperty("at")} after {press + 1} presses");
                reached.Add(focus.GetProperty("at").GetString()!);
            }
        }

        reached.Count.ShouldBe(expected);
    }

    internal static async Task<string[]> ViolationsAsync(IPage page)
    {
        await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string[]>(Violations);
    }
}
