using System.Collections.Immutable;
using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Live;

/// <summary>
/// One batch on its way into a board. Copies what it touches once and then changes it in place: a batch costs what it changes,
/// not what the board holds.
/// </summary>
internal sealed class BoardDraft(LiveBoard board)
{
    private readonly object _owner = new();
    private readonly IdMap<OpenIncident>.Builder _open = board.OpenById.ToBuilder();
    private readonly Tallies _towns = new(board.Towns);
    private readonly Tallies _grids = new(board.Grids);
    private readonly RecentEntries.Builder _recent = board.Recent.ToBuilder();
    private long _position = board.Position;
    private DateTime? _latest = board.LastEventAt;
    private Retention _keep = Retention.Of(board.LastEventAt ?? DateTime.UnixEpoch);

    public void Apply(LoggedEvent happened)
    {
        if (happened.Position != _position + 1)
        {
            throw new BoardMismatchException($"After position {_position} the log must go on with {_position + 1}, and goes on with {happened.Position}.");
        }

        _position = happened.Position;
        MoveRetention(happened.RecordedAt);
        _recent.Append(happened.Event switch
        {
            IncidentReported reported => Report(happened, reported),
            IncidentMoved moved => Move(happened, moved),
            IncidentReminded reminded => Remind(happened, reminded),
            AreasReplaced => new StreamEntry(happened.Position, happened.RecordedAt, StreamEntryKind.AreasReplaced, null, happened.Actor, null, null),
            UnitsReplaced => new StreamEntry(happened.Position, happened.RecordedAt, StreamEntryKind.UnitsReplaced, null, happened.Actor, null, null),
            StatisticsImported or StatisticsUndone => new StreamEntry(happened.Position, happened.RecordedAt, StreamEntryKind.StatisticsChanged, null, happened.Actor, null, null),
            SafetyIndexComputed => new StreamEntry(happened.Position, happened.RecordedAt, StreamEntryKind.SafetyIndexChanged, null, happened.Actor, null, null),
            IncidentsErased erased => Erase(happened, erased),
            DisputeEvent or IncidentBecameDispute => new StreamEntry(happened.Position, happened.RecordedAt, StreamEntryKind.DisputesChanged, null, happened.Actor, null, null),
            _ => throw new BoardMismatchException($"The board does not know what {happened.Event.GetType().Name} at position {_position} means."),
        });
    }

    public LiveBoard ToBoard() => new()
    {
        Position = _position,
        LastEventAt = _latest,
        OpenById = _open.ToMap(),
        Towns = _towns.ToDictionary(),
        Grids = _grids.ToDictionary(),
        Recent = _recent.ToEntries(),
    };

    private StreamEntry Report(LoggedEvent happened, IncidentReported e)
    {
        var incident = new OpenIncident(
            happened.SubjectId, e.Number, happened.Title ?? "", e.Category, e.Urgency, IncidentStatus.Reported, e.Longitude, e.Latitude,
            e.GridCode, e.OutsideGrids, e.Source, happened.RecordedAt, e.FinishBy);
        _open.Set(incident.Id, incident);
        var category = Place.Category(incident.Category);
        var (town, grid) = TalliesOf(incident);
        town.CountOpen(category, 1);
        town.AddDue(new Due(incident.FinishBy.Ticks, incident.Id));
        grid?.CountOpen(category, 1);
        var hour = Retention.Hour(happened.RecordedAt);
        if (hour >= _keep.HoursFrom)
        {
            town.CountReported(hour, happened.RecordedAt.Minute, category);
            grid?.CountReported(hour, happened.RecordedAt.Minute, category);
        }

        return new StreamEntry(happened.Position, happened.RecordedAt, StreamEntryKind.Reported, incident, happened.Actor, null, null);
    }

    private StreamEntry Move(LoggedEvent happened, IncidentMoved e)
    {
        var known = _open.Find(happened.SubjectId)
            ?? throw new BoardMismatchException($"The event at position {_position} moves incident {happened.SubjectId}, which is not open on the board.");
        var incident = known with { Status = e.To, Title = happened.Title ?? known.Title };
        var (town, grid) = TalliesOf(incident);
        var inProgress = (e.To == IncidentStatus.InProgress ? 1 : 0) - (known.Status == IncidentStatus.InProgress ? 1 : 0);
        town.CountInProgress(inProgress);
        grid?.CountInProgress(inProgress);
        if (e.To == IncidentStatus.Closed)
        {
            Close(incident, happened.RecordedAt, town, grid);
        }
        else
        {
            _open.Set(incident.Id, incident);
        }

        return new StreamEntry(
            happened.Position, happened.RecordedAt, Kind(e.To), incident, happened.Actor, e.Note, happened.RecordedAt > incident.FinishBy);
    }

