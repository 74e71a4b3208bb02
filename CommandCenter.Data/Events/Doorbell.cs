namespace CommandCenter.Data.Events;

/// <summary>
/// Says that something was committed, and up to where. Only a hint that saves waiting: whoever reads the log must work if it
/// never rings, because other processes write to the same database.
/// </summary>
public sealed class Doorbell(TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _position;

    /// <summary>The last position that this process committed; 0 when none yet.</summary>
    public long Position
    {
        get
        {
            lock (_lock)
            {
                return _position;
            }
        }
    }

    /// <summary>Waits until something beyond a position was committed here, or the time is up, whichever comes first.</summary>
    public async Task WaitBeyondAsync(long position, TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task next;
        lock (_lock)
        {
            if (_position > position)
            {
                return;
            }

            next = _next.Task;
        }

        // When the time is up the caller looks for itself. An idle tailer comes by several times a second, and an exception
        // thrown each time would be most of what it costs.
        await next.WaitAsync(atMost, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    internal void Ring(long position)
    {
        TaskCompletionSource rung;
        lock (_lock)
        {
            _position = position;
            rung = _next;
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        rung.TrySetResult();
    }
}
