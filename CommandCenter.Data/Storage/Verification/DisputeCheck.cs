using System.Globalization;
using CommandCenter.Data.Events;
using Dapper;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>Every stored dispute is what its events say. The log keeps all of them: only incidents are archived.</summary>
internal sealed class DisputeCheck : DatabaseCheck
{
    public override string Name => "disputes";

    public override Task RunAsync(Store store, FindingList findings, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection =>
            {
                await using var transaction = store.Dialect.BeginRead(connection);
                var folded = new Dictionary<long, DisputeRow>();
                var unreadable = new HashSet<long>();
                var head = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(EventLogTable.HeadSql, transaction: transaction, cancellationToken: cancellationToken)) ?? 0;
                await foreach (var happened in StoredLog.ReadAsync(connection, transaction, "e.position", head, null, cancellationToken))
                {
                    if (happened.Event is DisputeEvent and not DisputesErased)
                    {
                        folded[happened.SubjectId] = (folded.GetValueOrDefault(happened.SubjectId) ?? new DisputeRow { Id = happened.SubjectId }).After(happened);
                    }
                    else if (happened.Problem is not null && happened.Kind.StartsWith("dispute.", StringComparison.Ordinal))
                    {
                        // Named by the check of the log.
                        unreadable.Add(happened.SubjectId);
                    }
                }

                foreach (var row in await connection.QueryAsync<DisputeRow>(new CommandDefinition(
                    $"SELECT {DisputeRow.Columns} FROM dispute ORDER BY id", transaction: transaction, commandTimeout: 0, cancellationToken: cancellationToken)))
                {
                    findings.LookedAtOne();
                    if (!folded.Remove(row.Id, out var logged) || logged.Number.Length == 0)
                    {
                        if (!unreadable.Contains(row.Id))
                        {
                            findings.Add(FindingKind.DisputeWithoutEvent, row.Id, row.Number);
                        }

                        continue;
                    }

                    foreach (var (field, stored, said) in unreadable.Contains(row.Id) ? [] : row.Differences(logged))
                    {
                        findings.Add(FindingKind.DisputeDiffers, row.Id, row.Number, field, Text(stored), Text(said));
                    }
                }

                foreach (var (id, logged) in folded.OrderBy(pair => pair.Key))
                {
                    findings.Add(FindingKind.EventWithoutDispute, logged.Position, id);
                }

                await transaction.CommitAsync(cancellationToken);
                return true;
            },
            cancellationToken);

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "NULL";
}
