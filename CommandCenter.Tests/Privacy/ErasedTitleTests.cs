using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Live;
using CommandCenter.Data.Privacy;
using CommandCenter.Data.Storage;
using CommandCenter.Tests.Browser;
using CommandCenter.Tests.Live;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Tests.Privacy;

/// <summary>A title that was erased is not remembered by a running node, a subscriber or a screen either.</summary>
[Collection(nameof(Chromium))]
public sealed class ErasedTitleTests(Chromium chromium)
{
    private const string Title = "欧阳婉如家的阳台漏水", Name = "欧阳婉如";

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_node_lets_go_of_it_at_once_and_tells_whoever_follows()
    {
        using var store = await LiveStore.CreateAsync();
        using var elsewhere = store.OpenAgain();
        await using var node = await LiveNode.StartAsync(store);
        await using var other = await LiveNode.StartAsync(elsewhere);
        await CloseAsync(store.Store);
        var before = (await node.AtAsync(4)).Position;
        await using var follower = new FeedReader(node.Feed.Subscribe(Sight.OfTheProgram, null, null, Ended));
        (await follower.NextAsync()).GetRawText().ShouldContain("阳台漏水");

        (await Erasure(store.Store).EraseAsync(new PersonFilter(Name, null, null), "test", address: null, Ended)).Erased.ShouldHaveSingleItem();

        foreach (var board in new[] { await node.AtAsync(5), await other.AtAsync(5) })
        {
            Titles(board).ShouldAllBe(title => title.Length == 0);
            board.StreamNewestFirst.Count().ShouldBe(5);
            board.Same(await store.Loader.LoadAsync(Ended)).ShouldBeTrue();
        }

        var told = await NextNewsAsync(follower);
        told.Type().ShouldBe("snapshot");
        told.GetRawText().ShouldNotContain("阳台漏水");
        told.GetProperty("recent").GetArrayLength().ShouldBe(4);
        await using var back = new FeedReader(other.Feed.Subscribe(Sight.OfTheProgram, before, null, Ended));
        (await back.NextAsync()).Type().ShouldBe("snapshot");
    }

    [Fact]
    public async Task It_leaves_the_screen_of_a_wall_that_shows_it()
    {
        await using var app = WallApp.Start();
        await Bring.CountyAsync(app.Http);
        await CloseAsync(app.Services.GetRequiredService<Store>());
        await using var wall = await chromium.OpenAsync(app.Address);
        await wall.OpenWallAsync();
        var line = wall.Page.Locator("cc-stream .title", new() { HasText = "阳台漏水" }).First;
        await line.WaitForAsync(WatchedPage.Patient);

        await app.Services.GetRequiredService<PersonErasure>().EraseAsync(new PersonFilter(Name, null, null), "test", address: null, Ended);

        await line.WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached, Timeout = 10_000 });
        (await wall.Page.Locator("cc-stream .row").CountAsync()).ShouldBeGreaterThan(0);
        wall.Errors.ShouldBeEmpty();
    }

    private static IEnumerable<string> Titles(LiveBoard board) => board.StreamNewestFirst.Select(entry => entry.Incident?.Title ?? "");

    private static async Task<System.Text.Json.JsonElement> NextNewsAsync(FeedReader reader)
    {
        while (true)
        {
            var message = await reader.NextAsync();
            if (message.Type() != "pulse")
            {
                return message;
            }
        }
    }

    private static PersonErasure Erasure(Store store) =>
        new(store, new AuditLog(store, new NoAuditKey(), TimeProvider.System), new PrivacyOptions(), TimeProvider.System);

    // Four events: reported, accepted, in progress, closed. The name in the title is masked already; what is left of it goes.
    private static async Task CloseAsync(Store store)
    {
        var incidents = new IncidentStore(store);
        var report = new IncidentReport("12345", null, "0401", Urgency.Normal, Title, null, null, null, null, null, false, null, null, Name, null);
        var id = (await incidents.TakeInAsync([report], Ended))[0].Id;
        foreach (var status in new[] { IncidentStatus.Accepted, IncidentStatus.InProgress, IncidentStatus.Closed })
        {
            (await incidents.MoveAsync(Sight.OfTheProgram, id, status, "desk", null, Ended)).Outcome.ShouldBe(MoveOutcome.Moved);
        }
    }
}
