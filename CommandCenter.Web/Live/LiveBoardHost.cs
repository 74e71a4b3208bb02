using CommandCenter.Data.Live;

namespace CommandCenter.Web.Live;

/// <summary>
/// The node's current board and how it stands to the store. The tailer writes, everybody else reads, from any thread; the board,
/// being immutable, may be kept as long as one likes.
/// </summary>
public sealed class LiveBoardHost(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<Action<LiveBoard, LiveState>> _subscribers = [];
    private volatile LiveBoard _current = LiveBoard.Empty;
    private volatile LiveState _state = new(LiveCondition.Behind, time.GetUtcNow().UtcDateTime, "The board has not been loaded yet.");
    private long _asOfTicks;

    public LiveBoard Current => _current;

    public LiveState State => _state;

    /// <summary>When the board was last known to hold all that the store holds, UTC; null until it was loaded.</summary>
    public DateTime? AsOf => Interlocked.Read(ref _asOfTicks) is var ticks and > 0 ? new DateTime(ticks, DateTimeKind.Utc) : null;

    /// <summary>
    /// Returns the board and the state of this moment together with a subscription to everything that follows: no change lies
    /// between the two, and none is told twice.
    /// </summary>
    /// <param name="changed">Called on the tailer's thread, in order, under the host's lock: it must only take note and return.</param>
    public (LiveBoard Board, LiveState State, IDisposable Subscription) Subscribe(Action<LiveBoard, LiveState> changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        lock (_gate)
        {
            _subscribers.Add(changed);
            return (_current, _state, new Subscription(this, changed));
        }
    }

    /// <summary>The board holds all that the store held at this instant.</summary>
    internal void UpToDate(LiveBoard board, DateTime asOf)
    {
        Interlocked.Exchange(ref _asOfTicks, asOf.Ticks);
        Publish(board, LiveCondition.Live, null);
    }

    /// <summary>Puts a board in place, and tells the subscribers if that or the state is news.</summary>
    internal void Publish(LiveBoard board, LiveCondition condition, string? reason)
    {
        lock (_gate)
        {
            var state = _state;
            if (state.Condition != condition || !string.Equals(state.Reason, reason, StringComparison.Ordinal))
            {
                state = new LiveState(condition, state.Condition == condition ? state.Since : time.GetUtcNow().UtcDateTime, reason);
            }

            if (ReferenceEquals(board, _current) && ReferenceEquals(state, _state))
            {
                return;
            }

            _current = board;
            _state = state;
            foreach (var subscriber in _subscribers)
            {
                subscriber(board, state);
            }
        }
    }

    private void Remove(Action<LiveBoard, LiveState> changed)
    {
        lock (_gate)
        {
            _subscribers.Remove(changed);
        }
    }

    private sealed class Subscription(LiveBoardHost host, Action<LiveBoard, LiveState> changed) : IDisposable
    {
        public void Dispose() => host.Remove(changed);
    }
}
