using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Privacy;

/// <summary>What became of a request to erase a person.</summary>
/// <param name="Erased">Numbers of the incidents from which people and free text were erased.</param>
/// <param name="Open">Numbers of those that are not closed yet and were left whole, because they are being handled.</param>
public sealed record ErasureResult(IReadOnlyList<string> Erased, IReadOnlyList<string> Open);

/// <summary>
/// Takes people and free text out of incidents and leaves what is counted: category, urgency, place, times, status, and the events,
/// which hold nothing of people. What is taken out is overwritten.
/// </summary>
public sealed class PersonErasure(Store store, AuditLog audit, PrivacyOptions options, TimeProvider time)
{
    /// <summary>Most incidents of one transaction.</summary>
    internal const int RowsAtOnce = 200;

    /// <summary>Erases a person from the closed incidents that they reported.</summary>
    /// <param name="person">At least one of its fields.</param>
    /// <param name="subject">Who erases, for the record.</param>
    /// <param name="address">Where from, for the record.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve; what was erased so far stays so.</exception>
    public async Task<ErasureResult> EraseAsync(PersonFilter person, string subject, string? address, CancellationToken cancellationToken)
    {
        if (person is { Name: null, Phone: null, IdNumber: null })
        {
            throw new ArgumentException("Nobody is named.", nameof(person));
        }

        var queries = new IncidentQueries(store);
        var (erased, open) = (new List<string>(), new List<string>());
        long? after = null;
        while (true)
        {
            var page = await queries.ListAsync(Sight.OfTheProgram, new IncidentFilter(null, null, null, null, null, after, RowsAtOnce) { Person = person }, cancellationToken);
            var closed = page.Where(incident => incident.Status == IncidentStatus.Closed).ToList();
            open.AddRange(page.Where(incident => incident.Status != IncidentStatus.Closed).Select(incident => incident.Number));
            if (closed.Count > 0)
            {
                await store.WriteAsync(
                    session =>
                    {
                        Erase(session, [.. closed.Select(incident => incident.Id)]);
                        audit.Append(session, new AuditEntry(subject, PersonActions.Erased, $"{closed.Count} incidents", AuditResult.Done, address, string.Join(' ', closed.Select(incident => incident.Id))));
                        return true;
                    },
                    cancellationToken);
                erased.AddRange(closed.Select(incident => incident.Number));
            }

            if (page.Count < RowsAtOnce)
            {
                return new ErasureResult(erased, open);
            }

            after = page[^1].Id;
        }
    }

    /// <summary>Erases people and free text from incidents that were closed longer ago than their category is kept.</summary>
    /// <param name="still">Looked at in each transaction: throws when another node does this now.</param>
    /// <returns>From how many.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve; what was erased so far stays so.</exception>
    public async Task<long> EraseOldAsync(Action<WriteSession> still, CancellationToken cancellationToken)
    {
        var total = 0L;
        foreach (var (days, categories) in options.CategoriesByDays())
        {
            var before = time.GetUtcNow().UtcDateTime.AddDays(-days);
            while (await store.WriteAsync(session => EraseOld(session, still, before, categories), cancellationToken) is var rows and > 0)
            {
                total += rows;
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return total;
    }

    private int EraseOld(WriteSession session, Action<WriteSession> still, DateTime before, IReadOnlyList<string> categories)
    {
        still(session);
        session.Flush();
        var (top, limit) = session.Dialect.First("@most");
        var ids = session.Connection.Query<long>(
            $"""
            SELECT {top} id FROM incident
            WHERE closed_at IS NOT NULL AND closed_at < @before AND erased_at IS NULL AND category IN @categories
            ORDER BY closed_at {limit}
            """,
            new { before = session.Dialect.Instant(before), categories, most = RowsAtOnce },
            session.Transaction).AsList();
        if (ids.Count == 0)
        {
            return 0;
        }

        Erase(session, ids);
        audit.Append(session, new AuditEntry(AuditLog.Program, PersonActions.Expired, $"{ids.Count} incidents", AuditResult.Done, null, string.Join(' ', ids)));
        return ids.Count;
    }

    /// <summary>Takes people and free text out of closed incidents, and tells every node's board to let go of them too.</summary>
    internal static void Erase(WriteSession session, IReadOnlyList<long> ids, DateTime? at = null)
    {
        foreach (var id in ids)
        {
            Erase(session, id);
        }

        session.Append(new IncidentsErased(ids), 0, AuditLog.Program, at);
    }

    private static void Erase(WriteSession session, long id) => session.Execute(
        """
        UPDATE incident SET title = '', wall_title = NULL, description = NULL, address = NULL, reporter_name = NULL, reporter_phone = NULL,
          address_sealed = NULL, reporter_name_sealed = NULL, reporter_phone_sealed = NULL, reporter_id_sealed = NULL,
          reporter_name_hash = NULL, reporter_phone_hash = NULL, reporter_id_hash = NULL, erased_at = @at
        WHERE id = @id
        """,
        ("@at", session.Dialect.Instant(session.Now)), ("@id", id));
}
