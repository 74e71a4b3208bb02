using CommandCenter.Data.Events;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;

namespace CommandCenter.Web.Admin;

/// <summary>The nodes of the database and the work that one of them does at a time, read at most every two seconds for all who look.</summary>
public sealed class NodeRoster(NodeStore nodes, LeaseStore leases, EventLog log, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    // A page that waited for a store that hangs would itself look dead.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    // How far the log had come, at each reading of the last half minute: longer ago no node that is alive was heard of.
    private const int HeadsKept = 15;

    private readonly Lock _gate = new();
    private readonly Queue<(long At, long Head)> _heads = new(HeadsKept);
    private Task<NodeRosterReading>? _reading;
    private long _readAt;
    private NodeRosterReading _last = new([], [], IsOld: true);

    /// <summary>What is known. Old while the store does not answer.</summary>
    public async Task<NodeRosterReading> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _last = await Read().WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or StoreUnavailableException)
        {
            return _last with { IsOld = true };
        }
    }

    private Task<NodeRosterReading> Read()
    {
        lock (_gate)
        {
            if (_reading is null || (_reading.IsCompleted && time.GetElapsedTime(_readAt) >= Fresh))
            {
                _readAt = time.GetTimestamp();
                _reading = Task.Run(ReadAsync);
            }

            return _reading;
        }
    }

    // One at a time, and so the queue needs no lock.
    private async Task<NodeRosterReading> ReadAsync()
    {
        var head = await log.HeadAsync(CancellationToken.None);
        if (_heads.Count == HeadsKept)
        {
            _heads.Dequeue();
        }

        _heads.Enqueue((time.GetTimestamp(), head));
        var now = time.GetTimestamp();
        return NodeRosterReading.Of(await nodes.ListAsync(CancellationToken.None), await leases.ListAsync(CancellationToken.None)) with
        {
            Heads = [.. _heads.Select(known => (time.GetElapsedTime(known.At, now), known.Head))],
        };
    }
}

/// <param name="Nodes">Those that died and were started anew since under the same name and address are left out.</param>
/// <param name="Work">What was ever begun; in the end somebody holds each, or it is switched off.</param>
/// <param name="IsOld">The store did not answer just now.</param>
public sealed record NodeRosterReading(IReadOnlyList<NodeState> Nodes, IReadOnlyList<LeaseState> Work, bool IsOld)
{
    // Nodes speak every five seconds, and one that is slow once has not died.
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(15);

    /// <summary>How far the log had come, how long before this reading; the latest last.</summary>
    public IReadOnlyList<(TimeSpan Ago, long Head)> Heads { get; init; } = [];

    public static NodeRosterReading Of(IReadOnlyList<NodeState> nodes, IReadOnlyList<LeaseState> work)
    {
        var latest = nodes.GroupBy(node => (node.Name, node.Address)).ToDictionary(group => group.Key, group => group.Max(node => node.StartedAt));
        return new NodeRosterReading(
            [.. nodes.Where(node => !IsSilent(node) || node.StartedAt == latest[(node.Name, node.Address)]).OrderBy(IsSilent)], work, IsOld: false);
    }

    public static bool IsSilent(NodeState node) => node.Silence >= Silent;

    /// <summary>
    /// What a node had not read when it was last heard of: a node tells its position every few seconds, and the log as it is now
    /// would make each look behind. Null as long as nobody knows how far the log was then.
    /// </summary>
    public long? Unread(NodeState node)
    {
        if (Heads is [.., var (_, latest)] && latest <= node.Position)
        {
            return 0;
        }

        return Heads.LastOrDefault(known => known.Ago >= node.Silence) is { Head: > 0 } then ? Math.Max(0, then.Head - node.Position) : null;
    }

    /// <summary>The name of the node that does a work; null when nobody does. A node that is in no list is called by its id.</summary>
    public string? HolderOf(LeaseState work) =>
        work is { IsHeld: true, Holder: { } holder } ? Nodes.FirstOrDefault(node => node.Id == holder)?.Name ?? holder.Split('/')[0] : null;
}
