using System.Data;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Events;

/// <summary>The table under the log.</summary>
internal static class EventLogTable
{
    public const string HeadSql = "SELECT MAX(position) FROM event_log";

    public const string ArchivedSql = "SELECT MAX(to_position) FROM event_archive";

    public static readonly RowTable Rows = new("event_log",
    [
        new("position", DbType.Int64),
        new("recorded_at", DbType.DateTime2),
        new("kind", DbType.String, 40),
        new("subject_id", DbType.Int64),
        new("actor", DbType.String, 100),
        new("payload", DbType.String, -1),
    ]);

    public static object?[] Row(Dialect dialect, long position, DateTime at, DomainEvent happened, long subjectId, string actor)
    {
        var (kind, payload) = EventPayload.Write(happened);
        return [position, dialect.Instant(at), kind, subjectId, actor, payload];
    }
}
