using System.Data.Common;
using CommandCenter.Data.Events;
using Dapper;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>
/// Up to where the log has been taken out into files. Below it the log keeps what is not closed and what belongs to no incident;
/// above it, everything.
/// </summary>
internal static class ArchiveMark
{
    /// <returns>0 when nothing is archived.</returns>
    public static async Task<long> ReadAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken) =>
        await connection.ExecuteScalarAsync<long?>(
            new CommandDefinition(EventLogTable.ArchivedSql, transaction: transaction, cancellationToken: cancellationToken)) ?? 0;
}
