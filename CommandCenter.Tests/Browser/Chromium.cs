using CommandCenter.Data.Accounts;
using CommandCenter.Data.Walls;
using Microsoft.Playwright;

namespace CommandCenter.Tests.Browser;

[CollectionDefinition(nameof(Chromium))]
public sealed class ChromiumTests : ICollectionFixture<Chromium>;

/// <summary>
/// One real Chromium for all browser tests: <c>CHROMIUM_PATH</c>, else <c>/usr/bin/chromium</c>, else the one Playwright has
/// installed. Where there is none, the tests are skipped and say so.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string _missing = "";

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        var path = new[] { Environment.GetEnvironmentVariable("CHROMIUM_PATH"), "/usr/bin/chromium", _playwright.Chromium.ExecutablePath }
            .FirstOrDefault(File.Exists);
        if (path is null)
        {
            _missing = "No Chromium: set CHROMIUM_PATH, install it as /usr/bin/chromium, or run `playwright.ps1 install chromium`.";
            return;
        }

        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args =
            [
                "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-quic", "--no-first-run",
            ],
        });
    }

    /// <summary>A fresh profile with one page, watched for what a wall must never do.</summary>
    /// <param name="locale">What the browser asks for in Accept-Language.</param>
    /// <param name="role">Whoever is signed in; nobody when null: then the browser is a paired wall.</param>
    /// <param name="scenes">What the wall shows.</param>
    public async Task<WatchedPage> OpenAsync(Uri origin, int width = 1920, int height = 1080, string locale = "zh-CN", Role? role = null, string scenes = WallScenes.Overview, string profile = PairedWall.Centre)
    {
        Assert.SkipWhen(_browser is null, _missing);
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = locale,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            BaseURL = origin.ToString(),
        });
        var cookies = role is { } who ? await TestAccess.SignInAsync(origin, who) : await TestAccess.PairedAsync(origin, scenes, profile) is { } paired ? [paired] : [];
        await context.AddCookiesAsync(cookies.Select(cookie => new Microsoft.Playwright.Cookie
        {
            Name = cookie.Name,
            Value = cookie.Value,
            Domain = origin.Host,
            Path = "/",
            HttpOnly = true,
            SameSite = SameSiteAttribute.Strict,
        }));
        return await WatchedPage.OfAsync(context, origin);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
