using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.PoliceStatistics;

public sealed partial class StatisticStore
{
    // A day's import into years of others: their months are read a year at a time, so that memory stays small.
    private const string Touched =
        """
        SELECT p.series, p.area_code AS AreaCode, p.month, p.import_position AS ImportPosition, p.decimals, p.whole, p.days
        FROM statistic_part x
        JOIN statistic_part p ON p.series = x.series AND p.area_code = x.area_code AND p.month = x.month
        WHERE x.import_position = @position AND x.month >= @from AND x.month < @to
        ORDER BY p.series, p.area_code, p.month
        """;

    private const int MonthsAtOnce = 24;

    /// <summary>Puts together anew what stands wherever an import speaks.</summary>
    private static void Restate(WriteSession session, long position)
    {
        session.Flush();
        var live = session.Connection.Query<(long Position, DateOnly AsOf)>(
            "SELECT position, as_of FROM statistic_import WHERE undone_position IS NULL", transaction: session.Transaction).ToDictionary(import => import.Position, import => import.AsOf);
        var (first, last) = session.Connection.QuerySingle<(int, int)>(
            "SELECT MIN(month) AS First, MAX(month) AS Last FROM statistic_part WHERE import_position = @position", new { position }, session.Transaction);
        session.Execute(
            """
            DELETE FROM statistic_month
            WHERE month >= @first AND month <= @last AND EXISTS (
              SELECT 1 FROM statistic_part x
              WHERE x.import_position = @position AND x.series = statistic_month.series AND x.area_code = statistic_month.area_code AND x.month = statistic_month.month)
            """,
            ("@position", position), ("@first", first), ("@last", last));
        for (var from = first; from <= last; from += MonthsAtOnce)
        {
            Restate(session, session.Connection.Query<PartRow>(Touched, new { position, from, to = from + MonthsAtOnce }, session.Transaction), live);
        }
    }

    private static void Restate(WriteSession session, IEnumerable<PartRow> rows, Dictionary<long, DateOnly> live)
    {
        var states = new List<(CellKey Key, MonthState State)>();
        var parts = new List<(MonthCell, DateOnly, long)>();
        CellKey? key = null;
        foreach (var row in rows)
        {
            if (row.Key != key)
            {
                Close();
                key = row.Key;
            }

            if (live.TryGetValue(row.ImportPosition, out var asOf))
            {
                parts.Add((row.ToCell(), asOf, row.ImportPosition));
            }
        }

        Close();

        // In the order of the table: a tree that is filled in order is filled once.
        foreach (var (at, state) in states.OrderBy(one => one.Key.Month).ThenBy(one => one.Key.Series, StringComparer.Ordinal).ThenBy(one => one.Key.AreaCode, StringComparer.Ordinal))
        {
            session.Insert(StatisticTables.Months,
            [
                at.Month, at.Series, at.AreaCode, state.Cell.Decimals, state.Cell.Whole, state.Cell.PackDays(), state.Total, state.GivenDays, state.LastDay,
                session.Dialect.Day(state.AsOf), state.ImportPosition,
            ]);
        }

        session.Flush();

        void Close()
        {
            if (key is { } done && MonthState.Fold(done.Month, parts) is { } state)
            {
                states.Add((done, state));
            }

            parts.Clear();
        }
    }
}
