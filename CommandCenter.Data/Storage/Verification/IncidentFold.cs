using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>
/// What the events of one incident say about it. Titles, texts and people are not logged, so only the row has them. Where the
/// first events are archived, the others still say what they say.
/// </summary>
internal sealed class IncidentFold
{
    private IncidentReported? _reported;
    private DateTime _receivedAt;
    private IncidentStatus? _status;
    private DateTime? _acceptedAt;
    private DateTime? _startedAt;
    private DateTime? _closedAt;
    private DateTime? _remindedAt;

    /// <summary>Position of the first of its events; 0 when there is none.</summary>
    public long First { get; private set; }

    /// <summary>Whether the event that reported it is there.</summary>
    public bool IsWhole => _reported is not null;

    public bool HasUnreadable { get; private set; }

    /// <summary>Moves that no incident makes: position, where it stood, where from and to the event says.</summary>
    public List<(long Position, string From, IncidentStatus To)> BadMoves { get; } = [];

    public void Add(StoredEvent happened)
    {
        First = First == 0 ? happened.Position : First;
        HasUnreadable |= happened.Problem is not null;
        switch (happened.Event)
        {
            case IncidentReported reported:
                (_reported, _receivedAt, _status) = (reported, happened.RecordedAt, IncidentStatus.Reported);
                break;
            case IncidentMoved moved:
                Move(moved, happened);
                break;
            case IncidentReminded:
                _remindedAt = _remindedAt > happened.RecordedAt ? _remindedAt : happened.RecordedAt;
                break;
            default:
                // Other events speak of an incident without changing its state.
                break;
        }
    }

    /// <summary>Where the stored row says something else: field, what is stored, what the events say.</summary>
    public IEnumerable<(string Field, object? Stored, object? Logged)> Differences(IncidentRow row)
    {
        IEnumerable<(string Field, object? Stored, object? Logged)> fields = Moving(row);
        fields = _reported is { } reported ? Reported(row, reported).Concat(fields) : fields.Where(field => field.Logged is not null);
        return fields.Where(field => !Equals(field.Stored, field.Logged)).Concat(NextReminder(row));
    }

    private IEnumerable<(string Field, object? Stored, object? Logged)> Reported(IncidentRow row, IncidentReported reported) =>
    [
        ("number", row.Number, reported.Number),
        ("source", row.Source, reported.Source),
        ("category", row.Category, reported.Category),
        ("urgency", row.Urgency, reported.Urgency),
        ("lon", row.Lon, reported.Longitude),
        ("lat", row.Lat, reported.Latitude),
        ("grid_code", row.GridCode, reported.GridCode),
        ("outside_grids", row.OutsideGrids, reported.OutsideGrids),
        ("occurred_at", Text(row.OccurredAt), Text(reported.OccurredAt)),
        ("received_at", Text(row.ReceivedAt), Text(_receivedAt)),
        ("accept_by", Text(row.AcceptBy), Text(reported.AcceptBy)),
        ("finish_by", Text(row.FinishBy), Text(reported.FinishBy)),
    ];

    private IEnumerable<(string Field, object? Stored, object? Logged)> Moving(IncidentRow row) =>
    [
        ("status", row.Status, _status),
        ("accepted_at", Text(row.AcceptedAt), Text(_acceptedAt)),
        ("started_at", Text(row.StartedAt), Text(_startedAt)),
        ("closed_at", Text(row.ClosedAt), Text(_closedAt)),
        ("reminded_at", Text(row.RemindedAt), Text(_remindedAt)),
    ];

    // No event says when the next one is due. It is one of the moments at which its clocks speak, also those of a clock that
    // stopped since; the moment it was received, until the clocks of what was brought in are looked at; or none, when nothing is
    // left to say: of what is closed, and of what is open when its last word was written down, which comes after finish_by. An
    // open incident without one that never had its last word is forgotten. (So is, for the moments that it takes, history that a
    // demonstration is writing down; it gets its reminders when it is whole.)
    private static IEnumerable<(string Field, object? Stored, object? Logged)> NextReminder(IncidentRow row)
    {
        if (row.Status == IncidentStatus.Closed)
        {
            return row.NextReminderAt is { } left ? [("next_reminder_at", Text(left), null)] : [];
        }

        var schedule = ReminderSchedule.Of(row.ReceivedAt, row.AcceptBy, row.FinishBy, IncidentStatus.Reported).Select(reminder => Text(reminder.At)).ToList();
        var isGood = row.NextReminderAt is { } next
            ? Text(next) == Text(row.ReceivedAt) || schedule.Contains(Text(next))
            : row.RemindedAt > row.FinishBy;
        return isGood ? [] : [("next_reminder_at", Text(row.NextReminderAt), string.Join(" / ", schedule))];
    }

    private void Move(IncidentMoved moved, StoredEvent happened)
    {
        // Where the events before are archived, the first that is left says where it stood.
        var stood = _status ?? moved.From;
        if (moved.From != stood || IncidentLifecycle.Next(stood) != moved.To)
        {
            BadMoves.Add((happened.Position, moved.From == stood ? $"{stood}" : $"{stood} ({moved.From})", moved.To));
        }

        _status = moved.To;
        switch (moved.To)
        {
            case IncidentStatus.Accepted:
                _acceptedAt = happened.RecordedAt;
                break;
            case IncidentStatus.InProgress:
                _startedAt = happened.RecordedAt;
                break;
            case IncidentStatus.Closed:
                _closedAt = happened.RecordedAt;
                break;
            case IncidentStatus.Reported:
            default:
                break;
        }
    }

    // To the milliseconds that both databases keep.
    internal static string? Text(DateTime? instant) => instant?.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
