using System.Collections.Immutable;
using CommandCenter.Data.Events;

namespace CommandCenter.Data.Live;

/// <summary>
/// What is going on now, up to one position of the log: the open incidents, the counts behind the key figures, and the newest
/// entries of the stream. Immutable; two boards at one position are equal, whether they were folded from the log event by event
/// or loaded from the state tables. What depends on the time of day is derived when it is read.
/// </summary>
public sealed partial class LiveBoard
{
    /// <summary>The newest entries that a board keeps for clients that come back.</summary>
    public const int StreamLength = RecentEntries.Capacity;

    public static readonly LiveBoard Empty = new();

    internal LiveBoard()
    {
    }

    /// <summary>The last event counted; 0 on an empty log.</summary>
    public long Position { get; internal init; }

    /// <summary>The latest instant at which a counted event was recorded, UTC; null on an empty log.</summary>
    public DateTime? LastEventAt { get; internal init; }

    /// <summary>How many incidents are open in the whole store.</summary>
    public int OpenCount => OpenById.Count;

    /// <summary>The open incidents, newest first.</summary>
    public IEnumerable<OpenIncident> OpenNewestFirst => OpenById.Descending();

    /// <summary>The stream, newest first; at most <see cref="StreamLength"/>.</summary>
    public IEnumerable<StreamEntry> StreamNewestFirst => Recent.NewestFirst();

    internal IdMap<OpenIncident> OpenById { get; init; } = IdMap<OpenIncident>.Empty;

    /// <summary>By nine-digit code, and <see cref="Place.Outside"/> and <see cref="Place.Nowhere"/>.</summary>
    internal ImmutableDictionary<string, Tally> Towns { get; init; } = ImmutableDictionary<string, Tally>.Empty;

    /// <summary>By grid code.</summary>
    internal ImmutableDictionary<string, Tally> Grids { get; init; } = ImmutableDictionary<string, Tally>.Empty;

    internal RecentEntries Recent { get; init; } = RecentEntries.Empty;

    /// <summary>The board after a batch of events. Pure: the board given stays as it is.</summary>
    /// <param name="events">Those that follow <see cref="Position"/>, in order, without gaps.</param>
    /// <exception cref="BoardMismatchException">They do not follow the board's position, or speak of an incident that it should have.</exception>
    public static LiveBoard Apply(LiveBoard board, IReadOnlyList<LoggedEvent> events)
    {
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(events);
        if (events.Count == 0)
        {
            return board;
        }

        var draft = new BoardDraft(board);
        foreach (var happened in events)
        {
            draft.Apply(happened);
        }

        return draft.ToBoard();
    }

    /// <summary>An open incident; null when it is closed or unknown.</summary>
    public OpenIncident? FindOpen(long id) => id > 0 ? OpenById.Find(id) : null;

    /// <summary>Whether the stream still holds everything after a position, so that a client that knows it can resume.</summary>
    public bool CanResumeAfter(long position) => position >= Recent.First - 1 && position <= Position;

    /// <summary>The stream after a position, oldest first; ask <see cref="CanResumeAfter"/> before.</summary>
    public IEnumerable<StreamEntry> StreamAfter(long position) => Recent.After(position);

    /// <summary>How many are open in each grid that has any, by grid code.</summary>
    /// <param name="areaCode">Code prefix; "" for all.</param>
    public IEnumerable<KeyValuePair<string, int>> OpenByGrid(string areaCode) =>
        from grid in Grids
        where grid.Value.Open > 0 && grid.Key.StartsWith(areaCode, StringComparison.Ordinal)
        select KeyValuePair.Create(grid.Key, grid.Value.Open);

    /// <summary>How many are open in an area.</summary>
    /// <param name="areaCode">Code prefix; "" for everything.</param>
    public int OpenIn(string areaCode) => Scope(areaCode).Sum(tally => tally.Value.Open);

    /// <summary>Whether two boards are equal in everything they can be asked.</summary>
    public bool Same(LiveBoard other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Position == other.Position && LastEventAt == other.LastEventAt
            && OpenById.Ascending().SequenceEqual(other.OpenById.Ascending())
            && SameTallies(Towns, other.Towns) && SameTallies(Grids, other.Grids)
            && Recent.First == other.Recent.First && Recent.NewestFirst().SequenceEqual(other.Recent.NewestFirst());
    }

    private static bool SameTallies(ImmutableDictionary<string, Tally> one, ImmutableDictionary<string, Tally> other) =>
        one.Count == other.Count && one.All(tally => other.TryGetValue(tally.Key, out var same) && tally.Value.Same(same));
}

/// <summary>The log and the board do not belong together: the board has to be loaded anew.</summary>
public sealed class BoardMismatchException(string message) : Exception(message);
