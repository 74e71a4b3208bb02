using CommandCenter.Data.Storage;
using CommandCenter.Tests.Storage.Statements;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Storage.SqlServer;

/// <summary>The first start: the database is made where that is allowed, and what is missing is named with the statement that gives it.</summary>
public class SqlServerPreparationTests
{
    [Fact]
    public async Task A_database_that_is_missing_is_made_with_row_versions_before_the_first_script()
    {
        var server = new RecordingSqlServer { IsMissing = true }
            .Answering("is_read_committed_snapshot_on", ("Committed", 0), ("Snapshot", 0), ("IsReadOnly", 0))
            .Answering("OBJECT_ID(N'schema_version', N'U') IS NULL THEN", ("", 0));

        await MigrateAsync(server);

        var made = server.Statements.Select(s => s.Sql).Where(s => s.StartsWith("CREATE", StringComparison.Ordinal) || s.StartsWith("ALTER DATABASE", StringComparison.Ordinal)).Take(3);
        made.ShouldBe(["CREATE DATABASE [nothing]", "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT", "ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON"]);
    }

    [Fact]
    public async Task A_login_that_may_not_make_it_is_told_which_right_is_missing_and_what_gives_it()
    {
        var refusal = await RefusalAsync(new RecordingSqlServer { IsMissing = true }.Refusing("CREATE DATABASE", 262).Answering("N'CREATE ANY DATABASE'", ("", 0)));

        refusal.Fault.ShouldBe(StoreFault.NotAllowed);
        refusal.Message.ShouldContain("lacks CREATE ANY DATABASE on the server");
        refusal.Message.ShouldContain("GRANT CREATE ANY DATABASE TO [");
    }

    [Theory]
    [InlineData("OFFLINE", 1, StoreFault.Away, "SET ONLINE")]
    [InlineData("RESTORING", 1, StoreFault.Away, "WITH RECOVERY")]
    [InlineData("RECOVERING", 1, StoreFault.Away, "opens by itself")]
    [InlineData("SUSPECT", 1, StoreFault.Corrupt, "restore from a backup")]
    [InlineData("ONLINE", 0, StoreFault.NotAllowed, "CREATE USER")]
    [InlineData("ONLINE", 1, StoreFault.Away, "can't open the database [nothing]")]
    public async Task A_database_that_is_there_and_does_not_open_says_why(string state, int mayEnter, StoreFault fault, string words)
    {
        var server = new RecordingSqlServer { IsMissing = true }.Answering("state_desc", ("State", state), ("MayEnter", mayEnter));

        var refusal = await RefusalAsync(server);

        refusal.Fault.ShouldBe(fault);
        refusal.Message.ShouldContain(words);
        server.Statements.ShouldNotContain(s => s.Sql.StartsWith("CREATE DATABASE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_right_that_is_missing_is_named_at_once_before_anything_is_changed()
    {
        var server = new RecordingSqlServer()
            .Answering("OBJECT_ID(N'schema_version', N'U') IS NULL THEN", ("", 0))
            .Answering(
                "HAS_PERMS_BY_NAME", ("Schema", "dbo"), ("User", "cen]tre"), ("IsReadOnly", 0), ("CreateTable", 0), ("Alter", 0), ("References", 1),
                ("Select", 1), ("Insert", 1), ("Update", 1), ("Delete", 0));

        var refusal = await RefusalAsync(server);

        refusal.Fault.ShouldBe(StoreFault.NotAllowed);
        refusal.Message.ShouldContain("lacks the right to CREATE TABLE in the database [nothing], DELETE on the schema [dbo], ALTER on the schema [dbo]");
        refusal.Message.ShouldEndWith("USE [nothing]; GRANT CREATE TABLE TO [cen]]tre]; GRANT DELETE ON SCHEMA::[dbo] TO [cen]]tre]; GRANT ALTER ON SCHEMA::[dbo] TO [cen]]tre];");
        server.Statements.ShouldNotContain(s => s.Sql.StartsWith("CREATE", StringComparison.Ordinal) || s.Sql.StartsWith("INSERT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reading_has_a_snapshot_of_its_own_where_the_database_allows_it_and_holds_the_write_lock_elsewhere()
    {
        (await LocksOfAReadingAsync(new RecordingSqlServer().Answering("is_read_committed_snapshot_on", ("Committed", 1), ("Snapshot", 1), ("IsReadOnly", 0)))).ShouldBe(0);
        (await LocksOfAReadingAsync(new RecordingSqlServer().Answering("is_read_committed_snapshot_on", ("Committed", 1), ("Snapshot", 0), ("IsReadOnly", 0)))).ShouldBe(0);
        (await LocksOfAReadingAsync(new RecordingSqlServer().Answering("is_read_committed_snapshot_on", ("Committed", 1), ("Snapshot", 0), ("IsReadOnly", 0))
            .Refusing("ALLOW_SNAPSHOT_ISOLATION", 5011))).ShouldBe(1);
    }

    [Theory]
    [InlineData("Server=s", "Database= is missing")]
    [InlineData("Server=s;Database=master", "SQL Server's own")]
    [InlineData("Database=d", "Server= is missing")]
    [InlineData("Server=s;Database=' a'", "space")]
    public void A_connection_string_that_names_no_database_of_the_program_is_a_wrong_setting(string connectionString, string words) =>
        new StorageOptions { Provider = StorageProvider.SqlServer, ConnectionString = connectionString }.Problems().ShouldHaveSingleItem().ShouldContain(words);

    private static async Task<int> LocksOfAReadingAsync(RecordingSqlServer server)
    {
        await server.PrepareAsync(CancellationToken.None);
        await using var connection = await server.OpenReaderAsync(CancellationToken.None);
        await using var transaction = server.BeginRead(connection);
        return server.Statements.Count(s => s.Sql == "sp_getapplock");
    }

    private static async Task MigrateAsync(RecordingSqlServer server)
    {
        using var store = new Store(server, TimeProvider.System, NullLogger<Store>.Instance);
        await TestDatabase.MigrateAsync(store);
    }

    private static Task<StoreUnavailableException> RefusalAsync(RecordingSqlServer server) => Should.ThrowAsync<StoreUnavailableException>(MigrateAsync(server));
}
