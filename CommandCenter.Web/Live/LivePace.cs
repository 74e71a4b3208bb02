namespace CommandCenter.Web.Live;

/// <summary>How often things happen between the log and the screens. One value for all installations; tests have their own.</summary>
public sealed record LivePace
{
    /// <summary>The tailer looks for what other nodes wrote at least this often; what this node wrote rings.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>After a read that found something the tailer leaves the store this long to the intake.</summary>
    public TimeSpan Breath { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>How many events one read takes.</summary>
    public int Page { get; init; } = 5_000;

    /// <summary>Waits between attempts on a store that is away grow up to this.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>A board whose newest event is older than this, while there is more to read, is behind.</summary>
    public TimeSpan BehindAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Under load, clients of the hub get at most one message in this time.</summary>
    public TimeSpan Coalesce { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Load is more entries than this within a second. Below it each is told at once: waiting for company would make the wall
    /// later by 25 ms on average and save nobody anything.
    /// </summary>
    public int LightLoad { get; init; } = 100;

    /// <summary>When nothing else was sent for this long, clients get a pulse.</summary>
    public TimeSpan Pulse { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many messages wait for a slow client before it gets a snapshot in their place.</summary>
    public int ClientQueue { get; init; } = 64;

    /// <summary>More new entries than this at once are told as a snapshot, which is then the smaller message.</summary>
    public int Surge { get; init; } = 1_000;

    /// <summary>During a surge, clients get at most one snapshot in this time.</summary>
    public TimeSpan BetweenSurgeSnapshots { get; init; } = TimeSpan.FromSeconds(2);
}
