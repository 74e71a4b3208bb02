using CommandCenter.Data.Storage;
using CommandCenter.Tests.Storage.Statements;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Storage;

/// <summary>Scripts run once, in order, and a database that does not fit is left alone.</summary>
public sealed class SchemaTests : IAsyncDisposable
{
    private readonly SqliteDatabase _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Scripts_run_once_and_in_order()
    {
        await _database.OpenStoreAsync();
        var first = await VersionsAsync();

        await _database.OpenStoreAsync();

        (await VersionsAsync()).ShouldBe(first);
        first.Select(v => (v.Number, v.Name)).ShouldBe(SchemaScript.For("sqlite").Select(s => ((long)s.Number, s.Name)));
        first.Select(v => v.AppliedAt).ShouldBeInOrder();
    }

    [Fact]
    public async Task A_script_that_the_settings_leave_out_is_not_called_applied()
    {
        var server = new RecordingSqlServer("AreaSpatialIndex").Answering("is_read_committed_snapshot_on", ("Committed", 1), ("Snapshot", 1), ("IsReadOnly", 0));
        using var store = new Store(server, TimeProvider.System, NullLogger<Store>.Instance);
        var told = new LinesTold<Schema>();
        var schema = new Schema(store, TimeProvider.System, told);

        var plan = await schema.PlanAsync(CancellationToken.None);
        await schema.MigrateAsync(CancellationToken.None);

        plan.Pending.Where(script => script.IsSkipped).Select(script => script.Name).ShouldBe(["AreaSpatialIndex"]);
        told.Lines.ShouldContain("Information: Schema script 3 (AreaSpatialIndex) is left out, as Storage:SkipScripts says");
        told.Lines.ShouldNotContain("Information: Schema script 3 (AreaSpatialIndex) applied");
        told.Lines.ShouldContain("Information: Schema script 5 (IncidentSpatialIndex) applied");
        server.Statements.ShouldNotContain(statement => statement.Sql.Contains("INDEX area_shape", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_script_that_was_edited_after_it_ran_is_refused()
    {
        await _database.OpenStoreAsync();
        await _database.ExecuteAsync("UPDATE schema_version SET hash = 'another' WHERE number = 1");

        await ShouldRefuseAsync("001", "EventsAndIncidents", "differs");
    }

    [Fact]
    public async Task A_database_newer_than_the_program_is_refused()
    {
        await _database.OpenStoreAsync();
        await _database.ExecuteAsync("INSERT INTO schema_version VALUES (999, 'FromTheFuture', 'x', '2030-01-01T00:00:00.000Z')");

        await ShouldRefuseAsync("newer than this program", "999", "FromTheFuture");
    }

    [Fact]
    public async Task A_database_that_lacks_a_script_before_its_last_is_refused()
    {
        await _database.OpenStoreAsync();
        await _database.ExecuteAsync("DELETE FROM schema_version WHERE number = 1");

        await ShouldRefuseAsync("001", "EventsAndIncidents");
    }

    [Fact]
    public async Task A_script_that_fails_is_named_and_nothing_of_it_is_kept()
    {
        await _database.OpenStoreAsync();
        await _database.ExecuteAsync("DELETE FROM schema_version WHERE number > 1");
        await _database.ExecuteAsync("DROP TABLE area_import");
        using var store = StoreWith(_database.Options);

        var refusal = await Should.ThrowAsync<StoreUnavailableException>(TestDatabase.MigrateAsync(store));

        refusal.Fault.ShouldBe(StoreFault.Misconfigured);
        refusal.Message.ShouldStartWith("Schema script 002 (Areas) failed: ");
        (await VersionsAsync()).ShouldHaveSingleItem().Name.ShouldBe("EventsAndIncidents");
        (await _database.ScalarAsync<int>("SELECT COUNT(*) FROM sqlite_master WHERE name = 'area_import'")).ShouldBe(0);
    }

    [Fact]
    public void A_server_without_spatial_indexes_is_told_how_to_do_without()
    {
        var spatial = SchemaScript.For("sqlserver").First(script => script.IsOptional);

        Schema.Failed(spatial, new InvalidOperationException("Not supported here.")).Message
            .ShouldStartWith("Schema script 003 (AreaSpatialIndex) failed: Not supported here. Nothing of it was kept; ");
        Schema.Failed(spatial, new InvalidOperationException("Not supported here.")).Message.ShouldContain("Storage:SkipScripts");
    }

    [Fact]
    public void Two_scripts_of_one_number_are_refused()
    {
        SchemaScript Script(int number, string name) => new(number, name, "", "");

        var refusal = Should.Throw<InvalidOperationException>(() => SchemaScript.InOrder([Script(2, "B"), Script(1, "A"), Script(2, "C")]));

        refusal.Message.ShouldContain("002: B and C");
    }

    [Fact]
    public async Task Many_nodes_that_start_on_an_empty_database_at_once_all_start()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => _database.OpenStoreAsync())));

