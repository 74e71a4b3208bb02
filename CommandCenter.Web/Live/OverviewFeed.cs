using System.Collections.Concurrent;
using CommandCenter.Data.Live;

namespace CommandCenter.Web.Live;

/// <summary>
/// Key figures for the panels: computed per area at most once a second on a node, whatever the number of circuits that show
/// them, and told to all of them. They change with the clock even when nothing is reported, so they are told every second.
/// </summary>
public sealed partial class OverviewFeed(LiveBoardHost host, LiveAreas areas, TimeProvider time, ILogger<OverviewFeed> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, Figures> _cache = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Action<OverviewFigures>>> _subscribers = new(StringComparer.Ordinal);

    /// <summary>Panels that are told, one a wall.</summary>
    public int SubscriberCount
    {
        get
        {
            lock (_gate)
            {
                return _subscribers.Values.Sum(list => list.Count);
            }
        }
    }

    /// <summary>The figures of an area, at most a second old.</summary>
    /// <param name="area">Area code; "" for the whole store. The only county of a store is the whole store.</param>
    public OverviewFigures Current(string area)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (!_cache.TryGetValue(area, out var known) || now - known.At >= Beat || now < known.At)
        {
            known = new Figures(now, host.Current.Overview(areas.Scope(area), now));
            _cache[area] = known;
        }

        return known.Overview;
    }

    /// <summary>Tells the figures of an area once a second until disposed. Not called at once: begin with <see cref="Current"/>.</summary>
    /// <param name="told">Called on the feed's thread: hand over to the circuit (<c>InvokeAsync</c>) and return. What it throws is
    /// logged, and does not disturb the others.</param>
    public IDisposable Subscribe(string area, Action<OverviewFigures> told)
    {
        ArgumentNullException.ThrowIfNull(told);
        lock (_gate)
        {
            if (!_subscribers.TryGetValue(area, out var list))
            {
                _subscribers[area] = list = [];
            }

            list.Add(told);
        }

        return new Subscription(this, area, told);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Tell();
        }
    }

    private void Tell()
    {
        KeyValuePair<string, Action<OverviewFigures>[]>[] all;
        lock (_gate)
        {
            all = [.. _subscribers.Select(area => KeyValuePair.Create(area.Key, area.Value.ToArray()))];
        }

        foreach (var (area, subscribers) in all)
        {
            var figures = Current(area);
            foreach (var subscriber in subscribers)
            {
                try
                {
                    subscriber(figures);
                }
#pragma warning disable CA1031 // One panel that fails must not still the others on this node.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    LogSubscriberFailed(e, area);
                }
            }
        }
    }

    private void Remove(string area, Action<OverviewFigures> told)
    {
        lock (_gate)
        {
            if (_subscribers.TryGetValue(area, out var list) && list.Remove(told) && list.Count == 0)
            {
                _subscribers.Remove(area);
                _cache.TryRemove(area, out _);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "A panel that shows the figures of area '{Area}' failed to take them")]
    private partial void LogSubscriberFailed(Exception exception, string area);

    private sealed record Figures(DateTime At, OverviewFigures Overview);

    private sealed class Subscription(OverviewFeed feed, string area, Action<OverviewFigures> told) : IDisposable
    {
        public void Dispose() => feed.Remove(area, told);
    }
}
