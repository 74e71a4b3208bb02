using System.Globalization;
using System.Runtime.InteropServices;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Live;

/// <summary>An instant, as the cells count.</summary>
internal sealed class Moment
{
    public Moment(DateTime now)
    {
        Ticks = now.Ticks;
        Hour = Retention.Hour(now);
        Minute = now.Minute;
        var today = CountyTime.Day(now);
        Day = today.DayNumber;
        FirstHourOfDay = Retention.Hour(CountyTime.StartOfDay(today));
    }

    public long Ticks { get; }

    public int Hour { get; }

    public int Minute { get; }

    public int Day { get; }

    public int FirstHourOfDay { get; }
}

/// <summary>Adds tallies up to the figures of one moment.</summary>
internal sealed class OverviewSum(Moment now)
{
    public const int HourCount = 24;

    // Level-1 codes are two digits.
    private readonly (int ReportedToday, int Open)[] _byCategory = new (int, int)[100];

    public TallyFigures Total { get; private set; }

    public int Open { get; private set; }

    public int InProgress { get; private set; }

    public int ReportedYesterdayByNow { get; private set; }

    /// <summary>Ticks of the earliest finish-by instant; without meaning when nothing is overdue.</summary>
    public long OldestDue { get; private set; } = long.MaxValue;

    public IEnumerable<CategoryFigures> Categories =>
        from category in Enumerable.Range(0, _byCategory.Length)
        let figures = _byCategory[category]
        where figures != default
        select new CategoryFigures(category.ToString("00", CultureInfo.InvariantCulture), figures.ReportedToday, figures.Open);

    public (int Reported, int Closed)[] Hours { get; } = new (int, int)[HourCount];

    public TallyFigures Add(Tally tally)
    {
        Open += tally.Open;
        InProgress += tally.InProgress;
        foreach (var (category, count) in tally.OpenByCategory.Items)
        {
            _byCategory[category].Open += count;
        }

        var figures = default(TallyFigures);
        foreach (var cell in tally.Hours)
        {
            AddHour(cell, ref figures);
        }

        foreach (var cell in tally.Days)
        {
            if (cell.Day > now.Day - Retention.OnTimeDays && cell.Day <= now.Day)
            {
                figures.Closed += cell.Closed;
                figures.ClosedOnTime += cell.ClosedOnTime;
            }
        }

        // The index of an instant in the set is how many lie before it: no walk over what is overdue.
        var index = tally.Due.IndexOf(new Due(now.Ticks, 0));
        figures.Overdue = index < 0 ? ~index : index;
        if (figures.Overdue > 0)
        {
            OldestDue = Math.Min(OldestDue, tally.Due[0].FinishByTicks);
        }

        Total = Total.Plus(figures);
        return figures;
    }

    private void AddHour(HourCell cell, ref TallyFigures figures)
    {
        var index = cell.Hour - (now.Hour - (HourCount - 1));
        if (index is >= 0 and < HourCount)
        {
            Hours[index].Reported += cell.Reported;
            Hours[index].Closed += cell.Closed;
        }

        var ofDay = cell.Hour - now.FirstHourOfDay;
        if (ofDay is >= 0 and < 24)
        {
            figures.ReportedToday += cell.Reported;
            figures.ClosedToday += cell.Closed;
            foreach (var (category, count) in cell.ReportedByCategory.Items)
            {
                _byCategory[category].ReportedToday += count;
            }
        }
        else if (ofDay is >= -24 and < 0)
        {
            AddYesterday(cell, ofDay + 24 - (now.Hour - now.FirstHourOfDay));
        }
    }

    private void AddYesterday(HourCell cell, int againstHourOfNow)
    {
        if (againstHourOfNow < 0)
        {
            ReportedYesterdayByNow += cell.Reported;
        }
        else if (againstHourOfNow == 0)
        {
            foreach (var (minute, count) in cell.ReportedByMinute.Items)
            {
                ReportedYesterdayByNow += minute < now.Minute ? count : 0;
            }
        }
    }
}

/// <summary>What one tally says at one moment.</summary>
[StructLayout(LayoutKind.Auto)]
internal record struct TallyFigures(int ReportedToday, int ClosedToday, int Closed, int ClosedOnTime, int Overdue)
{
    public readonly TallyFigures Plus(TallyFigures other) => new(
        ReportedToday + other.ReportedToday, ClosedToday + other.ClosedToday, Closed + other.Closed,
        ClosedOnTime + other.ClosedOnTime, Overdue + other.Overdue);
}
