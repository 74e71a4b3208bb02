using CommandCenter.Data.Audit;
using CommandCenter.Data.Events;
using CommandCenter.Data.Live;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;
using CommandCenter.Data.Storage.Backup;
using CommandCenter.Data.Storage.Copy;
using CommandCenter.Data.Storage.Verification;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Storage.Statements;

internal static partial class StatementsOfStores
{
    private static async Task OperationsAsync(Store store)
    {
        await new Schema(store, TimeProvider.System, NullLogger<Schema>.Instance).PlanAsync(CancellationToken.None);
        await new DatabaseBackup(store, TimeProvider.System).PlanBackupAsync("d:\\x.bak", CancellationToken.None);
        await CopyAsync(store);
        foreach (var check in DatabaseVerification.Names)
        {
            await new DatabaseVerification(store, new NoAuditKey()).RunAsync(check, (_, _) => { }, CancellationToken.None);
        }

        await VerifyArchivedAsync(store);
    }

    // Where the beginning of the log is archived, the board is made of the rows.
    private static async Task VerifyArchivedAsync(Store store)
    {
        var server = new RecordingSqlServer().Answering("SELECT MAX(to_position)", ("", 1L));
        using var archived = new Store(server, TimeProvider.System, NullLogger<Store>.Instance);
        await BoardAtMark.ReadAsync(archived, new LiveBoard { Position = 9, LastEventAt = DateTime.UnixEpoch }, CancellationToken.None);
        foreach (var statement in server.Statements)
        {
            ((RecordingSqlServer)store.Dialect).Statements.Enqueue(statement);
        }
    }

    private static async Task CopyAsync(Store store)
    {
        using var target = new CopyTarget(store, TimeProvider.System);
        await target.UnfinishedAsync(CancellationToken.None);
        target.Begin("0123", 7, isStale: true);
        await target.FilledAsync();
        foreach (var table in StoreTables.All)
        {
            _ = table.Number is null ? 0 : await target.LastAsync(table);
            using var rows = await CopiedRows.OpenAsync(
                store.Dialect, target.Connection, null, table, table.Number is null ? null : 3, CancellationToken.None);
        }

        await LogGap.FindAsync(target.Connection, null, hasArchive: true, CancellationToken.None);
        await DatabaseCopy.CountAsync(target.Connection, null, StoreTables.All[0]);
        await DatabaseCopy.CountBelowAsync(target.Connection, null, 3);
        target.Finish();
    }

    private static async Task NodesAsync(Store store)
    {
        var leases = new LeaseStore(store);
        var lease = (await leases.TryTakeAsync("work", "node", TimeSpan.FromSeconds(1), CancellationToken.None))!;
        await leases.RenewAsync(lease, CancellationToken.None);
        await leases.ReleaseAsync(lease, CancellationToken.None);
        await leases.ListAsync(CancellationToken.None);
        var (nodes, node) = (new NodeStore(store), NodeIdentity.Of("node", "1"));
        await nodes.SeenAsync(node, "http://localhost:5080", 3, CancellationToken.None);
        await nodes.ListAsync(CancellationToken.None);
        await nodes.LeftAsync(node, CancellationToken.None);
        var keys = new ProtectionKeyStore(store);
        await keys.AddAsync("key", "<key/>", CancellationToken.None);
        await keys.ListAsync(CancellationToken.None);
        await Should.ThrowAsync<LeaseLostException>(store.WriteAsync<int>(
            session =>
            {
                LeaseStore.Require(session, lease);
                return 0;
            },
            CancellationToken.None));
    }
}
