using System.Runtime.InteropServices;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>What a cube holds of one series in one area and month.</summary>
/// <param name="Days">Packed; opened only where a part of the month is asked for, and once.</param>
internal sealed record CubeMonth(int Decimals, bool IsWhole, byte[]? Days, long Total, int GivenDays, int LastDay, DateOnly AsOf, long ImportPosition)
{
    private MonthCell? _cell;

    /// <summary>The days; null where only the month's figure is known.</summary>
    public MonthCell? Cell => Days is null ? null : _cell ??= MonthCell.From(Decimals, whole: null, Days);
}

/// <summary>
/// The figures of some months in memory, and the sums that are asked of them. What was reported of an area or series itself counts;
/// where nothing was, the county is the sum of its towns and all calls are the sum of their categories.
/// </summary>
internal sealed class StatisticCube(StatisticTerms terms, TownHistory towns, IReadOnlyDictionary<long, string> sources)
{
    // A level that is counted once in some years still stands.
    public const int MonthsOfLevels = 60;

    // Of a year to date and the one before.
    private const int MonthsExpected = 24;

    private readonly Dictionary<string, Dictionary<string, Dictionary<int, CubeMonth>>> _months = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, StatisticSeries> _series = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<StatisticSeries>> _parts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string County, DateOnly Day), IReadOnlyList<string>> _towns = [];

    public TownHistory Towns => towns;

    /// <summary>Every series that has a figure.</summary>
    public IReadOnlyCollection<StatisticSeries> Series => _series.Values;

    /// <summary>Everything is added before anything is asked.</summary>
    public void Add(string series, string area, int month, CubeMonth value)
    {
        ref var areas = ref CollectionsMarshal.GetValueRefOrAddDefault(_months, series, out var exists);
        if (!exists)
        {
            areas = new Dictionary<string, Dictionary<int, CubeMonth>>(StringComparer.Ordinal);
            _series.Add(series, StatisticSeries.Parse(series));
        }

        ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(areas!, area, out _);
        own ??= new Dictionary<int, CubeMonth>(MonthsExpected);
        own[month] = value;
    }

    /// <summary>The last day of a period of which anything was reported in an area or its towns; null when nothing was.</summary>
    public DateOnly? Until(StatisticSeries series, string area, Period period)
    {
        DateOnly? until = null;
        var (from, to) = (MonthNumber.Of(period.From), MonthNumber.Of(period.To));
        foreach (var months in PartsOf(series).Append(series).SelectMany(one => _months.GetValueOrDefault(one.Code) ?? []).Where(own => own.Key.StartsWith(area, StringComparison.Ordinal)).Select(own => own.Value))
        {
            // From the end: the first month that is there is the last.
            for (var month = to; month >= from; month--)
            {
                if (months.TryGetValue(month, out var value))
                {
                    var last = MonthNumber.First(month).AddDays(value.LastDay - 1);
                    until = until is null || last > until ? last : until;
                    break;
                }
            }
        }

        return until;
    }

    /// <summary>What a period holds of a series in a county or town.</summary>
    public Amount Amount(StatisticSeries series, string area, Period period)
    {
        var own = Reported(series, area, period);
        if (own.Value is not null || area.Length != 6)
        {
            return own;
        }

        var parts = TownsOf(area, period.To).Select(town => (Town: town, Amount: Reported(series, town, period))).ToList();
        var given = parts.FindAll(part => part.Amount.Value is not null);
        return given.Count == 0
            ? own
            : new Amount(
                given.Sum(part => part.Amount.Value),
                given.Min(part => part.Amount.AsOf),
                [.. given.SelectMany(part => part.Amount.Sources).Distinct(StringComparer.Ordinal)],
                [.. parts.Where(part => part.Amount.Value is null).Select(part => part.Town)],
                given.Max(part => part.Amount.MissingDays),
                given.Max(part => part.Amount.Until));
    }

    private static bool IsPart(StatisticSeries part, StatisticSeries whole) =>
        whole.Category.Length == 0 && part.Category.Length > 0 && part.Tag == whole.Tag && part.Measure == whole.Measure;

    /// <summary>The towns of a county on a day; where no boundaries are known, those that have figures.</summary>
    public IReadOnlyList<string> TownsOf(string county, DateOnly day)
    {
        if (!_towns.TryGetValue((county, day), out var known))
        {
            _towns.Add((county, day), known = towns.IsEmpty ? Known(county) : towns.Towns(county, day));
        }

        return known;
    }

    private List<StatisticSeries> PartsOf(StatisticSeries whole)
    {
        if (!_parts.TryGetValue(whole.Code, out var parts))
        {
            _parts.Add(whole.Code, parts = [.. _series.Values.Where(part => IsPart(part, whole))]);
        }

        return parts;
    }

    private IReadOnlyList<string> Known(string county) =>
        [.. _months.Values.SelectMany(areas => areas.Keys).Where(area => area.Length == 9 && area.StartsWith(county, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];

    private Amount Reported(StatisticSeries series, string area, Period period)
    {
        if (MonthsOf(series, area) is { } months)
        {
            var own = terms.IsStock(series) ? Last(months, period) : Sum(months, period);
            if (own.Value is not null)
            {
                return own;
            }
        }

        if (series.Category.Length > 0 || terms.IsStock(series))
        {
            return PoliceStatistics.Amount.None;
        }

        var parts = PartsOf(series).Select(part => MonthsOf(part, area)).OfType<Dictionary<int, CubeMonth>>().Select(own => Sum(own, period)).Where(part => part.Value is not null).ToList();
        return parts.Count == 0
            ? PoliceStatistics.Amount.None
            : new Amount(
                parts.Sum(part => part.Value), parts.Min(part => part.AsOf), [.. parts.SelectMany(part => part.Sources).Distinct(StringComparer.Ordinal)], [],
                parts.Max(part => part.MissingDays), parts.Max(part => part.Until));
    }

    private Dictionary<int, CubeMonth>? MonthsOf(StatisticSeries series, string area) => _months.TryGetValue(series.Code, out var areas) ? areas.GetValueOrDefault(area) : null;

    private Amount Sum(Dictionary<int, CubeMonth> months, Period period)
    {
        var sum = new Running();
        for (var month = MonthNumber.Of(period.From); month <= MonthNumber.Of(period.To); month++)
        {
            var (start, length) = (MonthNumber.First(month), MonthNumber.Days(month));
            var first = period.From > start ? period.From.Day : 1;
            var last = period.To < start.AddDays(length - 1) ? period.To.Day : length;
            if (!months.TryGetValue(month, out var value))
            {
                sum.Miss(last - first + 1);
            }
            else if (first == 1 && last >= value.LastDay && (last == length || value.IsWhole || value.Days is null))
            {
                sum.Take(value, value.Total, value.GivenDays, last - first + 1, start.AddDays(value.LastDay - 1));
            }
            else if (value.Cell is { } cell)
            {
                var given = cell.DaysGiven(first, last);
                sum.Take(value, cell.SumOfDays(first, last), given, last - first + 1, start.AddDays(Math.Min(last, value.LastDay) - 1));
            }
            else
            {
                sum.Miss(last - first + 1);
            }
        }

        return sum.ToAmount(sources);
    }

    // A level has the value that it was last given, in the period or before.
    private Amount Last(Dictionary<int, CubeMonth> months, Period period)
    {
        var to = MonthNumber.Of(period.To);
        for (var month = to; month >= to - MonthsOfLevels; month--)
        {
            if (months.TryGetValue(month, out var value))
            {
                var units = value.IsWhole || value.Cell is not { } cell ? value.Total : cell.Units(value.LastDay);
                return new Amount(MonthCell.ToDecimal(units, value.Decimals), value.AsOf, Source(value), [], 0, MonthNumber.First(month).AddDays(value.LastDay - 1));
            }
        }

        return PoliceStatistics.Amount.None;
    }

    private IReadOnlyList<string> Source(CubeMonth value) => sources.TryGetValue(value.ImportPosition, out var source) ? [source] : [];

    private struct Running()
    {
        private readonly List<long> _imports = [];
        private decimal _sum;
        private int _given, _missing;
        private DateOnly? _asOf, _until;

        public void Miss(int days) => _missing += days;

        public void Take(CubeMonth value, long units, int given, int days, DateOnly until)
        {
            _missing += days - given;
            if (given == 0)
            {
                return;
            }

            _sum += MonthCell.ToDecimal(units, value.Decimals);
            _given += given;
            (_asOf, _until) = (_asOf > value.AsOf ? _asOf : value.AsOf, until);
            if (!_imports.Contains(value.ImportPosition))
            {
                _imports.Add(value.ImportPosition);
            }
        }

        public readonly Amount ToAmount(IReadOnlyDictionary<long, string> sources) => _given == 0
            ? PoliceStatistics.Amount.None
            : new Amount(_sum, _asOf, [.. _imports.Select(import => sources.GetValueOrDefault(import, "")).Where(source => source.Length > 0).Distinct(StringComparer.Ordinal)], [], _missing, _until);
    }
}
