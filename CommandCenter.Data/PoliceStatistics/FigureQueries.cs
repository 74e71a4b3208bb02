using System.Data.Common;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>A table that is asked for.</summary>
/// <param name="Area">A county, whose towns are the rows with the county itself first, or a town alone.</param>
/// <param name="Series">The columns; null for all that have figures.</param>
/// <param name="Version">Position of the log at which the figures are to be taken; null for now.</param>
public sealed record TableQuery(string Area, Period Period, IReadOnlyList<StatisticSeries>? Series = null, Alignment Alignment = Alignment.Calendar, long? Version = null);

/// <summary>A row of a table: a county or town.</summary>
/// <param name="Name">Null when the area is not known.</param>
/// <param name="Figures">In the order of the columns.</param>
public sealed record TableRow(string AreaCode, string? Name, IReadOnlyList<Figure> Figures);

/// <param name="Version">Asked for again with it, the same figures come, whatever was imported since.</param>
public sealed record StatisticTable(long Version, Period Period, Alignment Alignment, IReadOnlyList<StatisticSeries> Series, IReadOnlyList<TableRow> Rows);

/// <summary>The length of a point of a trend.</summary>
public enum TrendGrain
{
    Day,
    Week,
    Month,
}

/// <summary>A trend that is asked for.</summary>
public sealed record TrendQuery(
    string Area, StatisticSeries Series, TrendGrain Grain, DateOnly From, DateOnly To, Alignment Alignment = Alignment.Calendar, long? Version = null);

/// <summary>A point of a trend.</summary>
/// <param name="YearBefore">The same period last year with the change from it.</param>
/// <param name="Band">Mean ± 2 σ of the points before (28 days, 12 weeks, 12 months); null when too few were reported.</param>
public sealed record TrendPoint(Period Period, Amount Amount, Comparison YearBefore, Band? Band);

public sealed record StatisticTrend(long Version, StatisticSeries Series, string AreaCode, string? Name, IReadOnlyList<TrendPoint> Points);

/// <summary>Figures out of the statistics, each with its base, age and source. Errors: <see cref="StoreUnavailableException"/>.</summary>
/// <remarks>What lies outside the sight has no row: a town sees itself, and not its county.</remarks>
public sealed partial class FigureQueries(Store store, StatisticTermStore terms)
{
    /// <summary>Most points of a trend.</summary>
    public const int MostPoints = 750;

    private const int DaysOfBand = 28;
    private const int PeriodsOfBand = 12;

    /// <summary>The version of now: the position of the last import or undoing.</summary>
    public Task<long> VersionAsync(CancellationToken cancellationToken) => store.ReadAsync(connection => VersionAsync(connection, cancellationToken), cancellationToken);

    /// <summary>The counties and towns there are, with their boundaries through time.</summary>
    public Task<TownHistory> TownsAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(connection => TownHistory.ReadAsync(connection, store.Dialect, cancellationToken), cancellationToken);

