using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Privacy;

/// <summary>Something that happened to an incident.</summary>
/// <param name="At">UTC.</param>
public sealed record PersonEvent(DateTime At, string What, string? Note);

/// <summary>An incident that a person reported, whole.</summary>
public sealed record PersonIncident(Incident Incident, IReadOnlyList<PersonEvent> History);

/// <summary>A dispute that a person is a party of, whole.</summary>
public sealed record PersonDispute(DisputeFile Dispute, IReadOnlyList<PersonEvent> History);

/// <summary>Everything that is stored of one person.</summary>
public sealed record PersonData(DateTime AsOf, IReadOnlyList<PersonIncident> Incidents, IReadOnlyList<PersonDispute> Disputes);

/// <summary>Reads everything that is stored of one person, and puts that on record.</summary>
public sealed class PersonExport(Store store, EventLog log, AuditLog audit, TimeProvider time)
{
    private const int RowsAtOnce = 500;

    /// <param name="person">At least one of its fields.</param>
    /// <param name="subject">Who reads, for the record.</param>
    /// <param name="address">Where from, for the record.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public async Task<PersonData> ReadAsync(PersonFilter person, string subject, string? address, CancellationToken cancellationToken)
    {
        if (person is { Name: null, Phone: null, IdNumber: null })
        {
            throw new ArgumentException("Nobody is named.", nameof(person));
        }

        var queries = new IncidentQueries(store);
        var found = new List<PersonIncident>();
        IReadOnlyList<Incident> page;
        do
        {
            page = await queries.ListAsync(
                Sight.OfTheProgram, new IncidentFilter(null, null, null, null, null, found.Count == 0 ? null : found[^1].Incident.Id, RowsAtOnce) { Person = person }, cancellationToken);
            foreach (var incident in page)
            {
                found.Add(new PersonIncident(incident, [.. (await log.HistoryAsync(Sight.OfTheProgram, incident.Id, cancellationToken)).Select(Told)]));
            }
        }
        while (page.Count == RowsAtOnce);

        var disputes = await DisputesAsync(person, cancellationToken);

        // On record before it leaves.
        var ids = string.Join(' ', found.Select(one => one.Incident.Id).Concat(disputes.Select(one => one.Dispute.Dispute.Id)));
        await audit.AppendAsync(
            new AuditEntry(subject, PersonActions.Exported, $"{found.Count} incidents, {disputes.Count} disputes", AuditResult.Done, address, ids), cancellationToken);
        return new PersonData(time.GetUtcNow().UtcDateTime, found, disputes);
    }

    private async Task<List<PersonDispute>> DisputesAsync(PersonFilter person, CancellationToken cancellationToken)
    {
        var queries = new DisputeQueries(store);
        var found = new List<PersonDispute>();
        IReadOnlyList<Dispute> page;
        do
        {
            page = await queries.ListAsync(
                Sight.OfTheProgram, new DisputeFilter { After = found.Count == 0 ? null : found[^1].Dispute.Dispute.Id, Limit = RowsAtOnce, Person = person }, cancellationToken);
            foreach (var dispute in page)
            {
                var file = (await queries.FindAsync(Sight.OfTheProgram, dispute.Id, cancellationToken))!;
                found.Add(new PersonDispute(file, [.. (await queries.HistoryAsync(Sight.OfTheProgram, dispute.Id, cancellationToken)).Select(Told)]));
            }
        }
        while (page.Count == RowsAtOnce);
        return found;
    }

    private static PersonEvent Told(LoggedEvent happened) => happened.Event switch
    {
        IncidentMoved moved => new PersonEvent(happened.RecordedAt, moved.To.ToString(), moved.Note),
        IncidentReminded reminded => new PersonEvent(happened.RecordedAt, reminded.Kind.ToString(), null),
        IncidentBecameDispute dispute => new PersonEvent(happened.RecordedAt, "Dispute", dispute.Number),
        DisputeMoved moved => new PersonEvent(happened.RecordedAt, moved.To.ToString(), moved.Note),
        DisputeEvent => new PersonEvent(happened.RecordedAt, happened.Event.GetType().Name["Dispute".Length..], null),
        _ => new PersonEvent(happened.RecordedAt, nameof(IncidentStatus.Reported), null),
    };
}
