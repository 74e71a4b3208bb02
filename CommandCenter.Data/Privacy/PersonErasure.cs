using CommandCenter.Data.Audit;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Privacy;

/// <summary>What became of a request to erase a person.</summary>
/// <param name="Erased">Numbers of the incidents and disputes from which people and free text were erased.</param>
/// <param name="Open">Numbers of those that are not closed yet and were left whole, because they are being handled.</param>
public sealed record ErasureResult(IReadOnlyList<string> Erased, IReadOnlyList<string> Open);

/// <summary>
/// Takes people and free text out of incidents and disputes and leaves what is counted: category, urgency, place, times, status, and the events,
/// which hold nothing of people. What is taken out is overwritten.
/// </summary>
public sealed class PersonErasure(Store store, AuditLog audit, PrivacyOptions options, TimeProvider time)
{
    /// <summary>Most incidents of one transaction.</summary>
    internal const int RowsAtOnce = 200;

    /// <summary>Erases a person from the closed incidents that they reported, and from the closed disputes that they were a party of.</summary>
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

        var (erased, open) = (new List<string>(), new List<string>());
        foreach (var matter in PersonalMatter.All)
        {
            IReadOnlyList<FoundMatter> page;
            long? after = null;
            do
            {
                page = await matter.FindAsync(store, person, after, RowsAtOnce, cancellationToken);
                open.AddRange(page.Where(found => !found.IsClosed).Select(found => found.Number));
                var closed = page.Where(found => found.IsClosed).ToList();
                if (closed.Count > 0)
                {
                    await store.WriteAsync(session => Erase(session, matter, [.. closed.Select(found => found.Id)], subject, PersonActions.Erased, address), cancellationToken);
                    erased.AddRange(closed.Select(found => found.Number));
                }

                after = page.Count == 0 ? after : page[^1].Id;
            }
            while (page.Count == RowsAtOnce);
        }

        return new ErasureResult(erased, open);
    }

    /// <summary>Erases people and free text from what was closed longer ago than it is kept.</summary>
    /// <param name="still">Looked at in each transaction: throws when another node does this now.</param>
    /// <returns>From how many.</returns>
    /// <exception cref="StoreUnavailableException">The store can't serve; what was erased so far stays so.</exception>
    public async Task<long> EraseOldAsync(Action<WriteSession> still, CancellationToken cancellationToken)
    {
        var total = 0L;
        foreach (var matter in PersonalMatter.All)
        {
            foreach (var (days, categories) in matter.KeptDays(options))
            {
                var before = time.GetUtcNow().UtcDateTime.AddDays(-days);
                while (await store.WriteAsync(session => EraseOld(session, matter, still, before, categories), cancellationToken) is var rows and > 0)
                {
                    total += rows;
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }

        return total;
    }

    private int EraseOld(WriteSession session, PersonalMatter matter, Action<WriteSession> still, DateTime before, IReadOnlyList<string> categories)
    {
        still(session);
        session.Flush();
        var (top, limit) = session.Dialect.First("@most");
        var ids = session.Connection.Query<long>(
            $"""
            SELECT {top} id FROM {matter.Table}
            WHERE closed_at IS NOT NULL AND closed_at < @before AND erased_at IS NULL AND category IN @categories
            ORDER BY closed_at {limit}
            """,
            new { before = session.Dialect.Instant(before), categories, most = RowsAtOnce },
            session.Transaction).AsList();
        if (ids.Count > 0)
        {
            Erase(session, matter, ids, AuditLog.Program, PersonActions.Expired, address: null);
        }

        return ids.Count;
    }

    private bool Erase(WriteSession session, PersonalMatter matter, List<long> ids, string subject, string action, string? address)
    {
        matter.Erase(session, ids, at: null);
        audit.Append(session, new AuditEntry(subject, action, $"{ids.Count} {matter.Table}s", AuditResult.Done, address, string.Join(' ', ids)));
        return true;
    }
}
