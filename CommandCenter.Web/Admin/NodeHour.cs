namespace CommandCenter.Web.Admin;

/// <summary>What this node did within one minute.</summary>
/// <param name="TakenIn">Reports it stored.</param>
/// <param name="CommitTime">Mean of one commit; null when there was none.</param>
/// <param name="BoardAge">The oldest that its board was; null while it had none.</param>
public sealed record NodeMinute(long TakenIn, TimeSpan? CommitTime, TimeSpan? BoardAge);

/// <summary>An hour of a node by the minute of the clock, made of counts since its start that are added about once a second.</summary>
internal sealed class NodeHour
{
    public const int Minutes = 60;

    private readonly Lock _gate = new();
    private readonly Minute[] _minutes = new Minute[Minutes];
    private (long TakenIn, long Commits, TimeSpan CommitTime)? _last;

    public void Add(DateTime at, long takenIn, long commits, TimeSpan commitTime, TimeSpan? boardAge)
    {
        lock (_gate)
        {
            var number = Number(at);
            ref var minute = ref _minutes[number % Minutes];
            if (minute.Number != number)
            {
                minute = new Minute { Number = number };
            }

            var last = _last ?? (takenIn, commits, commitTime);
            minute.TakenIn += takenIn - last.TakenIn;
            minute.Commits += commits - last.Commits;
            minute.CommitTime += commitTime - last.CommitTime;
            minute.BoardAge = boardAge > minute.BoardAge || minute.BoardAge is null ? boardAge : minute.BoardAge;
            _last = (takenIn, commits, commitTime);
        }
    }

    /// <summary>Sixty minutes, the one of <paramref name="now"/> last; null where nothing was added.</summary>
    public IReadOnlyList<NodeMinute?> ToList(DateTime now)
    {
        lock (_gate)
        {
            var first = Number(now) - Minutes + 1;
            return [.. Enumerable.Range(0, Minutes).Select(i => Of(first + i))];
        }
    }

    private static long Number(DateTime at) => at.Ticks / TimeSpan.TicksPerMinute;

    private NodeMinute? Of(long number) =>
        _minutes[number % Minutes] is var minute && minute.Number == number
            ? new NodeMinute(minute.TakenIn, minute.Commits > 0 ? minute.CommitTime / minute.Commits : null, minute.BoardAge)
            : null;

    private struct Minute
    {
        public long Number, TakenIn, Commits;
        public TimeSpan CommitTime;
        public TimeSpan? BoardAge;
    }
}
