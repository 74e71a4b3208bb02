using CommandCenter.Data.Events;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Incidents;

/// <summary>
/// Writes down, as events, what the clocks of the open incidents have to say. What is due stands in the incident's row, so a
/// program that was down for a night says in the morning what is still true, once: of each clock only its last word.
/// </summary>
public sealed class IncidentReminders(Store store)
{
    /// <summary>Who the log names for a reminder.</summary>
    public const string Actor = "clock";

    private const int MostAtOnce = 200;

    /// <summary>Writes down what is due.</summary>
    /// <param name="lease">What is written is kept only while this is held.</param>
    /// <returns>How many incidents were looked at; run again at once while it is not 0.</returns>
    /// <exception cref="LeaseLostException">Another node does this now; nothing was kept.</exception>
    /// <exception cref="StoreUnavailableException">The store can't serve; nothing was kept.</exception>
    public Task<int> RunAsync(Lease lease, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                LeaseStore.Require(session, lease);
                return WriteDue(session, session.Now);
            },
            cancellationToken);

    // The longest due first.
    private static int WriteDue(WriteSession session, DateTime now)
    {
        session.Flush();
        var (top, limit) = session.Dialect.First("@most");
        var due = session.Connection.Query<DueRow>(
            $"""
            SELECT {top} id, status, received_at AS ReceivedAt, accept_by AS AcceptBy, finish_by AS FinishBy, next_reminder_at AS NextReminderAt
            FROM incident
            WHERE next_reminder_at IS NOT NULL AND next_reminder_at < @now
            ORDER BY next_reminder_at {limit}
            """,
            new { now = session.Dialect.Instant(now), most = MostAtOnce },
            session.Transaction).AsList();
        foreach (var row in due)
        {
            WriteDue(session, row, now);
        }

        return due.Count;
    }

    /// <summary>
    /// Begins to watch what was brought in without reminders, within a transaction, and writes down what is due already.
    /// </summary>
    /// <param name="now">When the history that was brought in ends, UTC.</param>
    public static void Begin(WriteSession session, DateTime now)
    {
        session.Flush();
        session.Execute("UPDATE incident SET next_reminder_at = received_at WHERE status IN (10, 20, 50) AND next_reminder_at IS NULL AND reminded_at IS NULL");
        while (WriteDue(session, now) > 0)
        {
            // Piece by piece.
        }
    }

    /// <summary>Writes one reminder down, within a transaction.</summary>
    /// <param name="at">UTC.</param>
    /// <returns>The position of its event.</returns>
    public static long Write(WriteSession session, long id, IncidentReminded reminder, string actor, DateTime at)
    {
        session.Flush();
        session.Execute(
            "UPDATE incident SET reminded_at = @at WHERE id = @id AND (reminded_at IS NULL OR reminded_at < @at)",
            ("@at", session.Dialect.Instant(at)), ("@id", id));
        return session.Append(reminder, id, actor, at);
    }

    private static void WriteDue(WriteSession session, DueRow row, DateTime now)
    {
        var schedule = ReminderSchedule.Of(row.ReceivedAt, row.AcceptBy, row.FinishBy, row.Status);
        var lastWords = schedule
            .Where(reminder => reminder.At >= row.NextReminderAt && reminder.At < now)
            .GroupBy(reminder => reminder.Clock)
            .Select(clock => clock.Last())
            .OrderBy(reminder => reminder.At);
        foreach (var reminder in lastWords)
        {
            Write(session, row.Id, new IncidentReminded(reminder.Kind, reminder.Clock, reminder.DueBy, row.Status), Actor, now);
        }

        var next = schedule.Where(reminder => reminder.At >= now).Select(reminder => (DateTime?)reminder.At).FirstOrDefault();
        session.Execute(
            "UPDATE incident SET next_reminder_at = @next WHERE id = @id",
            ("@next", next is { } at ? session.Dialect.Instant(at) : null), ("@id", row.Id));
    }

    private sealed class DueRow
    {
        public long Id { get; init; }

        public IncidentStatus Status { get; init; }

        public DateTime ReceivedAt { get; init; }

        public DateTime AcceptBy { get; init; }

        public DateTime FinishBy { get; init; }

        public DateTime NextReminderAt { get; init; }
    }
}
