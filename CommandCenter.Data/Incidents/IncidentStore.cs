using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Events;
using CommandCenter.Data.Privacy;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Incidents;

/// <summary>Takes reports in and moves them on. State and event are written together.</summary>
public sealed class IncidentStore(Store store)
{
    /// <summary>Takes reports in, in order, and answers when they are durable.</summary>
    /// <returns>One answer a report, in the same order.</returns>
    /// <exception cref="StoreUnavailableException">
    /// The store can't take them; none was kept, unless the outcome is unknown. With an external id each, reports whose outcome is
    /// unknown have been tried once more: then they are found, and answered as known, or taken in.
    /// </exception>
    public async Task<TakenIn[]> TakeInAsync(IReadOnlyList<IncidentReport> reports, CancellationToken cancellationToken)
    {
        TakenIn[] taken;
        try
        {
            // A store that is held back has no keys yet, and refuses below.
            var marks = store.HeldBack is null ? Marks(store.Dialect.Keys, reports) : [];
            taken = await store.WriteAsync(
                session => TakeIn(session, reports, marks, session.Now, withReminders: true), cancellationToken, mayRepeat: reports.All(report => report.ExternalId is not null));
        }
        catch (StoreUnavailableException)
        {
            StoreMetrics.Refused("unavailable", reports.Count);
            throw;
        }

        for (var i = 0; i < taken.Length; i++)
        {
            store.Metrics.TookIn(reports[i].Source, taken[i].Created);
        }

        return taken;
    }

    /// <summary>Moves an incident on, and answers when that is durable.</summary>
    /// <param name="sight">Whoever moves it moves only what they see.</param>
    /// <param name="actor">Who moves it.</param>
    /// <exception cref="StoreUnavailableException">The store can't take it; nothing was kept.</exception>
    public Task<MoveResult> MoveAsync(Sight sight, long id, IncidentStatus to, string actor, string? note, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session => Sees(session, sight, id) ? Move(session, id, to, actor, note, session.Now) : new MoveResult(MoveOutcome.NotFound, default),
            cancellationToken);

    /// <summary>Takes reports in, in order, within a transaction.</summary>
    /// <param name="receivedAt">UTC. Earlier than now only where history is brought in.</param>
    /// <param name="withReminders">False where history is brought in: <see cref="IncidentReminders.Begin"/> when it is complete.</param>
    public static TakenIn[] TakeIn(WriteSession session, IReadOnlyList<IncidentReport> reports, DateTime receivedAt, bool withReminders = true) =>
        TakeIn(session, reports, Marks(session.Dialect.Keys, reports), receivedAt, withReminders);

    private static PersonMarks[] Marks(KeyRing ring, IReadOnlyList<IncidentReport> reports)
    {
        var marks = new PersonMarks[reports.Count];
        for (var i = 0; i < marks.Length; i++)
        {
            marks[i] = PersonMarks.Of(ring, reports[i]);
        }

        return marks;
    }

