using System.Data.Common;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.PoliceStatistics;

public sealed partial class FigureQueries
{
    internal async Task<(StatisticCube Cube, long Version)> CubeAsync(
        DbConnection connection, Sight sight, StatisticTerms all, string area, IReadOnlyList<StatisticSeries>? series, IReadOnlyList<Period> periods, long? version, CancellationToken cancellationToken)
    {
        var now = await VersionAsync(connection, cancellationToken);
        var imports = (await connection.QueryAsync<StatisticImport>(new CommandDefinition(
            $"SELECT {StatisticTables.ImportColumns} FROM statistic_import", cancellationToken: cancellationToken))).ToDictionary(import => import.Position);
        var towns = await TownHistory.ReadAsync(connection, store.Dialect, cancellationToken);
        var cube = new StatisticCube(all, towns, imports.ToDictionary(import => import.Key, import => import.Value.Source));
        var last = MonthNumber.Of(periods.Max(period => period.To));
        var first = MonthNumber.Of(periods.Min(period => period.From)) - StatisticCube.MonthsOfLevels;

        // What is asked for lies inside the sight or is left out of the answer.
        var within = sight.Area is { } own && own.StartsWith(area, StringComparison.Ordinal) ? own : area;
        var past = version is { } then && then < now ? then : (long?)null;
        foreach (var (from, to) in Months(periods))
        {
            foreach (var (begin, end) in Measures(series, all, stock: false))
            {
                await ReadAsync(connection, cube, new Slice(from, to, begin, end, within), past is { } one ? (one, imports) : null, cancellationToken);
            }
        }

        // Levels are few and go years back: what brought them is ordered by series, what stands by month.
        foreach (var (begin, end) in Measures(series, all, stock: true))
        {
            await ReadAsync(connection, cube, new Slice(first, last, begin, end, within), (past ?? now, imports), cancellationToken);
        }

        return (cube, past ?? now);
    }

    private async Task ReadAsync(
        DbConnection connection, StatisticCube cube, Slice slice, (long Version, Dictionary<long, StatisticImport> Imports)? past, CancellationToken cancellationToken)
    {
        List<(string, object)> arguments = [("from", (long)slice.From), ("to", (long)slice.To), ("first", slice.First), ("last", slice.Last), ("area", slice.Area), ("areaTo", slice.Area + ":")];
        if (past is { } then)
        {
            await ReadPastAsync(connection, cube, arguments, then.Version, then.Imports, cancellationToken);
            return;
        }

        using var rows = await store.Dialect.OpenRowsAsync(
            connection,
            transaction: null,
            """
            SELECT series, area_code, month, decimals, CASE WHEN whole IS NULL THEN 0 ELSE 1 END, days, total, given_days, last_day, as_of, import_position
            FROM statistic_month
            WHERE month >= @from AND month <= @to AND series >= @first AND series < @last AND area_code >= @area AND area_code < @areaTo
            """,
            arguments,
            cancellationToken);

        // There are as many days of statement as there are imports, and many more rows.
        var days = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        while (rows.Read())
        {
            var asOf = rows.DayAsText(9);
            if (!days.TryGetValue(asOf, out var day))
            {
                days.Add(asOf, day = DateOnly.ParseExact(asOf, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            }

            var value = new CubeMonth(
                (int)rows.Int64(3), rows.Int64(4) != 0, rows.IsNull(5) ? null : rows.Bytes(5), rows.Int64(6), (int)rows.Int64(7), (int)rows.Int64(8),
                day, rows.Int64(10));
            cube.Add(rows.Code(0), rows.Code(1), (int)rows.Int64(2), value);
        }
    }

    // What stood once is put together from what the imports of then brought.
    private async Task ReadPastAsync(
        DbConnection connection, StatisticCube cube, List<(string Name, object Value)> arguments, long version, Dictionary<long, StatisticImport> imports, CancellationToken cancellationToken)
    {
        var given = new DynamicParameters();
        arguments.ForEach(argument => given.Add(argument.Name, argument.Value));
        var rows = await connection.QueryAsync<PartRow>(new CommandDefinition(
            """
            SELECT series, area_code AS AreaCode, month, import_position AS ImportPosition, decimals, whole, days
            FROM statistic_part
            WHERE month >= @from AND month <= @to AND series >= @first AND series < @last AND area_code >= @area AND area_code < @areaTo
            """,
            given,
            cancellationToken: cancellationToken));
        foreach (var parts in rows.Where(row => imports.TryGetValue(row.ImportPosition, out var import) && import.StoodAt(version)).GroupBy(row => row.Key))
        {
            if (MonthState.Fold(parts.Key.Month, parts.Select(row => (row.ToCell(), imports[row.ImportPosition].AsOf, row.ImportPosition))) is { } state)
            {
                var (cell, key) = (state.Cell, parts.Key);
                cube.Add(
                    key.Series, key.AreaCode, key.Month,
                    new CubeMonth(cell.Decimals, cell.Whole is not null, cell.PackDays(), state.Total, state.GivenDays, state.LastDay, state.AsOf, state.ImportPosition));
            }
        }
    }

    // Ranges of series codes: a measure with all its categories and tags stands between its name and its name followed by '0', the
    // character after '/'.
    private static IReadOnlyList<(string First, string Last)> Measures(IReadOnlyList<StatisticSeries>? series, StatisticTerms all, bool stock)
    {
        var measures = (series?.Select(one => one.Measure) ?? all.Of(TermKind.Measure).Select(term => term.Code)).Distinct(StringComparer.Ordinal)
            .Where(measure => (all.Find(TermKind.Measure, measure)?.IsStock == true) == stock).Order(StringComparer.Ordinal).ToList();
        return series is [{ Category.Length: > 0 } only] && !stock
            ? [(only.Code, only.Code + "!")]
            : series is null && !stock ? [("", "~")] : [.. measures.Select(measure => (measure, measure + "0"))];
    }

    private static IEnumerable<(int From, int To)> Months(IReadOnlyList<Period> periods)
    {
        var (from, to) = (0, -1);
        foreach (var (first, last) in periods.Select(period => (First: MonthNumber.Of(period.From), Last: MonthNumber.Of(period.To))).Order())
        {
            if (to < from)
            {
                (from, to) = (first, last);
            }
            else if (first <= to + 1)
            {
                to = Math.Max(to, last);
            }
            else
            {
                yield return (from, to);
                (from, to) = (first, last);
            }
        }

        yield return (from, to);
    }

    private sealed record Slice(int From, int To, string First, string Last, string Area);
}
