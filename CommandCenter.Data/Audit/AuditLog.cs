using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Audit;

/// <summary>
/// The record of who did what. Each row is sealed together with the hash of the row before it, and the last one once more, so
/// that a row that was changed, taken out, put in or cut off is found by <c>verify</c>.
/// </summary>
/// <remarks>
/// Refusals are what strangers can make us write. Of the same subject, address and action the first one of a minute has its own
/// row and the others share one, with how many they were; what goes beyond <see cref="AuditRefusals.MostKinds"/> different ones a
/// minute shares a row an action. So no flood writes more than that many rows twice a minute.
/// </remarks>
public sealed class AuditLog(Store store, IAuditKey key, TimeProvider time)
{
    /// <summary>The subject of what the program does by itself.</summary>
    public const string Program = "program";

    private readonly AuditRefusals _refusals = new();

    internal IAuditKey Key => key;

    /// <summary>Puts something on record with the change it belongs to: both are kept or neither.</summary>
    /// <returns>The row's sequence.</returns>
    public long Append(WriteSession session, AuditEntry entry) => Append(session, entry, times: 1);

    /// <summary>
    /// Puts something on record that changes nothing else. A refusal that is only counted, or that the store can't take now, is
    /// written by <see cref="WriteRefusalsAsync"/>: a refusal must not fail because it can't be recorded.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store can't serve; never for a refusal.</exception>
    public async Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Result != AuditResult.Refused)
        {
            await store.WriteAsync(session => Append(session, entry), cancellationToken);
        }
        else if (_refusals.Note(entry, time.GetUtcNow().UtcDateTime))
        {
            try
            {
                await WriteDueAsync(cancellationToken);
            }
            catch (StoreUnavailableException)
            {
                // Kept in memory until the store is back.
            }
        }
    }

    /// <summary>Writes the refusals that were counted in minutes that are over.</summary>
    /// <param name="all">Also those of the running minute: the program stops.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve; they are kept for the next time.</exception>
    public Task WriteRefusalsAsync(bool all, CancellationToken cancellationToken)
    {
        _refusals.Close(time.GetUtcNow().UtcDateTime, all);
        return WriteDueAsync(cancellationToken);
    }

    /// <summary>Where the record ends.</summary>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<AuditHead> HeadAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection => await AuditHeadRow.ReadAsync(connection, null, cancellationToken) is { } head
                ? new AuditHead(head.Sequence, head.Hash)
                : new AuditHead(0, AuditSeal.Genesis),
            cancellationToken);

    internal long Append(WriteSession session, AuditEntry entry, int times) => Chain(session).Append(entry, times);

    internal AuditChain Chain(WriteSession session) => session.Scoped(s => new AuditChain(s, key));

    private async Task WriteDueAsync(CancellationToken cancellationToken)
    {
        var due = _refusals.TakeDue();
        if (due.Count == 0)
        {
            return;
        }

        try
        {
            // Not to be abandoned with the request that happened to bring it about.
            cancellationToken.ThrowIfCancellationRequested();
            await store.WriteAsync(
                session =>
                {
                    foreach (var (entry, times) in due)
                    {
                        Append(session, entry, times);
                    }

                    return due.Count;
                },
                CancellationToken.None);
        }
        catch
        {
            _refusals.PutBack(due);
            throw;
        }
    }
}