    /// <summary>A table of towns by series. A running period is shown and compared as far as anything of it was reported.</summary>
    public async Task<StatisticTable> TableAsync(Sight sight, TableQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sight);
        ArgumentNullException.ThrowIfNull(query);
        var all = await terms.ReadAsync(cancellationToken);
        var periods = Periods(query.Period, query.Alignment);
        return await store.ReadAsync(
            async connection =>
            {
                var (cube, version) = await CubeAsync(connection, sight, all, query.Area, query.Series, periods, query.Version, cancellationToken);
                var series = query.Series ?? [.. cube.Series];
                var shown = series.Select(one => cube.Until(one, query.Area, query.Period) is { } until ? query.Period.Through(until) : query.Period).ToList();
                var rows = Areas(cube, query.Area, query.Period.To).Where(sight.Covers)
                    .Select(area => new TableRow(area, cube.Towns.NameOf(area), [.. series.Select((one, i) => Figure(cube, one, area, shown[i], query.Alignment))]));
                return new StatisticTable(version, query.Period, query.Alignment, series, [.. rows]);
            },
            cancellationToken);
    }

    /// <summary>One figure; null when the area is out of sight.</summary>
    public async Task<(Figure Figure, long Version)?> FigureAsync(Sight sight, StatisticSeries series, string area, Period period, Alignment alignment, long? version, CancellationToken cancellationToken)
    {
        var table = await TableAsync(sight, new TableQuery(area, period, [series], alignment, version), cancellationToken);
        return table.Rows.FirstOrDefault(row => row.AreaCode == area) is { } row ? (row.Figures[0], table.Version) : null;
    }

    /// <summary>A trend with the same periods last year and a band; null when the area is out of sight.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MostPoints"/> points.</exception>
    public async Task<StatisticTrend?> TrendAsync(Sight sight, TrendQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sight);
        ArgumentNullException.ThrowIfNull(query);
        if (!sight.Covers(query.Area))
        {
            return null;
        }

        var all = await terms.ReadAsync(cancellationToken);
        var periods = Points(query).ToList();
        var before = Before(periods[0], query.Grain == TrendGrain.Day ? DaysOfBand : PeriodsOfBand).ToList();
        return await store.ReadAsync(
            async connection =>
            {
                var spans = periods.Concat(before).Concat(periods.Select(period => period.YearBefore(query.Alignment))).ToList();
                var (cube, version) = await CubeAsync(connection, sight, all, query.Area, [query.Series], [Hull(spans)], query.Version, cancellationToken);
                var points = new List<TrendPoint>(periods.Count);
                var values = before.Select(period => cube.Amount(query.Series, query.Area, period).Value).ToList();
                foreach (var period in periods)
                {
                    var until = cube.Until(query.Series, query.Area, period);
                    var shown = until is { } day ? period.Through(day) : period;
                    var amount = cube.Amount(query.Series, query.Area, shown);
                    var then = shown.YearBefore(query.Alignment);
                    var last = values.TakeLast(before.Count).OfType<decimal>().ToList();
                    points.Add(new TrendPoint(shown, amount, Compare(cube, query.Series, query.Area, shown, amount, then), Band.Of(last)));
                    values.Add(shown == period ? amount.Value : null);
                }

                return new StatisticTrend(version, query.Series, query.Area, cube.Towns.NameOf(query.Area), points);
            },
            cancellationToken);
    }

    private static Figure Figure(StatisticCube cube, StatisticSeries series, string area, Period shown, Alignment alignment)
    {
        var amount = cube.Amount(series, area, shown);
        return new Figure(
            series, area, shown, amount, Compare(cube, series, area, shown, amount, shown.YearBefore(alignment)),
            shown.Previous() is { } previous ? Compare(cube, series, area, shown, amount, previous) : null);
    }

    private static Comparison Compare(StatisticCube cube, StatisticSeries series, string area, Period shown, Amount amount, Period then) =>
        Comparison.Of(amount, then, cube.Amount(series, area, then), cube.Towns.Changed(area, shown.To, then.To));

    private static IEnumerable<string> Areas(StatisticCube cube, string area, DateOnly day) =>
        area.Length == 6 ? [area, .. cube.TownsOf(area, day)] : [area];

    private static List<Period> Periods(Period period, Alignment alignment)
    {
        var periods = new List<Period> { period, period.YearBefore(alignment) };
        if (period.Previous() is { } previous)
        {
            periods.Add(previous);
        }

        return periods;
    }

    private static IEnumerable<Period> Points(TrendQuery query)
    {
        var count = 0;
        for (var period = First(query); period.From <= query.To; period = Next(period, query.Grain))
        {
            yield return ++count <= MostPoints ? period : throw new ArgumentException($"A trend has at most {MostPoints} points.", nameof(query));
        }
    }

    private static Period First(TrendQuery query) => query.Grain switch
    {
        TrendGrain.Day => Period.OfDay(query.From),
        TrendGrain.Week => Period.OfWeek(query.From),
        _ => Period.OfMonth(query.From.Year, query.From.Month),
    };

    private static Period Next(Period period, TrendGrain grain) => grain switch
    {
        TrendGrain.Day => Period.OfDay(period.To.AddDays(1)),
        TrendGrain.Week => Period.OfWeek(period.To.AddDays(1)),
        _ => Period.OfMonth(period.To.AddDays(1).Year, period.To.AddDays(1).Month),
    };

    // Oldest first.
    private static Stack<Period> Before(Period first, int count)
    {
        var periods = new Stack<Period>();
        for (var period = first.Previous(); count > 0; count--, period = period!.Previous())
        {
            periods.Push(period!);
        }

        return periods;
    }

    private static Period Hull(List<Period> periods) => Period.Between(periods.Min(period => period.From), periods.Max(period => period.To));

    private static Task<long> VersionAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "SELECT COALESCE(MAX(CASE WHEN undone_position > position THEN undone_position ELSE position END), 0) FROM statistic_import", cancellationToken: cancellationToken));
}
