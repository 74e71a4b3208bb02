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

    /// <summary>Every page, and who opens it; nobody where whoever opens it has not signed in.</summary>
    public static readonly TheoryData<string, Role?> Pages = new()
    {
        { "/", Role.Administrator },
        { "/account", Role.Dispatcher },
        { "/account/password", Role.Dispatcher },
        { "/account/second-factor", Role.Dispatcher },
        { "/account/second-factor", Role.Administrator },
        { "/admin/areas", Role.Administrator },
        { "/admin/audit", Role.Auditor },
        { "/admin/audit?from=x", Role.Auditor },
        { "/admin/departments", Role.Administrator },
        { "/admin/health", Role.Administrator },
        { "/admin/keys", Role.Administrator },
        { "/admin/mediation", Role.Administrator },
        { "/admin/person", Role.Administrator },
        { "/admin/users", Role.Administrator },
        { "/admin/users/1", Role.Administrator },
        { "/admin/walls", Role.Administrator },
        { "/safety", Role.Leader },
        { "/statistics", Role.Leader },
        { "/statistics?area=x", Role.Leader },
        { "/statistics/import", Role.Dispatcher },
        { "/disputes", Role.Dispatcher },
        { "/disputes/list?open=true", Role.Viewer },
        { "/disputes/new", Role.Dispatcher },
        { "/disputes/1", Role.Dispatcher }, // none yet
        { "/sign-in?refused=true", null },
        { "/sign-in/code?refused=true", null },
        { "/setup", null },
        { "/wall", null },
        { "/wall/pair", null },
        { "/wall/pair?token=x", null },
        { "/wall?area=999999", Role.Administrator },
        { "/admin/keys", Role.Viewer }, // refused
        { "/not-found", Role.Viewer },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_page_is_clean_in_both_languages_and_no_wider_than_the_screen(string address, Role? role)
    {
        foreach (var culture in new[] { "zh-CN", "en" })
        {
            await using var watched = await OpenAsync(address, role, culture);

            (await ViolationsAsync(watched.Page)).ShouldBeEmpty(culture);
            (await watched.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue(culture);
            watched.PolicyBreaks.ShouldBeEmpty();
            watched.Errors.ShouldBeEmpty();
        }
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
    [MemberData(nameof(Pages))]
    public async Task Everything_on_a_page_is_reached_by_keyboard_and_the_focus_is_seen(string address, Role? role)
    {
        await using var watched = await OpenAsync(address, role, "zh-CN");
        var expected = await watched.Page.EvaluateAsync<string[]>(
            """
            () => {
              // Kept as elements: a chart that is drawn later moves all places in the document.
              window.wanted = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
                .filter(it => !it.disabled && it.checkVisibility({ visibilityProperty: true }) && it.offsetWidth > 0);
              return window.wanted.map((it, place) => `${place} ${it.tagName} ${it.id || it.name || it.textContent.trim().slice(0, 20)}`);
            }
            """);

        var reached = new HashSet<string>(StringComparer.Ordinal);
        for (var press = 0; press < 3 * (expected.Length + 1) && !reached.IsSupersetOf(expected); press++) // a date field has several stops
        {
            await watched.Page.Keyboard.PressAsync("Tab");
            var focus = await watched.Page.EvaluateAsync<JsonElement>(
                """
                () => {
                  // Of the parts of a date field the browser itself marks the one that has the focus.
                  const active = document.activeElement, style = getComputedStyle(active);
                  return { at: window.wanted.indexOf(active), body: active === document.body, seen: active.type === 'date' || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 };
                }
                """);
            if (!focus.GetProperty("body").GetBoolean())
            {
                focus.GetProperty("seen").GetBoolean().ShouldBeTrue($"element {focus.GetProperty("at")} after {press + 1} presses");
                if (focus.GetProperty("at").GetInt32() is >= 0 and var at)
                {
                    reached.Add(expected[at]);
                }
            }
        }

        expected.Except(reached, StringComparer.Ordinal).ShouldBeEmpty();
    }

    private async Task<WatchedPage> OpenAsync(string address, Role? role, string culture)
    {
        var watched = await chromium.OpenAsync(county.App.Address, 1440, 900, culture, role);
        if (role is null)
        {
            await watched.Page.Context.ClearCookiesAsync();
        }

        await watched.Page.GotoAsync(address);
        return watched;
    }

    internal static async Task<string[]> ViolationsAsync(IPage page)
    {
        await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string[]>(Violations);
    }
}
