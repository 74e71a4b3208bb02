using System.Data.Common;
using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Live;
using Dapper;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>
/// The board as it stood where the archive ends. The events before are in files, so it is made of what the incidents' rows say
/// about that moment: a row tells when it was received and moved, and what the log still has tells which of that came later.
/// </summary>
internal static class BoardAtMark
{
    // More than any figure of the board looks back.
    private static readonly TimeSpan LongestCounted = TimeSpan.FromDays(Retention.OnTimeDays + 3);

    /// <returns>The empty board when nothing is archived.</returns>
    public static Task<LiveBoard> ReadAsync(Store store, LiveBoard loaded, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection =>
            {
                await using var transaction = store.Dialect.BeginRead(connection);
                var mark = await ArchiveMark.ReadAsync(connection, transaction, cancellationToken);
                var board = mark == 0 || loaded.Position <= mark
                    ? LiveBoard.Empty
                    : await ReadAsync(store.Dialect, connection, transaction, mark, loaded.LastEventAt ?? DateTime.UnixEpoch, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return board;
            },
            cancellationToken);

    private static async Task<LiveBoard> ReadAsync(
        Dialect dialect, DbConnection connection, DbTransaction transaction, long mark, DateTime latest, CancellationToken cancellationToken)
    {
        var later = await LaterMovesAsync(connection, transaction, mark, cancellationToken);
        var latestBefore = await connection.ExecuteScalarAsync<DateTime?>(Command("SELECT MAX(recorded_at) FROM event_log WHERE position <= @mark"));

        // What was closed long ago counts nowhere.
        var rows = await connection.QueryAsync<IncidentRow>(Command(
            $"""
            SELECT {IncidentRows.Columns}, COALESCE(i.wall_title, i.title) AS title
            FROM incident i
            WHERE i.id <= @mark AND (i.status <> {(int)IncidentStatus.Closed} OR i.closed_at >= @from OR i.received_at >= @from
              OR i.id IN (SELECT e.subject_id FROM event_log e WHERE e.position > @mark))
            ORDER BY i.id
            """));
        var events = new List<LoggedEvent>();
        foreach (var row in rows)
        {
            events.AddRange(Told(row, later, events.Count));
        }

        var told = LiveBoard.Apply(LiveBoard.Empty, events);
        return new LiveBoard
        {
            Position = mark,
            LastEventAt = told.LastEventAt > latestBefore || latestBefore is null ? told.LastEventAt : DateTime.SpecifyKind(latestBefore.Value, DateTimeKind.Utc),
            OpenById = told.OpenById,
            Towns = told.Towns,
            Grids = told.Grids,
            Recent = RecentEntries.StartingAfter(mark),
        };

        CommandDefinition Command(string sql) =>
            new(sql, new { mark, from = dialect.Instant(latest - LongestCounted) }, transaction, commandTimeout: 0, cancellationToken: cancellationToken);
    }

    private static async Task<HashSet<(long Id, IncidentStatus To)>> LaterMovesAsync(
        DbConnection connection, DbTransaction transaction, long mark, CancellationToken cancellationToken)
    {
        var later = new HashSet<(long, IncidentStatus)>();
        await using var reader = await connection.ExecuteReaderAsync(new CommandDefinition(
            $"""
            SELECT e.subject_id, e.payload FROM event_log e
            WHERE e.position > @mark AND e.subject_id <> 0 AND e.subject_id <= @mark AND e.kind = '{EventPayload.IncidentMoved}'
            """,
            new { mark },
            transaction,
            commandTimeout: 0,
            cancellationToken: cancellationToken));
        while (await reader.ReadAsync(cancellationToken))
        {
            later.Add((reader.GetInt64(0), ((IncidentMoved)EventPayload.Read(EventPayload.IncidentMoved, reader.GetString(1))).To));
        }

        return later;
    }

    // Positions only have to follow each other here: the board made of these is given the mark's.
    private static IEnumerable<LoggedEvent> Told(IncidentRow row, HashSet<(long Id, IncidentStatus To)> later, long position)
    {
        yield return Event(
            row.ReceivedAt,
            new IncidentReported(
                row.Number, row.Source, row.Category, row.Urgency, row.Lon, row.Lat, row.GridCode, row.OutsideGrids, row.OccurredAt, row.AcceptBy, row.FinishBy));
        var stands = IncidentStatus.Reported;
        foreach (var (to, at) in new[]
        {
            (IncidentStatus.Accepted, row.AcceptedAt), (IncidentStatus.InProgress, row.StartedAt), (IncidentStatus.Closed, row.ClosedAt),
        })
        {
            if (at is { } moved && !later.Contains((row.Id, to)))
            {
                yield return Event(moved, new IncidentMoved(stands, to, null));
                stands = to;
            }
        }

        LoggedEvent Event(DateTime at, DomainEvent happened) => new(++position, at, "", row.Id, happened, row.Title);
    }
}
