namespace CommandCenter.Data.Live;

public sealed partial class LiveBoard
{
    private const int TownLength = 9;

    /// <summary>
    /// The figures of an area, with everything that depends on the time of day derived from <paramref name="now"/>. Costs a few
    /// microseconds a town whatever is open; for a village or a grid, one look at each overdue incident of its town.
    /// </summary>
    /// <param name="areaCode">
    /// Code prefix of a county, town, village or grid: what lies in no grid is in none of them. "" for everything, so for a
    /// store of one county ask for "" and nothing is left out.
    /// </param>
    /// <param name="now">UTC.</param>
    public OverviewFigures Overview(string areaCode, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(areaCode);
        var moment = new Moment(now);
        var sum = new OverviewSum(moment);
        var towns = new List<TownFigures>();
        foreach (var (code, tally) in Scope(areaCode))
        {
            var figures = sum.Add(tally);
            if (areaCode.Length <= TownLength && Place.IsTown(code))
            {
                towns.Add(new TownFigures(
                    code, tally.Open, figures.Overdue, figures.ReportedToday, figures.ClosedToday,
                    new OnTimeRate(figures.ClosedOnTime, figures.Closed, figures.Overdue)));
            }
        }

        var (overdue, oldest) = areaCode.Length <= TownLength ? (sum.Total.Overdue, sum.OldestDue) : OverdueBelowTown(areaCode, moment);
        towns.Sort((one, other) => string.CompareOrdinal(one.Code, other.Code));
        return new OverviewFigures(
            Position,
            LastEventAt,
            sum.Total.ReportedToday,
            sum.ReportedYesterdayByNow,
            sum.Open,
            sum.InProgress,
            sum.Total.ClosedToday,
            overdue,
            overdue == 0 ? null : now - new DateTime(oldest, DateTimeKind.Utc),
            new OnTimeRate(sum.Total.ClosedOnTime, sum.Total.Closed, overdue),
            [.. sum.Categories],
            [.. sum.Hours.Select((hour, index) =>
                new HourFigures(Retention.StartOfHour(moment.Hour - (OverviewSum.HourCount - 1) + index), hour.Reported, hour.Closed))],
            towns,
            areaCode.Length == 0 && Towns.TryGetValue(Place.Outside, out var outside) ? outside.Open : 0);
    }

    /// <summary>The tallies that an area is the sum of: of its towns, or below a town of its grids.</summary>
    private IEnumerable<KeyValuePair<string, Tally>> Scope(string areaCode)
    {
        if (areaCode.Length == 0)
        {
            return Towns;
        }

        return (areaCode.Length <= TownLength ? Towns : Grids).Where(tally => tally.Key.StartsWith(areaCode, StringComparison.Ordinal));
    }

    private (int Count, long Oldest) OverdueBelowTown(string areaCode, Moment moment)
    {
        if (!Towns.TryGetValue(areaCode[..TownLength], out var town))
        {
            return (0, 0);
        }

        var count = 0;
        var oldest = long.MaxValue;
        foreach (var due in town.Due)
        {
            if (due.FinishByTicks >= moment.Ticks)
            {
                break;
            }

            if (OpenById.Find(due.Id)?.GridCode?.StartsWith(areaCode, StringComparison.Ordinal) == true)
            {
                count++;
                oldest = Math.Min(oldest, due.FinishByTicks);
            }
        }

        return (count, oldest);
    }
}
