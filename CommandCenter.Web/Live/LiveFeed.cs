using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Live;

namespace CommandCenter.Web.Live;

/// <summary>
/// Tells the node's subscribers what changes on the board: at once, and under load (<see cref="LivePace.LightLoad"/>) at most one
/// message per <see cref="LivePace.Coalesce"/>. All subscribers stand at the same position, that of the board told last, so each message is
/// serialised once per area and joins without gap or repeat whatever a newcomer was given.
/// </summary>
public sealed partial class LiveFeed : BackgroundService
{
    private readonly Lock _gate = new();
    private readonly List<LiveClient> _clients = [];
    private readonly Dictionary<(string Scope, bool Visitor), LiveMessage> _snapshots = [];
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly LiveBoardHost _host;
    private readonly LiveAreas _areas;
    private readonly BoardMask _mask;
    private readonly LivePace _pace;
    private readonly TimeProvider _time;
    private readonly ILogger<LiveFeed> _logger;
    private readonly Queue<(long At, long Before)> _pastSecond = new();
    private LiveBoard _told;
    private LiveState _stateTold;
    private long? _surgeToldAt;

    public LiveFeed(LiveBoardHost host, LiveAreas areas, BoardMask mask, LivePace pace, TimeProvider time, ILogger<LiveFeed> logger)
    {
        (_host, _areas, _mask, _pace, _time, _logger) = (host, areas, mask, pace, time, logger);
        (_told, _stateTold) = (host.Current, host.State);
    }

    /// <summary>Subscribers at this moment.</summary>
    public int ClientCount
    {
        get
        {
            lock (_gate)
            {
                return _clients.Count;
            }
        }
    }

    /// <summary>The feed of an area from a position on: first a snapshot, or the changes since, then what follows.</summary>
    /// <param name="after">The last position the subscriber knows; null for a snapshot.</param>
    /// <param name="area">Area code; null or empty for all that is seen.</param>
    /// <exception cref="ArgumentOutOfRangeException">The area is not seen.</exception>
    public async IAsyncEnumerable<LiveMessage> Subscribe(Sight sight, long? after, string? area, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var client = new LiveClient(_areas.Scope(string.IsNullOrEmpty(area) ? sight.Area : area), sight.Visitor, _pace.ClientQueue);
        if (!sight.Covers(area) && !string.IsNullOrEmpty(area))
        {
            throw new ArgumentOutOfRangeException(nameof(area), area, $"It lies outside {sight.Area}.");
        }

        lock (_gate)
        {
            Begin(client, after);
            _clients.Add(client);
        }

        try
        {
            while (await client.Waiting.WaitToReadAsync(cancellationToken))
            {
                if (client.Lagging)
                {
                    CatchUp(client);
                }

                if (client.Waiting.TryRead(out var message))
                {
                    yield return message;
                }
            }
        }
        finally
        {
            lock (_gate)
            {
                _clients.Remove(client);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (_, _, subscription) = _host.Subscribe((_, _) => _news.Writer.TryWrite(true));
        using (subscription)
        {
            _news.Writer.TryWrite(true);
            await Task.WhenAll(TellNewsAsync(stoppingToken), PulseAsync(stoppingToken));
        }
    }

    private async Task TellNewsAsync(CancellationToken cancellationToken)
    {
        while (await _news.Reader.WaitToReadAsync(cancellationToken))
        {
            _news.Reader.TryRead(out _);
            var before = _told.Position;
            var toldAll = Tell();
            if (!toldAll)
            {
                _news.Writer.TryWrite(true);
            }

            if (IsUnderLoad(before) || !toldAll)
            {
                await Task.Delay(_pace.Coalesce, _time, cancellationToken);
            }
        }
    }

    private async Task PulseAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_pace.Pulse / 4, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            lock (_gate)
            {
                TellPulse(client => _time.GetElapsedTime(client.OfferedAt) >= _pace.Pulse);
            }
        }
    }

    /// <summary>Tells what has happened since the last time.</summary>
    /// <returns>False when there is more than may be told now.</returns>
    internal bool Tell()
    {
        lock (_gate)
        {
            var (board, state) = (_host.Current, _host.State);
            if (state.Condition != _stateTold.Condition)
            {
                _stateTold = state;
                TellPulse(_ => true);
            }

            if (ReferenceEquals(board, _told))
            {
                return true;
            }

            if (_clients.Count == 0)
            {
                Told(board);
            }
            else if (!board.CanResumeAfter(_told.Position))
            {
                if (_told.Position > 0)
                {
                    LogNotContinuous(_told.Position, board.Position, _clients.Count);
                }

                TellSnapshots(board);
            }
            else if (board.Position - _told.Position > _pace.Surge || ErasedAfter(board, _told.Position))
            {
                if (_surgeToldAt is { } last && _time.GetElapsedTime(last) < _pace.BetweenSurgeSnapshots)
                {
                    return false;
                }

                TellSnapshots(board);
                _surgeToldAt = _time.GetTimestamp();
            }
            else
            {
                TellChanges(board);
            }

            return true;
        }
    }

