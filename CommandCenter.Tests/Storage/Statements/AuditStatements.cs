using CommandCenter.Data.Audit;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Storage.Statements;

/// <summary>Calls every method of the record once.</summary>
internal static class AuditStatements
{
    public static async Task RunAsync(Store store)
    {
        var entry = new AuditEntry("张三", "session.begin", "", AuditResult.Done, "10.0.0.7", "详");
        var log = new AuditLog(store, new NoAuditKey(), TimeProvider.System);
        await log.AppendAsync(entry, CancellationToken.None);
        await log.AppendAsync(entry with { Result = AuditResult.Refused }, CancellationToken.None);
        await log.WriteRefusalsAsync(all: true, CancellationToken.None);
        await log.HeadAsync(CancellationToken.None);
        var queries = new AuditQueries(store);
        var filter = new AuditFilter(DateTime.UnixEpoch, DateTime.UnixEpoch, "张", "session.", "o", AuditResult.Done, 9, 50);
        await queries.ListAsync(filter, CancellationToken.None);
        await queries.ListAsync(filter with { Action = "session.begin" }, CancellationToken.None);
        await queries.CountAsync(new AuditFilter(null, null, null, null, null, null, null, 50), 1_000, CancellationToken.None);
        await queries.LastAsync("program.started", "node", CancellationToken.None);

        foreach (var head in new[] { "SELECT sequence FROM audit_head", "SELECT MAX(sequence) FROM audit_log" })
        {
            var known = new RecordingSqlServer().Answering("SELECT fence FROM lease", ("fence", 1L)).Answering(head, ("sequence", 5L))
                .Answering("SELECT hash FROM", ("hash", "00"))
                .Answering("SELECT MIN(sequence) FROM audit_log WHERE", ("s", 3L))
                .Answering("SELECT MIN(sequence) FROM audit_log", ("s", 1L))
                .Answering(
                    "FROM audit_log WHERE sequence <=", ("sequence", 1L), ("at", DateTime.UnixEpoch), ("subject", "a"), ("action", "b"), ("object", ""), ("result", 1),
                    ("address", ""), ("detail", ""), ("times", 1), ("key_id", "other"), ("previous_hash", "00"), ("hash", "01"));
            using var another = new Store(known, TimeProvider.System, NullLogger<Store>.Instance);
            var going = new AuditLog(another, new NoAuditKey(), TimeProvider.System);
            await going.AppendAsync(entry, CancellationToken.None);
            await new AuditRetention(another, going, new AuditOptions()).RunAsync(new Lease("audit-expiry", "node", 1, TimeSpan.FromSeconds(10)), CancellationToken.None);
            StatementsOfStores.Take(store, known);
        }

        var empty = new RecordingSqlServer().Answering("SELECT fence FROM lease", ("fence", 1L)).Stopping("nothing of ours", "SELECT MIN(sequence) FROM audit_log WHERE")
            .Answering("SELECT MIN(sequence) FROM audit_log", ("s", 1L)).Answering("SELECT MAX(sequence) + 1", ("s", 1L));
        using var none = new Store(empty, TimeProvider.System, NullLogger<Store>.Instance);
        await new AuditRetention(none, new AuditLog(none, new NoAuditKey(), TimeProvider.System), new AuditOptions())
            .RunAsync(new Lease("audit-expiry", "node", 1, TimeSpan.FromSeconds(10)), CancellationToken.None);
        StatementsOfStores.Take(store, empty);
    }
}
