using System.Threading.Channels;

namespace CommandCenter.Web.Live;

/// <summary>
/// What waits for one subscriber of the feed. Bounded: a subscriber that does not keep up loses what waits, and gets a snapshot
/// in its place, so that it never misses a change without knowing.
/// </summary>
internal sealed class LiveClient(string scope, bool visitor, int capacity)
{
    private readonly Channel<LiveMessage> _waiting = Channel.CreateBounded<LiveMessage>(
        new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Code prefix of what it wants to hear of; "" for everything.</summary>
    public string Scope { get; } = scope;

    /// <summary>Guests look on.</summary>
    public bool Visitor { get; } = visitor;

    /// <summary>It is owed a snapshot. Written under the feed's lock.</summary>
    public volatile bool Lagging;

    /// <summary>When something was last put in its queue (<see cref="TimeProvider.GetTimestamp"/>). Under the feed's lock.</summary>
    public long OfferedAt { get; private set; }

    public ChannelReader<LiveMessage> Waiting => _waiting.Reader;

    /// <summary>Under the feed's lock.</summary>
    public void Offer(LiveMessage message, long timestamp)
    {
        OfferedAt = timestamp;
        if (!Lagging && !_waiting.Writer.TryWrite(message))
        {
            Lagging = true;
        }
    }

    /// <summary>Under the feed's lock, with the snapshot that replaces what waited.</summary>
    public void Replace(LiveMessage snapshot, long timestamp)
    {
        OfferedAt = timestamp;
        while (_waiting.Reader.TryRead(out _))
        {
        }

        _waiting.Writer.TryWrite(snapshot);
        Lagging = false;
    }
}
