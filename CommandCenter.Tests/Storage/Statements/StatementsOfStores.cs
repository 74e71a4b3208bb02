using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Live;
using CommandCenter.Data.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Storage.Statements;

/// <summary>Calls every method that speaks to the database once, and gathers what SQL Server would be given. A new store is added here.</summary>
internal static partial class StatementsOfStores
{
    private static readonly Lazy<Task<IReadOnlyList<RecordedStatement>>> Gathered = new(GatherAsync);

    public static Task<IReadOnlyList<RecordedStatement>> AllAsync() => Gathered.Value;

    private static async Task<IReadOnlyList<RecordedStatement>> GatherAsync()
    {
        var dialect = new RecordingSqlServer()
            .Answering("is_read_committed_snapshot_on", ("Committed", 0), ("Snapshot", 0), ("IsReadOnly", 0))
            .Answering("OBJECT_ID(N'schema_version', N'U') IS NULL THEN", ("", 1))
            .Answering("SELECT MAX(position)", ("", 7L))
            .Answering("SELECT COALESCE(MAX(id), 0) + 1", ("", 1L))
            .Answering("SELECT version FROM access_version", ("version", 1L))
            .Answering("last_sign_in_at AS LastSignInAt FROM account WHERE id = @id", ("id", 1L), ("name", "li"), ("role", (int)Role.Administrator), ("PasswordHash", "hash"), ("PasswordChangedAt", DateTime.UnixEpoch))
            .Answering("SELECT COALESCE(MAX(failures), 0)", ("", 5))
            .Answering("SELECT SYSUTCDATETIME()", ("", DateTime.UnixEpoch))
            .Answering("COUNT(*) AS Uploads", ("Last", 3L), ("Uploads", 1))
            .Answering("SELECT COALESCE(MAX(position), 0) FROM area_import", ("", 3L))
            .Answering("SELECT status FROM incident WHERE id = @id", ("status", (int)IncidentStatus.Accepted))
            .Answering("FROM incident i WHERE i.id <= @upTo", ("id", 5L), ("number", "20261122-00001"))
            .Answering("(SELECT MAX(received_at) FROM incident)", ("r", DateTime.UnixEpoch), ("c", DateTime.UnixEpoch), ("a", DateTime.UnixEpoch), ("d", DateTime.UnixEpoch));
        using var store = new Store(dialect, TimeProvider.System, NullLogger<Store>.Instance);
        dialect.IsMissing = true;
        await TestDatabase.MigrateAsync(store);
        await store.RoomAsync(CancellationToken.None);
        await RefusedAsync(dialect);
        await EventsAsync(store);
        await IncidentsAsync(store);
        await GridsAsync(store);
        await ForcesAsync(store);
        await new BoardLoader(store).LoadAsync(CancellationToken.None);
        await NodesAsync(store);
        await AuditStatements.RunAsync(store);
        await StatisticStatements.RunAsync(store);
        await DisputeStatements.RunAsync(store);
        await AccountsAsync(store);
        await OperationsAsync(store);
        await PrivacyAsync(store);
        return [.. dialect.Statements];
    }

    // A server where the database may not be made is asked why.
    private static async Task RefusedAsync(RecordingSqlServer dialect)
    {
        var refusing = new RecordingSqlServer { IsMissing = true }.Refusing("CREATE DATABASE", 262);
        using var store = new Store(refusing, TimeProvider.System, NullLogger<Store>.Instance);
        await Should.ThrowAsync<StoreUnavailableException>(TestDatabase.MigrateAsync(store));
        foreach (var statement in refusing.Statements)
        {
            dialect.Statements.Enqueue(statement);
        }
    }

    internal static void Take(Store store, RecordingSqlServer other)
    {
        foreach (var statement in other.Statements)
        {
            ((RecordingSqlServer)store.Dialect).Statements.Enqueue(statement);
        }
    }
}
