using System.Data.Common;
using Dapper;

namespace CommandCenter.Data.Audit;

/// <summary>The head as it is stored.</summary>
internal sealed class AuditHeadRow
{
    public long Sequence { get; init; }

    public string Hash { get; init; } = "";

    public string KeyId { get; init; } = "";

    public string Seal { get; init; } = "";

    /// <returns>Null when there is none.</returns>
    public static Task<AuditHeadRow?> ReadAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken) =>
        connection.QueryFirstOrDefaultAsync<AuditHeadRow?>(new CommandDefinition(
            "SELECT sequence, hash, key_id AS KeyId, seal FROM audit_head WHERE id = 1", transaction: transaction, cancellationToken: cancellationToken));
}