    // Nothing about the incident changes: the stream tells it.
    private StreamEntry Remind(LoggedEvent happened, IncidentReminded e)
    {
        var incident = _open.Find(happened.SubjectId)
            ?? throw new BoardMismatchException($"The event at position {_position} reminds of incident {happened.SubjectId}, which is not open on the board.");
        return Reminder(happened.Position, happened.RecordedAt, e, incident, happened.Actor);
    }

    // Only what is closed is erased, and of that the stream alone still holds titles.
    private StreamEntry Erase(LoggedEvent happened, IncidentsErased e)
    {
        _recent.ClearTitles(e.Incidents.ToHashSet());
        return new StreamEntry(happened.Position, happened.RecordedAt, StreamEntryKind.IncidentsErased, null, happened.Actor, null, null);
    }

    internal static StreamEntry Reminder(long position, DateTime at, IncidentReminded e, OpenIncident? incident, string actor) =>
        new(position, at, e.Kind == ReminderKind.Remind ? StreamEntryKind.Reminded : StreamEntryKind.Supervised, incident, actor, null, null)
        {
            Clock = e.Clock,
        };

    private void Close(OpenIncident incident, DateTime at, Tally town, Tally? grid)
    {
        var category = Place.Category(incident.Category);
        _open.Remove(incident.Id);
        town.CountOpen(category, -1);
        town.RemoveDue(new Due(incident.FinishBy.Ticks, incident.Id));
        grid?.CountOpen(category, -1);
        CountClosed(town, grid, at, incident.FinishBy, _keep);
    }

    internal static void CountClosed(Tally town, Tally? grid, DateTime closedAt, DateTime finishBy, Retention keep)
    {
        var hour = Retention.Hour(closedAt);
        if (hour >= keep.HoursFrom)
        {
            town.CountClosedInHour(hour);
            grid?.CountClosedInHour(hour);
        }

        var day = CountyTime.Day(closedAt).DayNumber;
        if (day >= keep.DaysFrom)
        {
            town.CountClosedOnDay(day, closedAt <= finishBy);
            grid?.CountClosedOnDay(day, closedAt <= finishBy);
        }
    }

    internal static StreamEntryKind Kind(IncidentStatus to) => to switch
    {
        IncidentStatus.Reported => StreamEntryKind.Reported,
        IncidentStatus.Accepted => StreamEntryKind.Accepted,
        IncidentStatus.InProgress => StreamEntryKind.InProgress,
        IncidentStatus.Closed => StreamEntryKind.Closed,
        _ => throw new BoardMismatchException($"The stream does not know the status {to}."),
    };

    private (Tally Town, Tally? Grid) TalliesOf(OpenIncident incident) => (
        _towns.Edit(Place.Town(incident.GridCode, incident.OutsideGrids), _owner),
        incident.GridCode is null ? null : _grids.Edit(incident.GridCode, _owner));

    private void MoveRetention(DateTime at)
    {
        if (at <= _latest)
        {
            return;
        }

        _latest = at;
        var keep = Retention.Of(at);
        if (keep != _keep)
        {
            _keep = keep;
            _towns.Prune(keep, _owner);
            _grids.Prune(keep, _owner);
        }
    }

    /// <summary>Tallies by code, with those that this draft owns aside.</summary>
    private sealed class Tallies(ImmutableDictionary<string, Tally> given)
    {
        private readonly Dictionary<string, Tally> _edited = new(StringComparer.Ordinal);

        public Tally Edit(string code, object owner)
        {
            if (!_edited.TryGetValue(code, out var tally))
            {
                tally = given.TryGetValue(code, out var known) ? known.OwnedBy(owner) : new Tally(owner);
                _edited.Add(code, tally);
            }

            return tally;
        }

        public void Prune(Retention keep, object owner)
        {
            foreach (var (code, tally) in given)
            {
                if (tally.HasBefore(keep.HoursFrom, keep.DaysFrom))
                {
                    Edit(code, owner);
                }
            }

            foreach (var tally in _edited.Values)
            {
                tally.Prune(keep.HoursFrom, keep.DaysFrom);
            }
        }

        public ImmutableDictionary<string, Tally> ToDictionary()
        {
            var all = given.ToBuilder();
            foreach (var (code, tally) in _edited)
            {
                tally.Freeze();
                if (tally.IsEmpty)
                {
                    all.Remove(code);
                }
                else
                {
                    all[code] = tally;
                }
            }

            return all.ToImmutable();
        }
    }
}