        (await VersionsAsync()).Count.ShouldBe(SchemaScript.For("sqlite").Count);
    }

    [Fact]
    public async Task A_start_with_nothing_to_run_does_not_wait_for_the_write_lock()
    {
        await _database.OpenStoreAsync();
        await using var other = await _database.ConnectAsync();
        await other.ExecuteAsync("BEGIN IMMEDIATE");
        using var store = StoreWith(new StorageOptions { ConnectionString = _database.Options.ConnectionString, LockTimeoutSeconds = 60 });

        await TestDatabase.MigrateAsync(store).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        (await other.ExecuteAsync("INSERT INTO incident_day VALUES ('2026-11-22', 1)")).ShouldBe(1);
    }

    [Fact]
    public async Task A_start_with_scripts_to_run_says_that_the_database_is_locked()
    {
        await _database.OpenStoreAsync();
        await _database.ExecuteAsync("DELETE FROM schema_version WHERE number = (SELECT MAX(number) FROM schema_version)");
        await using var other = await _database.ConnectAsync();
        await other.ExecuteAsync("BEGIN IMMEDIATE");
        using var store = StoreWith(new StorageOptions { ConnectionString = _database.Options.ConnectionString, LockTimeoutSeconds = 1 });

        (await Should.ThrowAsync<StoreUnavailableException>(TestDatabase.MigrateAsync(store))).Fault.ShouldBe(StoreFault.Locked);
    }

    [Fact]
    public async Task A_database_opened_for_reading_only_is_left_as_it_is()
    {
        await _database.OpenStoreAsync();
        using var store = StoreWith(new StorageOptions { ConnectionString = $"{_database.Options.ConnectionString};Mode=ReadOnly" });

        await TestDatabase.MigrateAsync(store);

        (await new Data.Events.EventLog(store).HeadAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
        var refusal = await Should.ThrowAsync<StoreUnavailableException>(store.WriteAsync(s => s.Connection.Execute("INSERT INTO incident_day VALUES ('2026-11-22', 1)", transaction: s.Transaction), TestContext.Current.CancellationToken));
        refusal.Fault.ShouldBe(StoreFault.ReadOnly);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_not_made_for_reading_only()
    {
        using var store = StoreWith(new StorageOptions { ConnectionString = $"{_database.Options.ConnectionString};Mode=ReadOnly" });

        (await Should.ThrowAsync<StoreUnavailableException>(TestDatabase.MigrateAsync(store))).Fault.ShouldBe(StoreFault.Away);

        File.Exists(_database.File).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=x.db;Mode=Memory")]
    public void A_database_that_would_be_lost_at_the_end_is_a_wrong_setting(string connectionString) =>
        new StorageOptions { ConnectionString = connectionString }.Problems().ShouldHaveSingleItem().ShouldContain("ConnectionStrings:CommandCenter");

    [Fact]
    public void Only_spatial_indexes_can_be_left_out()
    {
        StorageOptions Skipping(string names) => new() { Provider = StorageProvider.SqlServer, ConnectionString = "Server=s;Database=d", SkipScripts = names };

        Skipping("AreaSpatialIndex").Problems().ShouldBeEmpty();
        Skipping("AreaSpatialIndex, Areas").Problems().ShouldHaveSingleItem().ShouldContain("Storage:SkipScripts names Areas");
        new StorageOptions { SkipScripts = "AreaSpatialIndex" }.Problems().ShouldHaveSingleItem().ShouldContain("may name nothing");
    }

    private static Store StoreWith(StorageOptions options) => new(options, TimeProvider.System, NullLogger<Store>.Instance);

    private async Task ShouldRefuseAsync(params string[] words)
    {
        var before = await VersionsAsync();
        using var store = StoreWith(_database.Options);

        var refusal = await Should.ThrowAsync<StoreUnavailableException>(TestDatabase.MigrateAsync(store));

        refusal.Fault.ShouldBe(StoreFault.SchemaMismatch);
        refusal.Message.ShouldEndWith("Nothing was changed.");
        words.ShouldAllBe(word => refusal.Message.Contains(word));
        (await VersionsAsync()).ShouldBe(before);
    }

    private async Task<List<(long Number, string Name, string Hash, string AppliedAt)>> VersionsAsync()
    {
        await using var connection = await _database.ConnectAsync();
        return (await connection.QueryAsync<(long, string, string, string)>("SELECT number, name, hash, applied_at FROM schema_version ORDER BY number")).AsList();
    }
}
