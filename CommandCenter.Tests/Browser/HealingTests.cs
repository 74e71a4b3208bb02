using System.Diagnostics;
using System.Globalization;
using CommandCenter.Web.Live;
using CommandCenter.Web.Wall;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CommandCenter.Tests.Browser;

[Collection(nameof(Chromium))]
public sealed class HealingTests(Chromium chromium)
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_wall_says_that_its_server_died_and_comes_back_by_itself_when_it_is_there_again()
    {
        await using var server = await ServerProcess.StartAsync();
        await Bring.CountyAsync(server.Http);
        await Bring.ReportAsync(server.Http, "停电前的上报");
        await using var watched = await chromium.OpenAsync(server.Address);
        await watched.OpenWallAsync();

        await server.KillAsync();
        await watched.Page.Locator("[data-link='down']").WaitForAsync(WatchedPage.Within(15));
        (await watched.TextAsync()).ShouldContain("连接断开");
        (await watched.TextAsync()).ShouldContain("停电前的上报"); // what was known stays, marked as old
        await watched.Page.Locator(".wall.stale").WaitForAsync(WatchedPage.Within(15));

        await server.StartAgainAsync();
        var back = Stopwatch.StartNew();
        await watched.LiveAsync();
        await watched.CircuitBeatsAsync();

        back.Elapsed.ShouldBeLessThan(Recovery);
        await Bring.ReportAsync(server.Http, "恢复后的上报");
        await watched.Page.Locator("cc-stream .title", new() { HasTextString = "恢复后的上报" }).First.WaitForAsync(WatchedPage.Within(15));
        watched.PolicyBreaks.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wall_comes_back_by_itself_after_an_exception_in_its_circuit()
    {
        var faulty = new FaultyTexts();
        await using var app = WallApp.Start(services => services.AddSingleton<IStringLocalizer<WallText>>(provider =>
            faulty.Over(new StringLocalizer<WallText>(provider.GetRequiredService<IStringLocalizerFactory>()))));
        await Bring.CountyAsync(app.Http);
        await using var watched = await chromium.OpenAsync(app.Address);
        await watched.OpenWallAsync();
        await watched.Page.EvaluateAsync("window.untouched = true");

        faulty.FailOnce();
        await faulty.Failed.WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
        var back = Stopwatch.StartNew();
        await watched.Page.WaitForFunctionAsync("() => window.untouched === undefined", null, new() { Timeout = 20_000 });
        await watched.LiveAsync();
        await watched.CircuitBeatsAsync();

        back.Elapsed.ShouldBeLessThan(Recovery);
    }

    [Fact]
    public async Task A_map_whose_graphics_context_was_lost_is_drawn_again_by_itself()
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        await using var watched = await chromium.OpenAsync(app.Address);
        await watched.OpenWallAsync();
        await watched.Page.EvaluateAsync("window.untouched = true");

        await watched.Page.EvaluateAsync(
            """
            () => {
              const canvas = window.lostCanvas = document.querySelector('cc-map canvas');
              (canvas.getContext('webgl2') ?? canvas.getContext('webgl')).getExtension('WEBGL_lose_context').loseContext();
            }
            """);
        var back = Stopwatch.StartNew();
        await watched.Page.WaitForFunctionAsync(
            """
            () => {
              const canvas = document.querySelector('cc-map[data-ready] canvas');
              return canvas && canvas !== window.lostCanvas && !(canvas.getContext('webgl2') ?? canvas.getContext('webgl')).isContextLost();
            }
            """, null, new() { Timeout = 30_000 });

        back.Elapsed.ShouldBeLessThan(Recovery);
        (await watched.Page.EvaluateAsync<bool>("window.untouched")).ShouldBeTrue("the page itself need not begin anew");
        await Bring.ReportAsync(app.Http, "显卡恢复后的上报", "0303", "critical", grid: 90);
        await watched.Page.Locator("cc-map .pin.critical").First.WaitForAsync(WatchedPage.Within(15));
    }

    [Fact]
    public async Task A_wall_says_that_the_database_is_away_and_comes_back_by_itself_when_it_is_there_again()
    {
        await using var server = await ServerProcess.StartAsync();
        await Bring.CountyAsync(server.Http);
        await Bring.ReportAsync(server.Http, "数据库离开前的上报");
        await using var watched = await chromium.OpenAsync(server.Address);
        await watched.OpenWallAsync();

        await OnStoreAsync(server, "ALTER TABLE event_log RENAME TO event_log_away");
        await watched.Page.Locator("[data-link='storeAway']").WaitForAsync(WatchedPage.Within(15));
        await watched.Page.Locator(".wall.stale").WaitForAsync(WatchedPage.Within(15));
        var text = await watched.TextAsync();
        text.ShouldContain("数据库不可用");
        text.ShouldContain("数据停在");
        text.ShouldContain("数据库离开前的上报"); // what was known stays, marked as old

        await OnStoreAsync(server, "ALTER TABLE event_log_away RENAME TO event_log");
        var back = Stopwatch.StartNew();
        await watched.LiveAsync();
        await watched.Page.Locator(".wall:not(.stale)").WaitForAsync(WatchedPage.Within(15));

        back.Elapsed.ShouldBeLessThan(Recovery);
        await Bring.ReportAsync(server.Http, "数据库回来后的上报");
        await watched.Page.Locator("cc-stream .title", new() { HasTextString = "数据库回来后的上报" }).First.WaitForAsync(WatchedPage.Within(15));
    }

    [Fact]
    public async Task A_wall_that_has_not_read_the_whole_log_yet_says_that_it_is_catching_up()
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        await using var watched = await chromium.OpenAsync(app.Address);
        await watched.OpenWallAsync();
        var host = app.Services.GetRequiredService<LiveBoardHost>();

        // The condition as the tailer publishes it during a surge; the tailer itself ends it with the next thing it reads.
        using var busy = new Timer(_ => host.Publish(host.Current, LiveCondition.Behind, "test"), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
        await watched.Page.Locator("[data-link='behind']").WaitForAsync(WatchedPage.Within(15));
        (await watched.TextAsync()).ShouldContain("数据追赶中");

        await busy.DisposeAsync();
        await watched.LiveAsync(10);
    }

    [Fact]
    public async Task An_empty_store_says_what_to_do_first_and_becomes_the_wall_by_itself()
    {
        await using var app = WallApp.Start();
        await using var watched = await chromium.OpenAsync(app.Address);
        await watched.Page.GotoAsync("/wall");
        var text = await watched.TextAsync();
        text.ShouldContain("还没有区域边界");
        text.ShouldContain("curl -X PUT");

        await Bring.CountyAsync(app.Http);

        await watched.ReadyAsync("cc-map");
        (await watched.TextAsync()).ShouldContain("区域边界已更新");
        (await watched.Page.Locator("[data-figure=on-time]").InnerTextAsync()).ShouldContain("无数据");
    }

    private static async Task OnStoreAsync(ServerProcess server, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(server.Folder, "commandcenter.db")};Pooling=False;Default Timeout=10");
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql);
    }

    /// <summary>The texts of the wall, with one exception on demand, on the circuit that asks next.</summary>
    private sealed class FaultyTexts
    {
        private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _armed;

        public Task Failed => _failed.Task;

        public void FailOnce() => _armed = 1;

        public IStringLocalizer<WallText> Over(IStringLocalizer<WallText> texts) => new Texts(this, texts);

        private void MayFail()
        {
            if (Interlocked.Exchange(ref _armed, 0) == 1)
            {
                _failed.SetResult();
                throw new InvalidOperationException("A fault that the test asked for.");
            }
        }

        private sealed class Texts(FaultyTexts owner, IStringLocalizer<WallText> texts) : IStringLocalizer<WallText>
        {
            public LocalizedString this[string name]
            {
                get
                {
                    owner.MayFail();
                    return texts[name];
                }
            }

            public LocalizedString this[string name, params object[] arguments] => texts[name, arguments];

            public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => texts.GetAllStrings(includeParentCultures);
        }
    }
}
