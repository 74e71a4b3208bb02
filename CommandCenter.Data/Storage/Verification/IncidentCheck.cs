using System.Data.Common;
using System.Globalization;
using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using Dapper;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>
/// Every stored incident is what its events say. Both are read in the order of ids and merged, so that a province needs no more
/// memory than a county; what seems to differ is read once more in one transaction, because the program may be running.
/// </summary>
internal sealed class IncidentCheck : DatabaseCheck
{
    public override string Name => "incidents";

    public override Task RunAsync(Store store, FindingList findings, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection =>
            {
                var check = new Reading(store, connection, findings, cancellationToken);
                await check.RunAsync();
                return true;
            },
            cancellationToken);

    private sealed class Reading(Store store, DbConnection rows, FindingList findings, CancellationToken cancellationToken)
    {
        private long _head;
        private long _archived;
        private long _withoutEvents;
        private Dictionary<DateOnly, int> _lastSequence = [];

        public async Task RunAsync()
        {
            _head = await rows.ExecuteScalarAsync<long?>(Command(EventLogTable.HeadSql)) ?? 0;
            _archived = await ArchiveMark.ReadAsync(rows, null, cancellationToken);
            await ReadSequencesAsync();

            // SQL Server answers one question at a time on a connection.
            await using var second = await store.OpenReaderAsync(cancellationToken);
            await using var folds = FoldsAsync(second).GetAsyncEnumerator(cancellationToken);
            var hasFold = await folds.MoveNextAsync();
            var incidents = await IncidentRows.OpenAsync(rows, _head, cancellationToken);
            await using (incidents)
            {
                while (await incidents.NextAsync() is { } incident)
                {
                    findings.LookedAtOne();
                    while (hasFold && folds.Current.Id < incident.Id)
                    {
                        await JudgeAsync(folds.Current.Id);
                        hasFold = await folds.MoveNextAsync();
                    }

                    var fold = hasFold && folds.Current.Id == incident.Id ? folds.Current.Fold : null;
                    if (IsSuspect(incident, fold))
                    {
                        await JudgeAsync(incident.Id);
                    }

                    hasFold = fold is null ? hasFold : await folds.MoveNextAsync();
                }
            }

            for (; hasFold; hasFold = await folds.MoveNextAsync())
            {
                await JudgeAsync(folds.Current.Id);
            }

            await CheckPointsAsync();
            if (_withoutEvents > 0)
            {
                findings.Omissions.Add(new Omission(OmissionKind.ArchivedIncidents, _withoutEvents));
            }
        }

        private bool IsSuspect(IncidentRow incident, IncidentFold? fold)
        {
            if (fold is not { IsWhole: true } && MayBeArchived(incident))
            {
                _withoutEvents++;
            }
            else if (fold is not { IsWhole: true })
            {
                return true;
            }

            return fold is { BadMoves.Count: > 0 } || fold?.Differences(incident).Any() == true || !NumberIsGivenOut(incident);
        }

        private bool MayBeArchived(IncidentRow incident) => incident.Id <= _archived && incident.Status == IncidentStatus.Closed;

        // Row and events as of one moment. Rare: only what differs comes here.
        private async Task JudgeAsync(long id)
        {
            await using var connection = await store.OpenReaderAsync(cancellationToken);
            await using var transaction = store.Dialect.BeginRead(connection);
            _archived = await ArchiveMark.ReadAsync(connection, transaction, cancellationToken);
            var fold = new IncidentFold();
            await foreach (var happened in StoredLog.ReadAsync(connection, transaction, "e.position", long.MaxValue, id, cancellationToken))
            {
                fold.Add(happened);
            }

            var incident = await connection.QuerySingleOrDefaultAsync<IncidentRow>(
                new CommandDefinition($"SELECT {IncidentRows.Columns} FROM incident i WHERE i.id = @id", new { id }, transaction, cancellationToken: cancellationToken));
            await transaction.CommitAsync(cancellationToken);
            if (incident is null)
            {
                if (fold.First > 0)
                {
                    findings.Add(FindingKind.EventWithoutIncident, fold.First, id);
                }

                return;
            }

            Judge(incident, fold);
        }

        private void Judge(IncidentRow incident, IncidentFold fold)
        {
            if (!NumberIsGivenOut(incident))
            {
                findings.Add(FindingKind.NumberNotGivenOut, incident.Id, incident.Number, _lastSequence.GetValueOrDefault(CountyTime.Day(incident.ReceivedAt)));
            }

            // One whose event can't be read was named by the check of the log.
            if (!fold.IsWhole && !fold.HasUnreadable && !MayBeArchived(incident))
            {
                findings.Add(FindingKind.IncidentWithoutEvent, incident.Id, incident.Number);
            }

            foreach (var (position, from, to) in fold.BadMoves)
            {
                findings.Add(FindingKind.MoveNotPossible, incident.Id, incident.Number, position, from, to);
            }

            foreach (var (field, stored, logged) in fold.HasUnreadable ? [] : fold.Differences(incident))
            {
                findings.Add(FindingKind.IncidentDiffers, incident.Id, incident.Number, field, Text(stored), Text(logged));
            }
        }

        private async Task CheckPointsAsync()
        {
            if (PointCheck.Condition(store.Dialect, "i") is { } differs)
            {
                foreach (var (id, number) in await rows.QueryAsync<(long Id, string Number)>(new CommandDefinition(
                    $"SELECT i.id, i.number FROM incident i WHERE {differs} ORDER BY i.id", commandTimeout: 0, cancellationToken: cancellationToken)))
                {
                    findings.Add(FindingKind.PointDiffers, id, number);
                }
            }
        }

        private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "NULL";

        // Day and sequence, and never beyond the last one given out, or the next report gets a number that is taken.
        private bool NumberIsGivenOut(IncidentRow incident) =>
            incident.Number is [_, _, _, _, _, _, _, _, '-', ..]
            && DateOnly.TryParseExact(incident.Number[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day == CountyTime.Day(incident.ReceivedAt)
            && int.TryParse(incident.Number.AsSpan(9), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && sequence <= _lastSequence.GetValueOrDefault(day);

        private async Task ReadSequencesAsync() =>
            _lastSequence = (await rows.QueryAsync<(DateTime Day, int Last)>(Command("SELECT day, last_sequence FROM incident_day")))
                .ToDictionary(day => DateOnly.FromDateTime(day.Day), day => day.Last);

        private async IAsyncEnumerable<(long Id, IncidentFold Fold)> FoldsAsync(DbConnection connection)
        {
            IncidentFold? fold = null;
            var id = 0L;
            await foreach (var happened in StoredLog.ReadAsync(connection, null, "e.subject_id, e.position", _head, null, cancellationToken))
            {
                if (happened.SubjectId == 0 || happened.Kind.StartsWith("dispute.", StringComparison.Ordinal))
                {
                    continue;
                }

                if (fold is not null && id != happened.SubjectId)
                {
                    yield return (id, fold);
                    fold = null;
                }

                id = happened.SubjectId;
                (fold ??= new IncidentFold()).Add(happened);
            }

            if (fold is not null)
            {
                yield return (id, fold);
            }
        }

        private CommandDefinition Command(string sql) => new(sql, cancellationToken: cancellationToken);
    }
}
