using System.Globalization;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;
using CommandCenter.Data.Storage.Verification;

namespace CommandCenter.Data.Audit;

/// <summary>Takes out of the record what is over its time, oldest first, and leaves a sealed checkpoint from which the rest still verifies.</summary>
public sealed class AuditRetention(Store store, AuditLog log, AuditOptions options)
{
    private const int MostAtOnce = 5_000;

    /// <summary>Takes rows out.</summary>
    /// <param name="lease">What is done is kept only while this is held.</param>
    /// <returns>How many; run again at once while it is not 0.</returns>
    /// <exception cref="LeaseLostException">Another node does this now; nothing was taken out.</exception>
    /// <exception cref="InvalidDataException">The rows are not what was sealed. They stay, as evidence; <c>verify</c> says more.</exception>
    /// <exception cref="StoreUnavailableException">The store can't serve; nothing was taken out.</exception>
    public Task<long> RunAsync(Lease lease, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                LeaseStore.Require(session, lease);
                session.Flush();
                return Remove(session, session.Now.AddDays(-options.KeepDays));
            },
            cancellationToken);

    private long Remove(WriteSession session, DateTime before)
    {
        if (session.Scalar("SELECT MIN(sequence) FROM audit_log") is not { } first)
        {
            return 0;
        }

        // An unbroken run from the first row on; clocks that were put back may have left younger rows among them.
        var from = Convert.ToInt64(first, CultureInfo.InvariantCulture);
        var young = session.Scalar(
            "SELECT MIN(sequence) FROM audit_log WHERE sequence < @end AND at >= @before",
            ("@end", from + MostAtOnce), ("@before", session.Dialect.Instant(before)));
        var last = young ?? session.Scalar("SELECT MAX(sequence) + 1 FROM audit_log WHERE sequence < @end", ("@end", from + MostAtOnce));
        var through = Convert.ToInt64(last, CultureInfo.InvariantCulture) - 1;
        if (through < from)
        {
            return 0;
        }

        log.Chain(session).Remove(from, through, HashOfLast(session, from, through));
        return through - from + 1;
    }

    private string HashOfLast(WriteSession session, long from, long through)
    {
        AuditChainCheck? chain = null;

        // Synchronous, as all work under the write lock is; either driver has done it when the task is handed out.
        using var rows = AuditRow.OpenAsync(session.Dialect, session.Connection, session.Transaction, through, CancellationToken.None).GetAwaiter().GetResult();
        while (rows.Read())
        {
            var row = AuditRow.Of(rows);
            chain ??= new AuditChainCheck(log.Key, from - 1, row.PreviousHash, Damaged);
            chain.Next(row);
        }

        return chain!.Hash;
    }

    private static void Damaged(FindingKind kind, object[] arguments) =>
        throw new InvalidDataException(
            $"Rows of the audit log that are over their time are not what was sealed ({kind} at {arguments[0]}). They are kept; run verify.");
}
