using System.Runtime.InteropServices;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>Where a figure belongs: a series in an area and month.</summary>
internal readonly record struct CellKey(string Series, string AreaCode, int Month);

/// <summary>A figure that was given twice with different values.</summary>
/// <param name="Day">The first of the month for a month's figure.</param>
public sealed record StatisticConflict(string Series, string AreaCode, DateOnly Day, bool IsMonth);

/// <summary>The figures of one import, gathered before anything is kept.</summary>
public sealed class StatisticDraft
{
    private const int MostConflicts = 100;

    private readonly Dictionary<CellKey, MonthCell> _cells = [];
    private readonly List<StatisticConflict> _conflicts = [];
    private DateOnly _first = DateOnly.MaxValue, _last = DateOnly.MinValue;

    /// <summary>How many figures it holds.</summary>
    public int Cells { get; private set; }

    /// <summary>The first day that a figure speaks of; null when there is none.</summary>
    public DateOnly? FirstDay => Cells == 0 ? null : _first;

    /// <summary>The last day that a figure speaks of, of a month's figure the last of the month.</summary>
    public DateOnly? LastDay => Cells == 0 ? null : _last;

    /// <summary>The first hundred figures that were given twice with different values: such a draft can't be imported.</summary>
    public IReadOnlyList<StatisticConflict> Conflicts => _conflicts;

    internal IReadOnlyDictionary<CellKey, MonthCell> ByKey => _cells;

    /// <summary>Adds the figure of a day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It can't be kept exactly (<see cref="Takes"/>).</exception>
    public void AddDay(StatisticSeries series, string areaCode, DateOnly day, decimal value) => Add(series, areaCode, day, day.Day, value);

    /// <summary>Adds the figure of a month.</summary>
    /// <param name="month">Any day of it.</param>
    /// <exception cref="ArgumentOutOfRangeException">It can't be kept exactly (<see cref="Takes"/>).</exception>
    public void AddMonth(StatisticSeries series, string areaCode, DateOnly month, decimal value) => Add(series, areaCode, month, 0, value);

    private void Add(StatisticSeries series, string areaCode, DateOnly date, int day, decimal value)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (!Takes(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A figure has at most four decimals and twelve digits before them.");
        }

        var month = MonthNumber.Of(date);
        ref var cell = ref CollectionsMarshal.GetValueRefOrAddDefault(_cells, new CellKey(series.Code, areaCode, month), out _);
        switch ((cell ??= new MonthCell()).Set(day, value))
        {
            case CellOutcome.Added:
                Cells++;
                var first = day == 0 ? MonthNumber.First(month) : date;
                var last = day == 0 ? first.AddDays(MonthNumber.Days(month) - 1) : date;
                (_first, _last) = (first < _first ? first : _first, last > _last ? last : _last);
                break;
            case CellOutcome.Conflict when _conflicts.Count < MostConflicts:
                _conflicts.Add(new StatisticConflict(series.Code, areaCode, day == 0 ? MonthNumber.First(month) : date, day == 0));
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// Gives 0 to every day, or month where only months are given, between the first and the last that no figure was given for, of
    /// each area and series that has any.
    /// </summary>
    internal void FillWithZero()
    {
        if (Cells == 0)
        {
            return;
        }

        var (first, last) = (_first, _last);
        var byMonth = _cells.Values.All(cell => cell.Mask == 0);
        foreach (var (series, area) in _cells.Keys.Select(key => (key.Series, key.AreaCode)).Distinct().ToList())
        {
            var parsed = StatisticSeries.Parse(series);
            for (var month = MonthNumber.Of(first); month <= MonthNumber.Of(last); month++)
            {
                var cell = _cells.GetValueOrDefault(new CellKey(series, area, month));
                for (var day = MonthNumber.First(month); !byMonth && MonthNumber.Of(day) == month; day = day.AddDays(1))
                {
                    if (day >= first && day <= last && cell?.Has(day.Day) != true)
                    {
                        AddDay(parsed, area, day, 0);
                    }
                }

                if (byMonth && cell is null)
                {
                    AddMonth(parsed, area, MonthNumber.First(month), 0);
                }
            }
        }
    }

    /// <summary>Whether a value can be kept exactly.</summary>
    public static bool Takes(decimal value) => MonthCell.DecimalsOf(value) <= MonthCell.MostDecimals && Math.Abs(value) <= MonthCell.Largest;
}
