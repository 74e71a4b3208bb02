using CommandCenter.Data.Accounts;
using CommandCenter.Tests.Browser;
using CommandCenter.Web.Demo;
using Microsoft.Playwright;

namespace CommandCenter.Tests.Accounts;

/// <summary>
/// A circuit whose connection was cut is kept for two minutes and goes on rendering. Whoever stands differently by then does not
/// get it back, however often they ask.
/// </summary>
[Collection(nameof(Chromium))]
public sealed class RetainedCircuitTests(Chromium chromium) : IAsyncLifetime
{
    private ServerProcess _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_server.Folder, recursive: true);
    }

    [Theory]
    [InlineData("UPDATE account SET role = 1")]
    [InlineData("UPDATE account SET area = '990101001'")]
    public async Task Whoever_stands_differently_does_not_get_the_page_back_that_was_open(string change)
    {
        await using var watched = await chromium.OpenAsync(_server.Address, 1440, 900, role: Role.Administrator);
        await watched.Page.GotoAsync("/admin/health");
        await watched.CircuitBeatsAsync();
        await watched.Page.EvaluateAsync(
            "() => document.addEventListener('cc:circuit', e => { if (e.detail === 'down') window.beatAtCut ??= document.querySelector('[data-beat]').dataset.beat; else window.then ??= e.detail; })");

        AccountsOf.Change(_server, change);

        // The page asked for its circuit, and was told that there is none for it.
        await watched.Page.WaitForFunctionAsync("() => window.then !== undefined", null, new() { Timeout = 60_000 });
        (await watched.Page.EvaluateAsync<string>("window.then")).ShouldBe("back");
        (await watched.Page.EvaluateAsync<string>("document.querySelector('[data-beat]').dataset.beat"))
            .ShouldBe(await watched.Page.EvaluateAsync<string>("window.beatAtCut"), "nothing more was shown");
    }

    [Theory]
    [InlineData("UPDATE account SET disabled_at = '2026-01-01T00:00:00.000Z'")]
    [InlineData("UPDATE account_session SET ended_at = '2026-01-01T00:00:00.000Z'")]
    public async Task Whoever_is_let_in_no_more_is_led_to_sign_in(string change)
    {
        await using var watched = await chromium.OpenAsync(_server.Address, 1440, 900, role: Role.Administrator);
        await watched.Page.GotoAsync("/admin/health");
        await watched.CircuitBeatsAsync();
        await watched.Page.EvaluateAsync("() => document.addEventListener('cc:circuit', e => { if (e.detail === 'up') sessionStorage.setItem('cameBack', '1'); })");

        AccountsOf.Change(_server, change);

        // Sooner than a page finds out by itself that nobody is there (idle.js asks once a minute).
        await watched.Page.WaitForURLAsync("**/sign-in**", new() { Timeout = 45_000 });
        (await watched.Page.EvaluateAsync<string?>("sessionStorage.getItem('cameBack')")).ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_stands_as_before_gets_it_back()
    {
        await using var watched = await chromium.OpenAsync(_server.Address, 1440, 900, role: Role.Administrator);
        await watched.Page.AddInitScriptAsync("{ window.lines = []; const Line = WebSocket; window.WebSocket = class extends Line { constructor(...of) { super(...of); window.lines.push(this); } }; }");
        await watched.Page.GotoAsync("/admin/health");
        await watched.CircuitBeatsAsync();

        await watched.Page.EvaluateAsync(
            """
            () => {
              document.addEventListener('cc:circuit', e => { window.then = e.detail; });
              window.lines.filter(line => line.url.includes('/_blazor')).forEach(line => line.close());
            }
            """);

        await watched.Page.WaitForFunctionAsync("() => window.then === 'up'", null, new() { Timeout = 60_000 });
        await watched.CircuitBeatsAsync();
    }

    [Fact]
    public async Task A_wall_that_was_given_another_area_begins_anew_with_it()
    {
        await Bring.CountyAsync(_server.Http);
        var town = DemoCounty.Instance.Towns[0];
        await using var watched = await chromium.OpenAsync(_server.Address);
        await watched.OpenWallAsync();
        await watched.Page.EvaluateAsync("() => document.addEventListener('cc:circuit', e => { if (e.detail === 'up') sessionStorage.setItem('cameBack', '1'); })");

        AccountsOf.Change(_server, "UPDATE wall SET area = @Code", new { town.Code });

        await watched.Page.Locator($".wall[data-area='{town.Code}']").WaitForAsync(WatchedPage.Patient);
        await watched.CircuitBeatsAsync();
        (await watched.Page.EvaluateAsync<string?>("sessionStorage.getItem('cameBack')")).ShouldBeNull("the old circuit came back");
    }

    [Fact]
    public async Task A_page_that_was_made_before_the_change_opens_nothing_after_it()
    {
        await Bring.CountyAsync(_server.Http);
        var town = DemoCounty.Instance.Towns[0];
        await using var watched = await chromium.OpenAsync(_server.Address);
        var held = new TaskCompletionSource<IRoute>(TaskCreationOptions.RunContinuationsAsynchronously);
        await watched.Page.RouteAsync("**/shell/boot*.js", route => held.Task.IsCompleted ? route.ContinueAsync() : Task.FromResult(held.TrySetResult(route)));
        await watched.Page.GotoAsync("/wall", new() { WaitUntil = WaitUntilState.Commit });
        var boot = await held.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await watched.Page.Locator(".wall").WaitForAsync(WatchedPage.Patient);
        (await watched.Page.Locator(".wall").GetAttributeAsync("data-area")).ShouldNotBe(town.Code);

        // The page holds, sealed, that it is to show the county. Its circuit begins only now.
        AccountsOf.Change(_server, "UPDATE wall SET area = @Code", new { town.Code });
        await watched.Page.WaitForFunctionAsync(
            "async code => (await (await fetch('/wall', { cache: 'no-store' })).text()).includes(`data-area=\"${code}\"`)", town.Code, new() { Timeout = 60_000, PollingInterval = 200 });
        var beat = await watched.Page.EvaluateAsync<string>("document.querySelector('[data-beat]').dataset.beat");
        await watched.Page.EvaluateAsync(
            "beat => new MutationObserver(() => { const now = document.querySelector('[data-beat]')?.dataset.beat; if (now !== undefined && now !== beat) sessionStorage.setItem('shown', '1'); })"
            + ".observe(document.body, { subtree: true, attributes: true, childList: true })",
            beat);
        await boot.ContinueAsync();

        await watched.Page.Locator($".wall[data-area='{town.Code}']").WaitForAsync(WatchedPage.Patient);
        await watched.CircuitBeatsAsync();
        (await watched.Page.EvaluateAsync<string?>("sessionStorage.getItem('shown')")).ShouldBeNull("the county was shown to a wall of the town");
    }
}
