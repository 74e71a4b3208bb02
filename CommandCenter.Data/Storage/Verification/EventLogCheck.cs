using CommandCenter.Data.Events;
using Dapper;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>Positions go on without gaps above what is archived, and every event can be read.</summary>
internal sealed class EventLogCheck : DatabaseCheck
{
    public override string Name => "events";

    public override Task RunAsync(Store store, FindingList findings, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection =>
            {
                var head = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(EventLogTable.HeadSql, cancellationToken: cancellationToken)) ?? 0;
                var archived = await ArchiveMark.ReadAsync(connection, null, cancellationToken);
                findings.Expected = head - archived;
                var expected = archived + 1;
                await foreach (var happened in StoredLog.ReadAsync(connection, null, "e.position", head, null, cancellationToken))
                {
                    findings.LookedAtOne();
                    if (happened.Position > archived)
                    {
                        if (happened.Position > expected)
                        {
                            findings.Add(FindingKind.PositionsMissing, expected, happened.Position - 1);
                        }

                        expected = happened.Position + 1;
                    }

                    if (happened.Problem is not null)
                    {
                        findings.Add(FindingKind.EventUnreadable, happened.Position, happened.Problem);
                    }
                }

                return true;
            },
            cancellationToken);
}
