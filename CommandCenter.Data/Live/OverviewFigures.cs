namespace CommandCenter.Data.Live;

/// <summary>The figures of one area at one instant. A day is a county day, an hour a full clock hour, everything else UTC.</summary>
/// <param name="Position">Up to which event of the log they count.</param>
/// <param name="LastEventAt">When the newest event counted was recorded; null on an empty log.</param>
/// <param name="ReportedYesterdayByNow">Reported yesterday before the minute of the day that it is now.</param>
/// <param name="Open">Not closed, whatever the status.</param>
/// <param name="InProgress">Open ones that somebody is at work on (status in progress; accepted alone does not count).</param>
/// <param name="Overdue">Open ones whose finish-by instant has passed.</param>
/// <param name="OldestOverdue">How long ago the earliest finish-by instant passed; null when nothing is overdue.</param>
/// <param name="OnTime">Over the last 30 county days, today included.</param>
/// <param name="Categories">By level-1 code, those that have anything to count.</param>
/// <param name="Last24Hours">24 entries, oldest first; the last is the hour that is running.</param>
/// <param name="Towns">By code, those that have anything to count.</param>
/// <param name="OutsideGridsOpen">Open ones whose point lies in no grid. They belong to no area: only the figures of the whole
/// store ("" as area) contain them, and those without any place.</param>
public sealed record OverviewFigures(
    long Position,
    DateTime? LastEventAt,
    int ReportedToday,
    int ReportedYesterdayByNow,
    int Open,
    int InProgress,
    int ClosedToday,
    int Overdue,
    TimeSpan? OldestOverdue,
    OnTimeRate OnTime,
    IReadOnlyList<CategoryFigures> Categories,
    IReadOnlyList<HourFigures> Last24Hours,
    IReadOnlyList<TownFigures> Towns,
    int OutsideGridsOpen);

/// <summary>DOMAIN §7: closed on time / (closed + open and overdue), over the last 30 county days, today included.</summary>
/// <param name="ClosedOnTime">Closed at or before the finish-by instant.</param>
/// <param name="OpenOverdue">Open and overdue now, however old: leaving these out makes the rate lie.</param>
public sealed record OnTimeRate(int ClosedOnTime, int Closed, int OpenOverdue)
{
    /// <summary>0 … 1; null when there is nothing to measure, which is not 0.</summary>
    public double? Rate => Closed + OpenOverdue == 0 ? null : (double)ClosedOnTime / (Closed + OpenOverdue);
}

/// <summary>What one kind of matter counts.</summary>
/// <param name="Code">Level-1 category, two digits.</param>
public sealed record CategoryFigures(string Code, int ReportedToday, int Open);

/// <summary>What came in and what was closed in one clock hour.</summary>
/// <param name="StartUtc">The full hour it begins with.</param>
public sealed record HourFigures(DateTime StartUtc, int Reported, int Closed);

/// <summary>What one town counts; each figure as in <see cref="OverviewFigures"/>.</summary>
/// <param name="Code">Nine digits.</param>
public sealed record TownFigures(string Code, int Open, int Overdue, int ReportedToday, int ClosedToday, OnTimeRate OnTime);
