using System.Data.Common;
using CommandCenter.Data.Storage;
using CommandCenter.Data.Storage.Verification;
using Dapper;

namespace CommandCenter.Data.Audit;

/// <summary>
/// Every row of the record is what was sealed, follows the row before it, and the last one is where the record ends. What lies
/// outside the database, the hourly line in the journal, is for people to compare.
/// </summary>
internal sealed class AuditCheck(IAuditKey key) : DatabaseCheck
{
    public override string Name => "audit";

    public override Task RunAsync(Store store, FindingList findings, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection =>
            {
                await using var moment = store.Dialect.BeginRead(connection);
                var head = await AuditHeadRow.ReadAsync(connection, moment, cancellationToken);
                findings.Expected = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                    "SELECT COUNT(*) FROM audit_log", transaction: moment, commandTimeout: 0, cancellationToken: cancellationToken));
                var (through, hash) = await CheckpointsAsync(connection, moment, findings, cancellationToken);
                var chain = new AuditChainCheck(key, through, hash, (kind, arguments) => findings.Add(kind, arguments));
                using (var rows = await AuditRow.OpenAsync(store.Dialect, connection, moment, long.MaxValue, cancellationToken))
                {
                    while (rows.Read())
                    {
                        chain.Next(AuditRow.Of(rows));
                        findings.LookedAtOne();
                    }
                }

                CheckHead(head, chain, findings);
                if (chain.NotLookedAt > 0)
                {
                    findings.Omissions.Add(new Omission(OmissionKind.AuditSeals, chain.NotLookedAt));
                }

                return true;
            },
            cancellationToken);

    private void CheckHead(AuditHeadRow? head, AuditChainCheck chain, FindingList findings)
    {
        if (head is null)
        {
            if (chain.Through > 0)
            {
                findings.Add(FindingKind.AuditHeadMissing, chain.Through);
            }

            return;
        }

        if (AuditSeal.OfHead(head.Sequence, head.Hash, head.KeyId, key) is { } seal && seal != head.Seal)
        {
            findings.Add(FindingKind.AuditHeadChanged, head.Sequence);
        }

        if (head.Sequence > chain.Through)
        {
            findings.Add(FindingKind.AuditRowsMissing, chain.Through + 1, head.Sequence);
        }
        else if (head.Sequence < chain.Through)
        {
            findings.Add(FindingKind.AuditRowsAfterHead, head.Sequence + 1, chain.Through);
        }
        else if (head.Hash != chain.Hash)
        {
            findings.Add(FindingKind.AuditChainBroken, head.Sequence + 1);
        }

        // The program seals with a key from its first start with one on.
        if (key.Current is not null && head.KeyId.Length == 0)
        {
            findings.Add(FindingKind.AuditNotUnderKey, head.Sequence);
        }
    }

    /// <returns>The last row that was taken out, and its hash.</returns>
    private async Task<(long Through, string Hash)> CheckpointsAsync(
        DbConnection connection, DbTransaction moment, FindingList findings, CancellationToken cancellationToken)
    {
        var (through, hash) = (0L, AuditSeal.Genesis);
        foreach (var row in await connection.QueryAsync<CheckpointRow>(new CommandDefinition(
            """
            SELECT from_sequence AS FromSequence, through_sequence AS ThroughSequence, hash, removed_at AS RemovedAt, key_id AS KeyId, seal
            FROM audit_checkpoint ORDER BY through_sequence
            """,
            transaction: moment,
            cancellationToken: cancellationToken)))
        {
            var checkpoint = new AuditCheckpoint(row.FromSequence, row.ThroughSequence, row.Hash, AuditChain.InstantAsText(row.RemovedAt), row.KeyId, row.Seal);
            var seal = AuditSeal.OfCheckpoint(checkpoint, key);
            if (checkpoint.From != through + 1 || (seal is not null && seal != checkpoint.Seal) || (seal is null && key.Current is not null))
            {
                findings.Add(FindingKind.AuditCheckpointWrong, checkpoint.From, checkpoint.Through);
            }

            (through, hash) = (checkpoint.Through, checkpoint.Hash);
        }

        return (through, hash);
    }

    private sealed class CheckpointRow
    {
        public long FromSequence { get; init; }

        public long ThroughSequence { get; init; }

        public string Hash { get; init; } = "";

        public DateTime RemovedAt { get; init; }

        public string KeyId { get; init; } = "";

        public string Seal { get; init; } = "";
    }
}
