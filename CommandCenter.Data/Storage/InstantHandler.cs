using System.Data;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Data.Storage;

/// <summary>
/// Reads stored instants and days back, from text (SQLite) and from date types (SQL Server) alike. Writing is explicit
/// (<see cref="Dialect.Instant"/>): Dapper would give SQLite another text than the stored form.
/// </summary>
internal sealed class InstantHandler : SqlMapper.TypeHandler<DateTime>
{
    public static void Register()
    {
        SqlMapper.AddTypeHandler(new InstantHandler());

        // What Dialect.Instant gives SQL Server: as datetime the milliseconds would be rounded to thirds of a hundredth, and
        // without a type of its own the value would go as sql_variant, which no datetime2 column takes.
        SqlMapper.AddTypeMap(typeof(DateTime), DbType.DateTime2);
        SqlMapper.AddTypeMap(typeof(DateTime?), DbType.DateTime2);
        SqlMapper.AddTypeHandler(new DayHandler());
    }

    public override DateTime Parse(object value) => value switch
    {
        DateTime instant => DateTime.SpecifyKind(instant, DateTimeKind.Utc),
        string text => InstantText.Parse(text),
        _ => throw new DataException($"An instant is stored as {value.GetType()}."),
    };

    public override void SetValue(IDbDataParameter parameter, DateTime value)
    {
        if (parameter is SqliteParameter)
        {
            throw new NotSupportedException("Pass instants through Dialect.Instant: databases store them differently.");
        }

        // Left to itself the client sends the old datetime type, which rounds to 1/300 s.
        parameter.DbType = DbType.DateTime2;
        parameter.Value = value;
    }

    private sealed class DayHandler : SqlMapper.TypeHandler<DateOnly>
    {
        public override DateOnly Parse(object value) => value switch
        {
            DateTime day => DateOnly.FromDateTime(day),
            string text => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => throw new DataException($"A day is stored as {value.GetType()}."),
        };

        public override void SetValue(IDbDataParameter parameter, DateOnly value) =>
            throw new NotSupportedException("Pass days through Dialect.Day: databases store them differently.");
    }
}
