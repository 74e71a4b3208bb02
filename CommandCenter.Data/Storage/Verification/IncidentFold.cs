using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>What the events of one incident say about it. Titles, texts and people are not logged, so only the row has them.</summary>
internal sealed class IncidentFold
{
    private IncidentReported? _reported;
    private DateTime _receivedAt;
    private IncidentStatus _status;
    private DateTime? _acceptedAt;
    private DateTime? _startedAt;
    private DateTime? _closedAt;

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
            default:
                // Other events speak of an incident without changing its state.
                break;
        }
    }

    /// <summary>Where the stored row says something else: field, what is stored, what the events say.</summary>
    public IEnumerable<(string Field, object? Stored, object? Logged)> Differences(Incident row)
    {
        if (_reported is not { } reported)
        {
            return [];
        }

        (string Field, object? Stored, object? Logged)[] fields =
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
            ("status", row.Status, _status),
            ("accepted_at", Text(row.AcceptedAt), Text(_acceptedAt)),
            ("started_at", Text(row.StartedAt), Text(_startedAt)),
            ("closed_at", Text(row.ClosedAt), Text(_closedAt)),
        ];
        return fields.Where(field => !Equals(field.Stored, field.Logged));
    }

    private void Move(IncidentMoved moved, StoredEvent happened)
    {
        if (_reported is not null && (moved.From != _status || IncidentLifecycle.Next(_status) != moved.To))
        {
            BadMoves.Add((happened.Position, moved.From == _status ? $"{_status}" : $"{_status} ({moved.From})", moved.To));
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
    private static string? Text(DateTime? instant) => instant?.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
