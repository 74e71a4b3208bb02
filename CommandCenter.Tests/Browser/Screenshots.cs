using Microsoft.Playwright;

namespace CommandCenter.Tests.Browser;

/// <summary>
/// Pictures of a running wall, for the eye: <c>-explicit only -class CommandCenter.Tests.Browser.Screenshots</c>, with
/// <c>COMMANDCENTER_URL</c> (http://localhost:5080/ when not set). They land in the folder <c>screenshots</c> of the test output.
/// </summary>
[Collection(nameof(Chromium))]
public sealed class Screenshots(Chromium chromium)
{
    [Theory(Explicit = true)]
    [InlineData(1920, 1080, "zh-CN")]
    [InlineData(1920, 1080, "en")]
    [InlineData(3840, 1080, "zh-CN")]
    [InlineData(3840, 1080, "en")]
    [InlineData(3840, 2160, "zh-CN")]
    [InlineData(5760, 2160, "zh-CN")]
    [InlineData(7680, 2160, "zh-CN")]
    public async Task Of_the_wall(int width, int height, string culture)
    {
        var origin = new Uri(Environment.GetEnvironmentVariable("COMMANDCENTER_URL") ?? "http://localhost:5080/");
        await using var watched = await chromium.OpenAsync(origin, width, height, culture);
        await watched.OpenWallAsync($"/wall?culture={culture}");
        await watched.Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"wall-{width}x{height}-{culture}.png"),
        });
    }
}
