using System.Text.Json;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Events;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Live;
using CommandCenter.Data.Privacy;
using CommandCenter.Web.Live;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Live;

/// <summary>A feed over a board that the test moves on, in time that the test lets pass.</summary>
public sealed class FeedWorld : IAsyncDisposable
{
    private readonly List<LoggedEvent> _log;
    private int _published;

    private FeedWorld(int events, LivePace pace)
    {
        Pace = pace;
        _log = RandomLog.OfLength(events, seed: 11).Events;
        Host = new LiveBoardHost(Time);
        Feed = new LiveFeed(Host, new LiveAreas(() => AreaIndex.Empty), new BoardMask(new PrivacyOptions()), pace, Time, NullLogger<LiveFeed>.Instance);
    }

    public ManualTime Time { get; } = new();

    public LivePace Pace { get; }

    public LiveBoardHost Host { get; }

    public LiveFeed Feed { get; }

    public static async Task<FeedWorld> StartAsync(int published = 0, LivePace? pace = null, int events = 4_000)
    {
        var world = new FeedWorld(events, pace ?? new LivePace());
        world.Publish(published);
        await world.Feed.StartAsync(CancellationToken.None);
        await world.Time.UntilWaitedForAsync(world.Pace.Pulse / 4);
        world.Feed.Tell();
        return world;
    }

    public void Publish(int events)
    {
        var board = LiveBoard.Apply(Host.Current, _log.GetRange(_published, events));
        _published += events;
        Host.UpToDate(board, Time.GetUtcNow().UtcDateTime);
    }

    public FeedReader Subscribe(long? after = null, string? area = null) => new(Feed.Subscribe(Sight.OfTheProgram, after, area, CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        await Feed.StopAsync(CancellationToken.None);
        Feed.Dispose();
    }
}

/// <summary>Reads a feed message by message.</summary>
public sealed class FeedReader(IAsyncEnumerable<LiveMessage> messages) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<LiveMessage> _messages = messages.GetAsyncEnumerator();

    public async Task<JsonElement> NextAsync()
    {
        (await _messages.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();
        return JsonDocument.Parse(_messages.Current.Json).RootElement;
    }

    public ValueTask DisposeAsync() => _messages.DisposeAsync();
}

internal static class FeedJson
{
    public static string Type(this JsonElement message) => message.GetProperty("type").GetString()!;

    public static long Position(this JsonElement message) => message.GetProperty("position").GetInt64();

    public static long[] EntryPositions(this JsonElement message) => [.. message.GetProperty("entries").EnumerateArray().Select(Position)];
}
