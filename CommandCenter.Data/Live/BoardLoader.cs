using System.Collections.Immutable;
using System.Data.Common;
using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Live;

/// <summary>
/// The fast way to a board: from the state tables, at the position that they stand at, instead of folding years of events.
/// Equal to the fold of the whole log (<see cref="LiveBoard.Same"/>); a property test holds the two together.
/// </summary>
public sealed class BoardLoader(Store store)
{
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    /// <exception cref="InvalidDataException">The log was written by a newer program.</exception>
    public Task<LiveBoard> LoadAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection =>
            {
                await using var transaction = store.Dialect.BeginRead(connection);
                var reading = new Reading(connection, transaction, store.Dialect, cancellationToken);
                var board = await reading.RunAsync();
                await transaction.CommitAsync(cancellationToken);
                return board;
            },
            cancellationToken);

    /// <summary>One reading of all tables in one transaction.</summary>
    private sealed class Reading(DbConnection connection, DbTransaction transaction, Dialect dialect, CancellationToken cancellationToken)
    {
        private readonly object _owner = new();
        private readonly IdMap<OpenIncident>.Builder _open = IdMap<OpenIncident>.Empty.ToBuilder();
        private readonly List<OpenIncident> _received = [];
        private readonly Dictionary<string, Tally> _towns = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Tally> _grids = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<Due>> _due = new(StringComparer.Ordinal);
        private DateTime _latest = DateTime.MinValue;

        public async Task<LiveBoard> RunAsync()
        {
            var head = await connection.ExecuteScalarAsync<long?>(
                new CommandDefinition("SELECT MAX(position) FROM event_log", transaction: transaction, cancellationToken: cancellationToken)) ?? 0;
            if (head == 0)
            {
                return LiveBoard.Empty;
            }

            await ReadOpenAsync();
            foreach (var (town, due) in _due)
            {
                _towns[town].SetDue(due);
            }

            var recent = await ReadRecentAsync(head);
            await ReadLatestAsync();
            var keep = Retention.Of(_latest);
            await ReadReportedAsync(keep);
            await ReadClosedAsync(keep);
            return new LiveBoard
            {
                Position = head,
                LastEventAt = _latest,
                OpenById = _open.ToMap(),
                Towns = _towns.ToImmutableDictionary(StringComparer.Ordinal),
                Grids = _grids.ToImmutableDictionary(StringComparer.Ordinal),
                Recent = recent,
            };
        }

        private async Task ReadOpenAsync()
        {
            // Named one by one, so that the index on status leads to them past all that is closed.
            using var rows = await QueryAsync(
                $"SELECT {BoardRows.IncidentColumns}, i.accepted_at, i.started_at, i.reminded_at FROM incident i WHERE i.status IN (10, 20, 50)");
            while (rows.Read())
            {
                var incident = rows.Incident();
                _open.Set(incident.Id, incident);
                _received.Add(incident);
                SeenAt(rows.InstantOrNull(13));
                SeenAt(rows.InstantOrNull(14));
                SeenAt(rows.InstantOrNull(15));
                var category = Place.Category(incident.Category);
                var inProgress = incident.Status == IncidentStatus.InProgress ? 1 : 0;
                var (town, grid) = TalliesOf(incident.GridCode, incident.OutsideGrids);
                town.CountOpen(category, 1);
                town.CountInProgress(inProgress);
                grid?.CountOpen(category, 1);
                grid?.CountInProgress(inProgress);
                var key = Place.Town(incident.GridCode, incident.OutsideGrids);
                if (!_due.TryGetValue(key, out var due))
                {
                    _due.Add(key, due = []);
                }

                due.Add(new Due(incident.FinishBy.Ticks, incident.Id));
            }
        }

        private async Task<RecentEntries> ReadRecentAsync(long head)
        {
            var after = Math.Max(0, head - RecentEntries.Capacity);
            var closed = new Dictionary<long, OpenIncident>();
            using (var rows = await QueryAsync(
                $"""
                SELECT {BoardRows.IncidentColumns} FROM incident i
                WHERE i.status = 80 AND i.id IN (SELECT e.subject_id FROM event_log e WHERE e.position > @after AND e.position <= @head)
                """,
                ("after", after), ("head", head)))
            {
                while (rows.Read())
                {
                    var incident = rows.Incident();
                    closed.Add(incident.Id, incident);
                }
            }

            using var events = await QueryAsync(
                """
                SELECT e.position, e.recorded_at, e.kind, e.subject_id, e.actor, e.payload
                FROM event_log e WHERE e.position > @after AND e.position <= @head ORDER BY e.position
                """,
                ("after", after), ("head", head));
            var recent = RecentEntries.StartingAfter(after).ToBuilder();
            while (events.Read())
            {
                var incident = _open.Find(events.Int64(3)) ?? closed.GetValueOrDefault(events.Int64(3));
                recent.Append(Entry(events, EventPayload.Read(events.Text(2), events.Text(5)), incident));
                SeenAt(events.Instant(1));
            }

            return recent.ToEntries();
        }

        private static StreamEntry Entry(RowReader row, DomainEvent happened, OpenIncident? incident)
        {
            var (position, at, actor) = (row.Int64(0), row.Instant(1), row.Text(4));
            return happened switch
            {
                IncidentReported => new StreamEntry(position, at, StreamEntryKind.Reported, As(incident, IncidentStatus.Reported), actor, null, null),
                IncidentMoved moved => new StreamEntry(
                    position, at, BoardDraft.Kind(moved.To), As(incident, moved.To), actor, moved.Note, at > incident?.FinishBy),
                IncidentReminded reminded => BoardDraft.Reminder(position, at, reminded, As(incident, reminded.Status), actor),
                AreasReplaced => new StreamEntry(position, at, StreamEntryKind.AreasReplaced, null, actor, null, null),
                UnitsReplaced => new StreamEntry(position, at, StreamEntryKind.UnitsReplaced, null, actor, null, null),
                StatisticsImported or StatisticsUndone => new StreamEntry(position, at, StreamEntryKind.StatisticsChanged, null, actor, null, null),
                SafetyIndexComputed => new StreamEntry(position, at, StreamEntryKind.SafetyIndexChanged, null, actor, null, null),
                IncidentsErased => new StreamEntry(position, at, StreamEntryKind.IncidentsErased, null, actor, null, null),
                DisputeEvent or IncidentBecameDispute => new StreamEntry(position, at, StreamEntryKind.DisputesChanged, null, actor, null, null),
                _ => throw new BoardMismatchException($"The board does not know what {happened.GetType().Name} at position {position} means."),
            };
        }

        // An entry shows the incident as it stood then. What never changes about it comes from its row.
        private static OpenIncident? As(OpenIncident? incident, IncidentStatus status) =>
            incident is null || incident.Status == status ? incident : incident with { Status = status };

        // The latest instant of the whole log, without walking it: every event left its instant in the state, and those of the
        // open incidents and of the newest entries have been seen already.
        private async Task ReadLatestAsync()
        {
            using var rows = await QueryAsync(
                """
                SELECT (SELECT MAX(received_at) FROM incident),
                       (SELECT MAX(closed_at) FROM incident WHERE closed_at IS NOT NULL),
                       (SELECT MAX(recorded_at) FROM event_log WHERE subject_id = 0),
                       (SELECT MAX(changed_at) FROM dispute)
                """);
            rows.Read();
            SeenAt(rows.InstantOrNull(0));
            SeenAt(rows.InstantOrNull(1));
            SeenAt(rows.InstantOrNull(2));
            SeenAt(rows.InstantOrNull(3));
        }

        // The open ones are here already; only the closed ones of the last hours are read for this.
        private async Task ReadReportedAsync(Retention keep)
        {
            var from = Retention.StartOfHour(keep.HoursFrom);
            foreach (var incident in _received.Where(incident => incident.ReceivedAt >= from))
            {
                CountReported(incident.ReceivedAt, Place.Category(incident.Category), incident.GridCode, incident.OutsideGrids);
            }

            using var rows = await QueryAsync(
                "SELECT received_at, category, grid_code, outside_grids FROM incident WHERE status = 80 AND received_at >= @from",
                ("from", dialect.Instant(from)));
            while (rows.Read())
            {
                CountReported(rows.Instant(0), Place.Category(rows.Code(1)), rows.CodeOrNull(2), rows.Flag(3));
            }
        }

        private void CountReported(DateTime at, int category, string? gridCode, bool outsideGrids)
        {
            var (town, grid) = TalliesOf(gridCode, outsideGrids);
            town.CountReported(Retention.Hour(at), at.Minute, category);
            grid?.CountReported(Retention.Hour(at), at.Minute, category);
        }

        private async Task ReadClosedAsync(Retention keep)
        {
            var from = CountyTime.StartOfDay(DateOnly.FromDayNumber(keep.DaysFrom));
            using var rows = await QueryAsync(
                """
                SELECT closed_at, finish_by, grid_code, outside_grids FROM incident
                WHERE closed_at IS NOT NULL AND closed_at >= @from ORDER BY closed_at
                """,
                ("from", dialect.Instant(from)));
            while (rows.Read())
            {
                var (town, grid) = TalliesOf(rows.CodeOrNull(2), rows.Flag(3));
                BoardDraft.CountClosed(town, grid, rows.Instant(0), rows.Instant(1), keep);
            }
        }

        private (Tally Town, Tally? Grid) TalliesOf(string? gridCode, bool outsideGrids) =>
            (Of(_towns, Place.Town(gridCode, outsideGrids)), gridCode is null ? null : Of(_grids, gridCode));

        private Tally Of(Dictionary<string, Tally> tallies, string code)
        {
            if (!tallies.TryGetValue(code, out var tally))
            {
                tallies.Add(code, tally = new Tally(_owner));
            }

            return tally;
        }

        private void SeenAt(DateTime? at) => _latest = at > _latest ? at.Value : _latest;

        private Task<RowReader> QueryAsync(string sql, params (string Name, object Value)[] arguments) =>
            dialect.OpenRowsAsync(connection, transaction, sql, arguments, cancellationToken);
    }
}
