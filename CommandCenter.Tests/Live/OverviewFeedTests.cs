using CommandCenter.Data.Grids;
using CommandCenter.Data.Live;
using CommandCenter.Web.Live;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Live;

public sealed class OverviewFeedTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualTime _time = new();
    private readonly LiveBoardHost _host;
    private readonly OverviewFeed _feed;

    public OverviewFeedTests()
    {
        _host = new LiveBoardHost(_time);
        _feed = new OverviewFeed(_host, new LiveAreas(() => AreaIndex.Empty), _time, NullLogger<OverviewFeed>.Instance);
    }

    public async ValueTask InitializeAsync()
    {
        await _feed.StartAsync(CancellationToken.None);
        await _time.UntilWaitedForAsync(Second);
    }

    public async ValueTask DisposeAsync()
    {
        await _feed.StopAsync(CancellationToken.None);
        _feed.Dispose();
    }

    [Fact]
    public void Within_a_second_everybody_gets_the_same_figures()
    {
        var first = _feed.Current("");
        _host.UpToDate(LiveBoard.Apply(LiveBoard.Empty, RandomLog.OfLength(5, 1).Events), _time.GetUtcNow().UtcDateTime);
        _feed.Current("").ShouldBeSameAs(first);
        _time.Advance(Second);
        _feed.Current("").Position.ShouldBe(5);
    }

    [Fact]
    public async Task Figures_are_told_every_second_until_the_panel_is_disposed_and_a_failing_panel_disturbs_nobody()
    {
        var told = 0;
        var next = new TaskCompletionSource<OverviewFigures>();
        using var failing = _feed.Subscribe("", _ => throw new InvalidOperationException("A panel that is gone."));
        using var after = _feed.Subscribe("", figures => next.TrySetResult(figures));
        var panel = _feed.Subscribe("", _ => told++);
        _time.Advance(Second);
        await next.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await _time.UntilWaitedForAsync(Second);

        panel.Dispose();
        var toldBefore = told;
        next = new TaskCompletionSource<OverviewFigures>();
        _time.Advance(Second);
        await next.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        told.ShouldBe(toldBefore);
    }
}
