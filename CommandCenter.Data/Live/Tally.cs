using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace CommandCenter.Data.Live;

/// <summary>An open incident's place in the order of finish-by instants.</summary>
[StructLayout(LayoutKind.Auto)]
#pragma warning disable MA0097 // Sets order it; nobody writes < between two of them.
internal readonly record struct Due(long FinishByTicks, long Id) : IComparable<Due>
#pragma warning restore MA0097
{
    public int CompareTo(Due other)
    {
        var byTime = FinishByTicks.CompareTo(other.FinishByTicks);
        return byTime != 0 ? byTime : Id.CompareTo(other.Id);
    }
}

/// <summary>What one county day counts for the on-time rate.</summary>
/// <param name="Day">Day number of the county day.</param>
[StructLayout(LayoutKind.Auto)]
internal record struct DayCell(int Day, int Closed, int ClosedOnTime);

/// <summary>What one clock hour counts.</summary>
/// <param name="hour">Hours since 0001-01-01T00Z; county days begin on full hours.</param>
internal sealed class HourCell(object owner, int hour)
{
    public readonly object Owner = owner;
    public readonly int Hour = hour;
    public int Reported;
    public int Closed;
    public SparseCounts ReportedByMinute = new();
    public SparseCounts ReportedByCategory = new();

    public HourCell OwnedBy(object owner) => ReferenceEquals(Owner, owner)
        ? this
        : new HourCell(owner, Hour)
        {
            Reported = Reported,
            Closed = Closed,
            ReportedByMinute = ReportedByMinute.Copy(),
            ReportedByCategory = ReportedByCategory.Copy(),
        };

    public bool Same(HourCell other) => Hour == other.Hour && Reported == other.Reported && Closed == other.Closed
        && ReportedByMinute.Same(other.ReportedByMinute) && ReportedByCategory.Same(other.ReportedByCategory);
}

/// <summary>
/// The counts of one town or one grid. A draft changes the tallies that it owns in place and copies the others first; a tally
/// that belongs to a board is never changed again.
/// </summary>
internal sealed class Tally(object owner)
{
    private ImmutableSortedSet<Due>.Builder? _dueDraft;

    public readonly object Owner = owner;

    public int Open { get; private set; }

    public int InProgress { get; private set; }

    public SparseCounts OpenByCategory { get; private init; } = new();

    /// <summary>Oldest first, as are the hours.</summary>
    public List<DayCell> Days { get; private init; } = [];

    public List<HourCell> Hours { get; private init; } = [];

    /// <summary>The open incidents by finish-by instant: how many lie before an instant is the index of that instant. Towns only.</summary>
    public ImmutableSortedSet<Due> Due { get; private set; } = [];

    public bool IsEmpty => Open == 0 && Days.Count == 0 && Hours.Count == 0;

    public Tally OwnedBy(object owner) => ReferenceEquals(Owner, owner)
        ? this
        : new Tally(owner)
        {
            Open = Open,
            InProgress = InProgress,
            OpenByCategory = OpenByCategory.Copy(),
            Days = [.. Days],
            Hours = [.. Hours],
            Due = Due,
        };

    public void CountOpen(int category, int change)
    {
        Open += change;
        OpenByCategory.Add(category, change);
    }

    public void CountInProgress(int change) => InProgress += change;

    public void AddDue(Due due) => (_dueDraft ??= Due.ToBuilder()).Add(due);

    public void SetDue(IEnumerable<Due> all) => Due = ImmutableSortedSet.CreateRange(all);

    public void RemoveDue(Due due) => (_dueDraft ??= Due.ToBuilder()).Remove(due);

    public void CountReported(int hour, int minute, int category)
    {
        var cell = Hour(hour);
        cell.Reported++;
        cell.ReportedByMinute.Add(minute, 1);
        cell.ReportedByCategory.Add(category, 1);
    }

    public void CountClosedInHour(int hour) => Hour(hour).Closed++;

    public void CountClosedOnDay(int day, bool onTime)
    {
        var at = Days.Count - 1;
        while (at >= 0 && Days[at].Day > day)
        {
            at--;
        }

        if (at < 0 || Days[at].Day != day)
        {
            Days.Insert(++at, new DayCell(day, 0, 0));
        }

        Days[at] = new DayCell(day, Days[at].Closed + 1, Days[at].ClosedOnTime + (onTime ? 1 : 0));
    }

    public bool HasBefore(int hoursFrom, int daysFrom) =>
        (Hours.Count > 0 && Hours[0].Hour < hoursFrom) || (Days.Count > 0 && Days[0].Day < daysFrom);

    public void Prune(int hoursFrom, int daysFrom)
    {
        Hours.RemoveAll(cell => cell.Hour < hoursFrom);
        Days.RemoveAll(cell => cell.Day < daysFrom);
    }

    public void Freeze()
    {
        if (_dueDraft is not null)
        {
            Due = _dueDraft.ToImmutable();
            _dueDraft = null;
        }
    }

    public bool Same(Tally other) => Open == other.Open && InProgress == other.InProgress
        && OpenByCategory.Same(other.OpenByCategory) && Days.SequenceEqual(other.Days)
        && Hours.Count == other.Hours.Count && Hours.Zip(other.Hours).All(pair => pair.First.Same(pair.Second))
        && Due.SequenceEqual(other.Due);

    private HourCell Hour(int hour)
    {
        var at = Hours.Count - 1;
        while (at >= 0 && Hours[at].Hour > hour)
        {
            at--;
        }

        if (at < 0 || Hours[at].Hour != hour)
        {
            Hours.Insert(++at, new HourCell(Owner, hour));
        }

        return Hours[at] = Hours[at].OwnedBy(Owner);
    }
}
