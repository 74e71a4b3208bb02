using CommandCenter.Data.Live;

namespace CommandCenter.Web.Live;

/// <summary>
/// The node's current board and how it stands to the store. The tailer writes, everybody else reads; both properties may be read
/// from any thread and the board, being immutable, be kept as long as one likes.
/// </summary>
public sealed class LiveBoardHost(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<Action<LiveBoard, LiveState>> _subscribers = [];
    private volatile LiveBoard _current = LiveBoard.Empty;
    private volatile LiveState _state = new(LiveCondition.Behind, time.GetUtcNow().UtcDateTime, "The board has not been loaded yet.");

    public LiveBoard Current => _current;

    public LiveState State => _state;

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

    internal void Publish(LiveBoard board, LiveCondition condition, string? reason = null)
    {
        lock (_gate)
        {
            if (_state.Condition != condition || _state.Reason != reason)
            {
                var since = _state.Condition == condition ? _state.Since : time.GetUtcNow().UtcDateTime;
                _state = new LiveState(condition, since, reason);
            }

            _current = board;
            foreach (var subscriber in _subscribers)
            {
                subscriber(_current, _state);
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