    /// <param name="marks">One a report.</param>
    private static TakenIn[] TakeIn(WriteSession session, IReadOnlyList<IncidentReport> reports, PersonMarks[] marks, DateTime receivedAt, bool withReminders)
    {
        // To the milliseconds that are stored, so that the clocks in the event and in the row are the same instants.
        receivedAt = new DateTime(receivedAt.Ticks - (receivedAt.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
        var known = FindKnown(session, reports);
        var numbers = session.Scoped(s => new IncidentNumbers(s));
        var taken = new TakenIn[reports.Count];
        using var people = new SealedPeople(session.Dialect.Keys, reports, marks, session.NextPosition);
        for (var i = 0; i < reports.Count; i++)
        {
            var report = reports[i];
            if (report.ExternalId is { } externalId && known.TryGetValue((report.Source, externalId), out var first))
            {
                taken[i] = first with { Created = false };
                continue;
            }

            taken[i] = TakeInNew(session, report, people, i, numbers.Next(receivedAt), receivedAt, withReminders);
            if (report.ExternalId is { } newId)
            {
                known.Add((report.Source, newId), taken[i]);
            }
        }

        return taken;
    }

    /// <summary>Moves an incident on, within a transaction.</summary>
    /// <param name="at">UTC. Earlier than now only where history is brought in.</param>
    public static MoveResult Move(WriteSession session, long id, IncidentStatus to, string actor, string? note, DateTime at)
    {
        session.Flush();
        if (session.Scalar("SELECT status FROM incident WHERE id = @id", ("@id", id)) is not { } stored)
        {
            return new MoveResult(MoveOutcome.NotFound, default);
        }

        var current = (IncidentStatus)Convert.ToInt32(stored, CultureInfo.InvariantCulture);

        if (current == to)
        {
            return new MoveResult(MoveOutcome.AlreadyThere, current);
        }

        if (IncidentLifecycle.Next(current) != to)
        {
            return new MoveResult(MoveOutcome.NotAllowed, current);
        }

        var sql = to switch
        {
            IncidentStatus.Accepted => "UPDATE incident SET status = @to, accepted_at = @at WHERE id = @id",
            IncidentStatus.InProgress => "UPDATE incident SET status = @to, started_at = @at WHERE id = @id",
            IncidentStatus.Closed => "UPDATE incident SET status = @to, closed_at = @at, next_reminder_at = NULL WHERE id = @id",
            _ => throw new ArgumentOutOfRangeException(nameof(to), to, "Nothing moves there."),
        };
        session.Execute(sql, ("@to", (int)to), ("@at", session.Dialect.Instant(at)), ("@id", id));
        session.Append(new IncidentMoved(current, to, Masked(session, id, note)), id, actor, at);
        return new MoveResult(MoveOutcome.Moved, to);
    }

    // The log is never edited, so nothing of people may come into it.
    private static string? Masked(WriteSession session, long id, string? note)
    {
        if (note is null)
        {
            return null;
        }

        var name = session.Scalar("SELECT reporter_name_sealed FROM incident WHERE id = @id", ("@id", id)) as byte[];
        var masked = TextMasker.Mask(note, Sealer.OpenOrNull(session.Dialect.Keys, SealedColumn.ReporterName, id, name));
        return masked.Length <= IncidentLimits.Note ? masked : masked[..IncidentLimits.Note];
    }

    private static bool Sees(WriteSession session, Sight sight, long id)
    {
        session.Flush();
        var (conditions, arguments) = (new List<string> { "id = @id" }, new DynamicParameters());
        arguments.Add("id", id);
        SightSql.Add(sight, "", conditions, arguments);
        return conditions.Count == 1
            || session.Connection.ExecuteScalar<long?>($"SELECT id FROM incident WHERE {string.Join(" AND ", conditions)}", arguments, session.Transaction) is not null;
    }

    private static TakenIn TakeInNew(WriteSession session, IncidentReport report, SealedPeople people, int index, string number, DateTime receivedAt, bool withReminders)
    {
        var (acceptBy, finishBy) = IncidentClock.For(report.Urgency, receivedAt);
        var id = session.Append(
            new IncidentReported(
                number, report.Source, report.Category, report.Urgency, report.Longitude, report.Latitude, report.GridCode, report.OutsideGrids,
                report.OccurredAt, acceptBy, finishBy),
            subjectId: null,
            actor: report.Source,
            receivedAt);
        DateTime? remindAt = withReminders ? ReminderSchedule.First(receivedAt, acceptBy) : null;
        var person = people.Of(index, id);
        session.Insert(IncidentTable.Rows, IncidentTable.Row(session.Dialect, id, number, report, person, receivedAt, acceptBy, finishBy, remindAt));
        return new TakenIn(Created: true, id, number, report.GridCode, report.OutsideGrids, IncidentStatus.Reported, receivedAt);
    }

    private static Dictionary<(string Source, string ExternalId), TakenIn> FindKnown(WriteSession session, IReadOnlyList<IncidentReport> reports) =>
        ExternalIds.Find<KnownRow>(
            session,
            "incident",
            "external_id AS ExternalId, id, number, grid_code AS GridCode, outside_grids AS OutsideGrids, status, received_at AS ReceivedAt",
            reports.Select(report => (report.Source, report.ExternalId)),
            row => row.ExternalId).ToDictionary(
                known => known.Key,
                known => new TakenIn(Created: false, known.Value.Id, known.Value.Number, known.Value.GridCode, known.Value.OutsideGrids, known.Value.Status, known.Value.ReceivedAt));

    private sealed class KnownRow
    {
        public string ExternalId { get; init; } = "";

        public long Id { get; init; }

        public string Number { get; init; } = "";

        public string? GridCode { get; init; }

        public bool OutsideGrids { get; init; }

        public IncidentStatus Status { get; init; }

        public DateTime ReceivedAt { get; init; }
    }
}
