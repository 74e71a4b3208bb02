using CommandCenter.Data.Walls;
using Microsoft.Playwright;

namespace CommandCenter.Tests.Browser;

/// <summary>Scenes of a wall with figures: their order, their layout and their languages.</summary>
[Collection(nameof(Chromium))]
public sealed class SceneTests(Chromium chromium, CountedApp counted) : IClassFixture<CountedApp>
{
    private const string All = "overview:3600,police:3600,disputes:3600";

    private WallApp App => counted.App;

    [Fact]
    public async Task Scenes_follow_each_other_in_the_order_and_for_the_time_of_their_wall_and_the_header_names_them()
    {
        await using var watched = await chromium.OpenAsync(App.Address, scenes: "police:5,overview:7");
        await watched.Page.GotoAsync("/wall");
        await watched.ReadyAsync("cc-map");
        var turns = await watched.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const turns = [];
              const wall = document.querySelector('.wall');
              for (let before = null; turns.length < 4;) {
                const named = document.querySelector('.scenes [aria-current]').dataset.shows;
                const seen = [...document.querySelectorAll('.scene')].filter(one => getComputedStyle(one).display !== 'none').map(one => one.classList[1]).join();
                if (wall.dataset.scene !== before) {
                  before = wall.dataset.scene;
                  turns.push(`${before} ${named} ${seen} ${Math.round(performance.now())}`);
                }
                await new Promise(done => setTimeout(done, 50));
              }
              return turns;
            }
            """);

        var told = turns.Select(turn => turn.Split(' ')).ToList();
        told.ShouldAllBe(turn => turn[0] == turn[1] && turn[0] == turn[2]);
        told.Zip(told.Skip(1)).ShouldAllBe(pair => pair.First[0] != pair.Second[0]);
        foreach (var (turn, next) in told.Skip(1).Zip(told.Skip(2)))
        {
            (double.Parse(next[3], System.Globalization.CultureInfo.InvariantCulture) - double.Parse(turn[3], System.Globalization.CultureInfo.InvariantCulture))
                .ShouldBeInRange(turn[0] == WallScenes.Police ? 4500 : 6500, 30_000, "not before its time, and a busy machine takes its own");
        }
    }

    [Fact]
    public async Task In_the_scene_of_statistics_the_map_shows_how_safe_each_town_is_and_in_the_overview_what_is_open()
    {
        await using var watched = await chromium.OpenAsync(App.Address, scenes: "police:5,overview:5");
        await watched.Page.GotoAsync("/wall");
        await watched.ReadyAsync("cc-map");
        await watched.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('cc-map.by-town .name i')].filter(score => /^[0-9.]+$/.test(score.textContent)).length === 12");
        (await watched.Page.Locator("cc-map .legend .step").CountAsync()).ShouldBe(5);
        (await watched.Page.Locator("cc-map .legend").InnerTextAsync()).ShouldContain("平安指数");

        await watched.Page.Locator("cc-map:not(.by-town) .legend .title", new() { HasTextString = "未办结" }).WaitForAsync(WatchedPage.Patient);
        await watched.Page.Locator("cc-map:not(.by-town) .pin, cc-map:not(.by-town) .cluster").First.WaitForAsync(WatchedPage.Patient);
    }

    [Theory]
    [InlineData(1920, 1080, "zh-CN")]
    [InlineData(1920, 1080, "en")]
    [InlineData(3840, 1080, "zh-CN")]
    [InlineData(3840, 1080, "en")]
    [InlineData(5760, 2160, "en")]
    [InlineData(6656, 1792, "zh-CN")]
    public async Task No_scene_scrolls_overflows_cuts_a_text_or_is_small(int width, int height, string culture)
    {
        await using var watched = await chromium.OpenAsync(App.Address, width, height, scenes: All);
        await OpenAsync(watched, culture);
        foreach (var scene in WallScenes.All)
        {
            await TurnAsync(watched, scene);

            (await watched.Page.EvaluateAsync<string[]>(WallLayout.Faults)).ShouldBeEmpty($"{scene} {culture}");
            (await watched.Page.EvaluateAsync<string[]>(WallLayout.Shortened)).ShouldBeEmpty($"{scene} {culture}");
        }
    }

    [Fact]
    public async Task The_English_scenes_have_no_Chinese_but_names()
    {
        await using var watched = await chromium.OpenAsync(App.Address, scenes: All);
        await OpenAsync(watched, "en");

        (await watched.Page.EvaluateAsync<string[]>(WallLayout.Texts)).Where(text => text.Any(letter => letter is >= '\u4e00' and <= '\u9fff')).ShouldBeEmpty();
    }

    private static async Task OpenAsync(WatchedPage watched, string culture)
    {
        await watched.Page.GotoAsync($"/wall?culture={culture}");
        await watched.LiveAsync();
        await watched.CircuitBeatsAsync();
        foreach (var scene in WallScenes.All)
        {
            await watched.Page.Locator($".scene.{scene}:not([data-empty]) section").First.WaitForAsync(WatchedPage.Patient);
        }
    }

    // As the wall does when it is time, and waits until that was drawn.
    private static async Task TurnAsync(WatchedPage watched, string scene) => await watched.Page.EvaluateAsync(
        """
        scene => new Promise(done => {
          document.querySelector('.wall').dataset.scene = scene;
          document.dispatchEvent(new CustomEvent('cc:scene', { detail: scene }));
          requestAnimationFrame(() => requestAnimationFrame(done));
        })
        """,
        scene);
}
