using System.Data.Common;
using System.Runtime.InteropServices;
using Dapper;

namespace CommandCenter.Data.Events;

/// <summary>Events that are neither in the log nor archived. There are none in a sound database.</summary>
/// <param name="Events">How many are missing.</param>
/// <param name="First">Position of the first.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LogGap(long Events, long First)
{
    /// <param name="hasArchive">False for a database from before there were archives.</param>
    /// <returns>Null when the log goes on without gaps.</returns>
    internal static async Task<LogGap?> FindAsync(DbConnection connection, DbTransaction? transaction, bool hasArchive, CancellationToken cancellationToken)
    {
        var mark = 0L;
        mark = hasArchive ? await ScalarAsync(EventLogTable.ArchivedSql) ?? 0 : 0;
        var head = await ScalarAsync(EventLogTable.HeadSql) ?? 0;
        var there = await ScalarAsync("SELECT COUNT(*) FROM event_log WHERE position > @mark") ?? 0;
        if (head <= mark || there == head - mark)
        {
            return null;
        }

        var afterMark = await ScalarAsync("SELECT MIN(position) FROM event_log WHERE position > @mark");
        var first = afterMark > mark + 1
            ? mark + 1
            : await ScalarAsync(
                """
                SELECT MIN(e.position) + 1
                FROM event_log e
                WHERE e.position > @mark AND NOT EXISTS (SELECT 1 FROM event_log n WHERE n.position = e.position + 1)
                """);
        return new LogGap(head - mark - there, first ?? mark + 1);

        Task<long?> ScalarAsync(string sql) => connection.ExecuteScalarAsync<long?>(
            new CommandDefinition(sql, new { mark }, transaction, commandTimeout: 0, cancellationToken: cancellationToken));
    }
}
