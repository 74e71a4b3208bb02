using System.Globalization;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>
/// Looks for what is likely wrong in a draft: ten times as much as before or a tenth of it, less than nothing, days to come, areas
/// that were not there, totals that are not the sum of their parts.
/// </summary>
internal sealed class Suspicions(StatisticDraft draft, Dictionary<CellKey, StandingCell> standing, TownHistory towns, DateOnly today, ProblemList found)
{
    /// <summary>How far back the mean goes that a month is held against.</summary>
    public const int MonthsBefore = 12;

    private const int DaysBefore = 28;
    private const decimal Times = 10;

    // Of smaller numbers ten times as many is chance.
    private const decimal Few = 10;

    public void Run()
    {
        foreach (var group in draft.ByKey.GroupBy(pair => (pair.Key.Series, pair.Key.AreaCode)))
        {
            var months = group.OrderBy(pair => pair.Key.Month).ToList();
            Months(group.Key.Series, group.Key.AreaCode, months);
            Days(group.Key.Series, group.Key.AreaCode, months);
            Area(group.Key.Series, group.Key.AreaCode, months[0].Key.Month, months[^1].Key.Month);
        }

        Categories();
        Towns();
    }

    private void Months(string series, string area, List<KeyValuePair<CellKey, MonthCell>> months)
    {
        var own = months.ToDictionary(pair => pair.Key.Month, pair => pair.Value);
        foreach (var (key, cell) in months.Where(pair => Total(pair.Key.Month, pair.Value) is not null))
        {
            var before = Enumerable.Range(key.Month - MonthsBefore, MonthsBefore)
                .Select(month => own.TryGetValue(month, out var given) ? Total(month, given) : standing.GetValueOrDefault(new CellKey(series, area, month)) is { } stands && stands.GivenDays == MonthNumber.Days(month) ? stands.Total : null)
                .OfType<decimal>().ToList();
            Jump(series, area, MonthNumber.First(key.Month), "yyyy-MM", Total(key.Month, cell)!.Value, before, 3);
            if (cell.Whole < 0)
            {
                Add("Negative", series, area, MonthNumber.First(key.Month), FigureText.Number(MonthCell.ToDecimal(cell.Whole.Value, cell.Decimals)));
            }

            if (MonthNumber.First(key.Month) > today)
            {
                Add("Future", series, area, MonthNumber.First(key.Month), MonthNumber.First(key.Month).ToString("yyyy-MM", CultureInfo.InvariantCulture));
            }
        }
    }

    private void Days(string series, string area, List<KeyValuePair<CellKey, MonthCell>> months)
    {
        var before = new Queue<decimal>(DaysBefore);
        foreach (var (key, cell) in months.Where(pair => pair.Value.Mask != 0))
        {
            for (var day = 1; day <= MonthNumber.Days(key.Month); day++)
            {
                if (cell.Day(day) is not { } value)
                {
                    continue;
                }

                var date = MonthNumber.First(key.Month).AddDays(day - 1);
                if (value < 0)
                {
                    Add("Negative", series, area, date, FigureText.Number(value));
                }

                if (date > today)
                {
                    Add("Future", series, area, date, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                }

                // Days are small and uneven: only a great day is told.
                if (before.Count >= 7 && value >= Few * 2 && value >= Times * Math.Max(1, before.Average()))
                {
                    Add("Jump", series, area, date, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), FigureText.Number(value), Rounded(before.Average()), Rounded(value / Math.Max(1, before.Average())));
                }

                if (before.Count == DaysBefore)
                {
                    before.Dequeue();
                }

                before.Enqueue(value);
            }
        }
    }

    private void Jump(string series, string area, DateOnly day, string format, decimal value, List<decimal> before, int fewest)
    {
        if (before.Count < fewest)
        {
            return;
        }

        var mean = before.Average();
        if ((value >= Few && value >= Times * Math.Max(1, mean)) || (mean >= Few && value * Times <= mean))
        {
            Add("Jump", series, area, day, day.ToString(format, CultureInfo.InvariantCulture), FigureText.Number(value), Rounded(mean), Rounded(mean == 0 ? value : value / mean));
        }
    }

    private void Area(string series, string area, int first, int last)
    {
        if (!towns.IsEmpty && !(towns.Knows(area, MonthNumber.First(first)) && towns.Knows(area, MonthNumber.First(last).AddDays(MonthNumber.Days(last) - 1))))
        {
            Add("AreaNotInForce", series, area, MonthNumber.First(first), area);
        }
    }

    // All calls against their categories, wherever the draft has both.
    private void Categories()
    {
        var categories = draft.ByKey.Keys.Select(key => key.Series).Distinct(StringComparer.Ordinal)
            .Where(code => StatisticSeries.Parse(code) is { Measure: StatisticTerms.Calls, Category.Length: > 0, Tag.Length: 0 }).ToList();
        foreach (var (key, cell) in draft.ByKey.Where(pair => pair.Key.Series == StatisticTerms.Calls))
        {
            var parts = categories.Select(code => draft.ByKey.GetValueOrDefault(key with { Series = code })).OfType<MonthCell>().Select(part => Total(key.Month, part)).ToList();
            if (parts.Count > 1 && Total(key.Month, cell) is { } total && parts.TrueForAll(part => part is not null) && parts.Sum() is { } sum && sum != total)
            {
                Add("SumOfCategories", key.Series, key.AreaCode, MonthNumber.First(key.Month), FigureText.Number(total), FigureText.Number(sum));
            }
        }
    }

    private void Towns()
    {
        var counties = draft.ByKey.Where(pair => pair.Key.AreaCode.Length == 6).ToList();
        if (counties.Count == 0)
        {
            return;
        }

        var sums = draft.ByKey.Where(pair => pair.Key.AreaCode.Length == 9).GroupBy(pair => (pair.Key.Series, pair.Key.Month, County: pair.Key.AreaCode[..6]))
            .ToDictionary(group => group.Key, group => group.Select(pair => Total(pair.Key.Month, pair.Value)).ToList());
        foreach (var (key, cell) in counties)
        {
            if (sums.TryGetValue((key.Series, key.Month, key.AreaCode), out var parts) && Total(key.Month, cell) is { } total
                && parts.TrueForAll(part => part is not null) && parts.Sum() is { } sum && sum != total)
            {
                Add("SumOfTowns", key.Series, key.AreaCode, MonthNumber.First(key.Month), FigureText.Number(total), FigureText.Number(sum));
            }
        }
    }

    // The figure of a whole month; null of some days.
    private static decimal? Total(int month, MonthCell cell) =>
        cell.Whole is { } whole ? MonthCell.ToDecimal(whole, cell.Decimals)
        : cell.GivenDays == MonthNumber.Days(month) ? MonthCell.ToDecimal(cell.SumOfDays(1, 31), cell.Decimals)
        : null;

    private static string Rounded(decimal value) => FigureText.Number(Math.Round(value, 1, MidpointRounding.AwayFromZero));

    private void Add(string key, string series, string area, DateOnly day, params object?[] arguments) =>
        found.Add(new StatisticProblem(key, StatisticMessages.Format(key, arguments), Series: series, Area: area, Day: day));
}