    // By how many positions were told within the last second, this time included.
    private bool IsUnderLoad(long before)
    {
        var now = _time.GetTimestamp();
        _pastSecond.Enqueue((now, before));
        while (_time.GetElapsedTime(_pastSecond.Peek().At, now) > TimeSpan.FromSeconds(1))
        {
            _pastSecond.Dequeue();
        }

        return _told.Position - _pastSecond.Peek().Before > _pace.LightLoad;
    }

    private void TellChanges(LiveBoard board)
    {
        var asOf = _host.AsOf;
        foreach (var group in _clients.GroupBy(client => (client.Scope, client.Visitor)))
        {
            var writer = new LiveMessageWriter(_areas.Current, _mask, group.Key.Visitor);
            var entries = board.StreamAfter(_told.Position).Where(entry => LiveMessageWriter.Concerns(entry, group.Key.Scope)).ToList();
            if (entries.Count > 0)
            {
                var message = writer.Changes(board.Position, asOf, entries);
                foreach (var client in group)
                {
                    client.Offer(message, _time.GetTimestamp());
                }
            }
        }

        Told(board);
    }

    private void TellSnapshots(LiveBoard board)
    {
        Told(board);
        foreach (var client in _clients)
        {
            client.Replace(SnapshotOf(client), _time.GetTimestamp());
        }
    }

    private void TellPulse(Func<LiveClient, bool> wanted)
    {
        var pulse = LiveMessageWriter.Pulse(_told.Position, _host.AsOf, _host.State);
        foreach (var client in _clients.Where(wanted))
        {
            client.Offer(pulse, _time.GetTimestamp());
        }
    }

    private void Told(LiveBoard board)
    {
        _told = board;
        _snapshots.Clear();
    }

    private void Begin(LiveClient client, long? after)
    {
        if (after is { } known && _told.CanResumeAfter(known) && !ErasedAfter(_told, known))
        {
            var missed = _told.StreamAfter(known).Where(entry => LiveMessageWriter.Concerns(entry, client.Scope));
            client.Offer(new LiveMessageWriter(_areas.Current, _mask, client.Visitor).Changes(_told.Position, _host.AsOf, missed), _time.GetTimestamp());
        }
        else
        {
            client.Offer(SnapshotOf(client), _time.GetTimestamp());
        }

        // A newcomer must not take a board that is known to be old for the present.
        if (_host.State is { Condition: not LiveCondition.Live } state)
        {
            client.Offer(LiveMessageWriter.Pulse(_told.Position, _host.AsOf, state), _time.GetTimestamp());
        }
    }

    private void CatchUp(LiveClient client)
    {
        lock (_gate)
        {
            LogLagging(client.Scope, _pace.ClientQueue);
            client.Replace(SnapshotOf(client), _time.GetTimestamp());
        }
    }

    // Whoever holds titles that were erased since is given everything anew, in which they are no more.
    private static bool ErasedAfter(LiveBoard board, long position) =>
        board.StreamAfter(position).Any(entry => entry.Kind == StreamEntryKind.IncidentsErased);

    // Many come back at once after a restart, and want the same.
    private LiveMessage SnapshotOf(LiveClient client)
    {
        var wanted = (client.Scope, client.Visitor);
        if (!_snapshots.TryGetValue(wanted, out var snapshot))
        {
            _snapshots.Add(wanted, snapshot = new LiveMessageWriter(_areas.Current, _mask, client.Visitor).Snapshot(_told, _host.AsOf, client.Scope));
        }

        return snapshot;
    }

    [LoggerMessage(LogLevel.Information, "A subscriber of the live feed (area '{Area}') fell more than {Messages} messages behind and gets a snapshot")]
    private partial void LogLagging(string area, int messages);

    [LoggerMessage(LogLevel.Warning, "The board went from position {From} to {To} with more between than is kept; {Clients} subscribers of the live feed get a snapshot")]
    private partial void LogNotContinuous(long from, long to, int clients);
}
