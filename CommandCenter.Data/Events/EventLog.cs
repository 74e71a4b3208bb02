using CommandCenter.Data.Accounts;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Events;

/// <summary>
/// Reads the event log. It is complete, ordered and without gaps: positions are given out under a lock that is held to
/// commit, so whoever has read up to a position has read everything before it.
/// </summary>
public sealed class EventLog(Store store)
{
    // A line that has died in silence is noticed after this; what the tail reads is there within milliseconds.
    private const int SecondsToAnswer = 10;

    /// <summary>Rung after each commit in this process.</summary>
    public Doorbell Doorbell => store.Doorbell;

    /// <summary>A watch that tells cheaply that nothing was committed.</summary>
    public LogWatch Watch() => new(store);

    /// <summary>The last committed position; 0 when nothing has happened yet.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<long> HeadAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection => await connection.ExecuteScalarAsync<long?>(
                new CommandDefinition(EventLogTable.HeadSql, commandTimeout: SecondsToAnswer, cancellationToken: cancellationToken)) ?? 0,
            cancellationToken);

    /// <summary>
    /// Up to and with this position events have been archived (<see cref="EventArchiver"/>); 0 when none have. Above it the log has
    /// no gaps; what reads from below it must begin from the state instead.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<long> ArchivedThroughAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection => await connection.ExecuteScalarAsync<long?>(
                new CommandDefinition(EventLogTable.ArchivedSql, commandTimeout: SecondsToAnswer, cancellationToken: cancellationToken)) ?? 0,
            cancellationToken);

    /// <summary>The events after a position, oldest first; below <see cref="ArchivedThroughAsync"/> only those that were not archived.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    /// <exception cref="InvalidDataException">The log was written by a newer program.</exception>
    public Task<IReadOnlyList<LoggedEvent>> ReadAfterAsync(long position, int limit, CancellationToken cancellationToken)
    {
        var (top, rest) = store.Dialect.First("@limit");
        return ReadAsync(
            $"""
            SELECT {top} e.position, e.recorded_at AS RecordedAt, e.kind, e.subject_id AS SubjectId, e.actor, e.payload, COALESCE(i.wall_title, i.title) AS title
            FROM event_log e LEFT JOIN incident i ON i.id = e.subject_id
            WHERE e.position > @position
            ORDER BY e.position {rest}
            """,
            new { position, limit },
            cancellationToken);
    }

    /// <summary>
    /// Everything that happened to one incident, oldest first; when it does not begin with the report, whose position is the
    /// incident's id, what came before has been archived.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<IReadOnlyList<LoggedEvent>> HistoryAsync(Sight sight, long incidentId, CancellationToken cancellationToken)
    {
        var (conditions, arguments) = (new List<string> { "e.subject_id = @incidentId" }, new DynamicParameters());
        arguments.Add("incidentId", incidentId);
        SightSql.Add(sight, "i.", conditions, arguments);
        return ReadAsync(
            $"""
            SELECT e.position, e.recorded_at AS RecordedAt, e.kind, e.subject_id AS SubjectId, e.actor, e.payload, COALESCE(i.wall_title, i.title) AS title
            FROM event_log e LEFT JOIN incident i ON i.id = e.subject_id
            WHERE {string.Join(" AND ", conditions)}
            ORDER BY e.position
            """,
            arguments,
            cancellationToken);
    }

    private Task<IReadOnlyList<LoggedEvent>> ReadAsync(string sql, object arguments, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<LoggedEvent>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<TitledRow>(new CommandDefinition(sql, arguments, commandTimeout: SecondsToAnswer, cancellationToken: cancellationToken));
                return rows
                    .Select(row => new LoggedEvent(
                        row.Position, row.RecordedAt, row.Actor, row.SubjectId, EventPayload.Read(row.Kind, row.Payload), row.Title))
                    .ToList();
            },
            cancellationToken);

    private sealed class TitledRow : EventRow
    {
        public string? Title { get; init; }
    }
}
