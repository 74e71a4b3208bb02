using System.Data.Common;
using CommandCenter.Data.Events;
using Dapper;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>
/// Positions go on without gaps above what is archived, the archives without gaps up to there, and every event in the log can be
/// read. The files of the archive are not opened: they may lie on another machine.
/// </summary>
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
                var gaps = await ReadAsync(connection, head, archived, findings, cancellationToken);

                // The program may have archived meanwhile: what it took out then is not missing.
                archived = gaps.Count > 0 ? await ArchiveMark.ReadAsync(connection, null, cancellationToken) : archived;
                foreach (var (from, to) in gaps.Where(gap => gap.To > archived))
                {
                    findings.Add(FindingKind.PositionsMissing, Math.Max(from, archived + 1), to);
                }

                await CheckArchivesAsync(connection, findings, cancellationToken);
                return true;
            },
            cancellationToken);

    private static async Task<List<(long From, long To)>> ReadAsync(
        DbConnection connection, long head, long archived, FindingList findings, CancellationToken cancellationToken)
    {
        var gaps = new List<(long From, long To)>();
        var expected = archived + 1;
        await foreach (var happened in StoredLog.ReadAsync(connection, null, "e.position", head, null, cancellationToken))
        {
            findings.LookedAtOne();
            if (happened.Position > archived)
            {
                if (happened.Position > expected)
                {
                    gaps.Add((expected, happened.Position - 1));
                }

                expected = happened.Position + 1;
            }

            if (happened.Problem is not null)
            {
                findings.Add(FindingKind.EventUnreadable, happened.Position, happened.Problem);
            }
        }

        return gaps;
    }

    private static async Task CheckArchivesAsync(DbConnection connection, FindingList findings, CancellationToken cancellationToken)
    {
        var (files, through) = (0, 0L);
        foreach (var (from, to) in await connection.QueryAsync<(long From, long To)>(new CommandDefinition(
            "SELECT from_position, to_position FROM event_archive ORDER BY to_position", cancellationToken: cancellationToken)))
        {
            if (from != through + 1)
            {
                findings.Add(FindingKind.ArchivesDoNotFollow, from, to, through);
            }

            (files, through) = (files + 1, to);
        }

        if (files > 0)
        {
            findings.Omissions.Add(new Omission(OmissionKind.ArchivedEvents, through, files));
        }
    }
}
