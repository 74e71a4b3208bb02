using System.Data;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>The tables that imports fill.</summary>
internal static class StatisticTables
{
    public const string ImportColumns =
        """
        position, recorded_at AS RecordedAt, actor, source, file_name AS FileName, sha256, as_of AS AsOf, note, cells, first_day AS FirstDay,
        last_day AS LastDay, undone_position AS UndonePosition, undone_at AS UndoneAt, undone_by AS UndoneBy, undone_reason AS UndoneReason
        """;

    private const int LongestDays = 400;

    public static readonly RowTable Imports = new("statistic_import",
    [
        new("position", DbType.Int64), new("recorded_at", DbType.DateTime2), new("actor", DbType.String, 100), new("source", DbType.String, StatisticHeader.LongestSource),
        new("file_name", DbType.String, StatisticHeader.LongestFileName), new("sha256", DbType.String, 64), new("as_of", DbType.Date),
        new("note", DbType.String, StatisticHeader.LongestNote), new("cells", DbType.Int32), new("first_day", DbType.Date), new("last_day", DbType.Date),
    ]);

    public static readonly RowTable Parts = new("statistic_part",
    [
        new("series", DbType.String, StatisticSeries.LongestCode), new("area_code", DbType.String, 15), new("month", DbType.Int32), new("import_position", DbType.Int64),
        new("decimals", DbType.Int32), new("whole", DbType.Int64), new("days", DbType.Binary, LongestDays),
    ]);

    public static readonly RowTable Months = new("statistic_month",
    [
        new("month", DbType.Int32), new("series", DbType.String, StatisticSeries.LongestCode), new("area_code", DbType.String, 15), new("decimals", DbType.Int32),
        new("whole", DbType.Int64), new("days", DbType.Binary, LongestDays), new("total", DbType.Int64), new("given_days", DbType.Int32), new("last_day", DbType.Int32),
        new("as_of", DbType.Date), new("import_position", DbType.Int64),
    ]);
}
