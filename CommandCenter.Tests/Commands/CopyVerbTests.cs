using CommandCenter.Data.Storage.Copy;
using CommandCenter.Tests.Storage;
using Dapper;

namespace CommandCenter.Tests.Commands;

public class CopyVerbTests
{
    // What the other database knows a column of ours as.
    private static readonly Dictionary<StoredAs, string> SqliteTypes = new()
    {
        [StoredAs.Int64] = "INTEGER", [StoredAs.Int32] = "INTEGER", [StoredAs.Flag] = "INTEGER", [StoredAs.Real] = "REAL",
        [StoredAs.Text] = "TEXT", [StoredAs.Instant] = "TEXT", [StoredAs.Day] = "TEXT", [StoredAs.Shape] = "BLOB",
        [StoredAs.Bytes] = "BLOB",
    };

    [Fact]
    public async Task Every_table_of_the_schema_is_copied_with_all_its_columns_or_named_with_the_reason()
    {
        await using var database = new SqliteDatabase();
        await database.OpenStoreAsync();
        await using var connection = await database.ConnectAsync();
        var tables = (await connection.QueryAsync<string>(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'")).Where(table => !table.StartsWith("area_box_", StringComparison.Ordinal));

        tables.Order(StringComparer.Ordinal).ShouldBe(
            StoreTables.All.Select(table => table.Name).Concat(StoreTables.NotCopied.Keys).Order(StringComparer.Ordinal),
            "A new table belongs into StoreTables.All, or into NotCopied with its reason.");
        foreach (var table in StoreTables.All)
        {
            var columns = (await connection.QueryAsync<(long Cid, string Name, string Type, long NotNull, object? Default, long Key)>($"PRAGMA table_info({table.Name})")).AsList();
            table.Columns.Select(column => (column.Name, SqliteTypes[column.As])).Order().ShouldBe(columns.Select(column => (column.Name, column.Type)).Order(), table.Name);
            table.Key.Order(StringComparer.Ordinal).ShouldBe(columns.Where(column => column.Key > 0).Select(column => column.Name).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Everything_is_in_the_copy_and_the_copy_is_sound()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(500);

        var done = (await world.RunAsync("copy", "--to", $"sqlite:{world.In("new.db")}")).ShouldEndWith(0);

        done.Output.ShouldContain("each compared");
        foreach (var table in StoreTables.All)
        {
            (await world.CountAsync($"SELECT COUNT(*) FROM {table.Name}", world.In("new.db"))).ShouldBe(await world.CountAsync($"SELECT COUNT(*) FROM {table.Name}"));
        }

        (await world.RunAsync("verify", $"--ConnectionStrings:CommandCenter=Data Source={world.In("new.db")}")).ShouldEndWith(0);
    }

    [Fact]
    public async Task Run_again_after_it_was_finished_it_compares_and_says_that_it_is_complete()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(200);
        (await world.RunAsync("copy", "--to", $"sqlite:{world.In("new.db")}")).ShouldEndWith(0);
        var before = await File.ReadAllBytesAsync(world.In("new.db"), TestContext.Current.CancellationToken);

        var again = (await world.RunAsync("copy", "--to", $"sqlite:{world.In("new.db")}")).ShouldEndWith(0);

        again.Output.ShouldContain("Already complete");
        again.Output.ShouldContain("rows were compared");
        (await File.ReadAllBytesAsync(world.In("new.db"), TestContext.Current.CancellationToken)).ShouldBe(before);

        await world.TamperAsync("UPDATE incident SET title = 'another' WHERE id = 1", world.In("new.db"));
        (await world.RunAsync("copy", "--to", $"sqlite:{world.In("new.db")}")).ShouldEndWith(1).Error.ShouldContain("holds data already, in event_log");
        await world.TamperAsync("DELETE FROM incident WHERE id = 1", world.In("new.db"));
        (await world.RunAsync("copy", "--to", $"sqlite:{world.In("new.db")}")).ShouldEndWith(1).Error.ShouldContain("holds data already, in event_log");
    }

    [Theory]
    [InlineData("BETWEEN 4 AND 5", "2 events are missing, the first at position 4")]
    [InlineData("= 1", "1 events are missing, the first at position 1")]
    public async Task A_log_with_a_gap_is_copied_and_restored_only_when_that_is_meant(string taken, string told)
    {
        await using var world = new VerbWorld();
        await world.FillAsync(40);
        (await world.RunAsync("backup", world.In("whole.db"))).ShouldEndWith(0).Output.ShouldNotContain("missing");
        await world.TamperAsync($"DROP TRIGGER event_log_no_delete; DELETE FROM event_log WHERE position {taken}");
        var events = await world.CountAsync("SELECT COUNT(*) FROM event_log");
        (await world.RunAsync("backup", world.In("torn.db"))).ShouldEndWith(0).Output.ShouldContain(told);

        (await world.RunAsync("copy", "--to", $"sqlite:{world.In("new.db")}")).ShouldEndWith(1).Error.ShouldContain(told);
        File.Exists(world.In("new.db")).ShouldBeFalse();
        (await world.RunAsync("copy", "--to", $"sqlite:{world.In("new.db")}", "--allow-gaps")).ShouldEndWith(0).Output.ShouldContain(told);
        (await world.CountAsync("SELECT COUNT(*) FROM event_log", world.In("new.db"))).ShouldBe(events);

        (await world.RunAsync("restore", world.In("whole.db"))).ShouldEndWith(0).Output.ShouldNotContain("missing");
        var whole = await world.CountAsync("SELECT COUNT(*) FROM event_log");
        (await world.RunAsync("restore", world.In("torn.db"))).ShouldEndWith(1).Error.ShouldContain(told);
        (await world.CountAsync("SELECT COUNT(*) FROM event_log")).ShouldBe(whole);
        (await world.RunAsync("restore", world.In("torn.db"), "--allow-gaps")).ShouldEndWith(0).Output.ShouldContain(told);
        (await world.CountAsync("SELECT COUNT(*) FROM event_log")).ShouldBe(events);
    }

    [Fact]
    public async Task A_log_whose_beginning_is_archived_is_copied_with_the_mark_and_begun_anew_when_more_was_archived_since()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(1_000);
        await world.FillAsync(5_200, "later-");
        await world.UnitsAsync("A", "B");
        await world.ArchiveAsync(2_000);
        (await world.RunAsync("copy", "--to", $"sqlite:{world.In("new.db")}")).ShouldEndWith(0);
        (await world.RunAsync("verify", $"--ConnectionStrings:CommandCenter=Data Source={world.In("new.db")}")).ShouldEndWith(0).Output.ShouldContain("up to 2000 are archived");

        await world.TamperAsync("INSERT INTO schema_version SELECT 9999, 'unfinished copy', '0123456789abcdef 7', applied_at FROM schema_version WHERE number = 1", world.In("new.db"));
        await world.ArchiveAsync(2_400, after: 2_000);
        (await world.RunAsync("copy", "--to", $"sqlite:{world.In("new.db")}")).ShouldEndWith(1).Error.ShouldContain("or events were archived in the source since");
    }

    [Fact]
    public async Task A_copy_that_was_killed_goes_on_where_it_stopped_also_when_the_source_went_on()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(60_000);
        var target = world.In("new.db");
        using (var copy = VerbProcess.Start(world.Folder, "en", null, "copy", "--to", $"sqlite:{target}"))
        {
            await VerbWorld.UntilAsync(async () => File.Exists(target) && await RowsAsync(world, target) >= 10_000, copy);
            copy.Kill();
            await copy.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var there = await RowsAsync(world, target);
        there.ShouldBeLessThan(await world.CountAsync("SELECT COUNT(*) FROM event_log"));
        var refused = await world.RunAsync("migrate", $"--ConnectionStrings:CommandCenter=Data Source={target}");
        refused.ShouldEndWith(1).Error.ShouldContain("target of an unfinished copy");
        refused.Error.ShouldContain("Run the copy verb again");
        refused.Error.ShouldNotContain("newer");
        await world.FillAsync(10, "later-");

        (await world.RunAsync("copy", "--to", $"sqlite:{target}")).ShouldEndWith(0).Output.ShouldContain("Went on and finished");

        (await RowsAsync(world, target)).ShouldBe(await world.CountAsync("SELECT COUNT(*) FROM event_log"));
        (await world.CountAsync("SELECT COUNT(*) FROM incident", target)).ShouldBe(60_010);
        (await world.RunAsync("verify", $"--ConnectionStrings:CommandCenter=Data Source={target}")).ShouldEndWith(0);
    }

    [Theory]
    [InlineData("oracle:x", "--to can't be \"oracle:x\"; write sqlite:PATH")]
    [InlineData("sqlite:commandcenter.db", "Source and target are the same")]
    [InlineData("sqlserver:Sauce=1", "--to: ConnectionStrings:CommandCenter can't be read")]
    public async Task A_target_that_makes_no_sense_is_refused(string to, string told)
    {
        await using var world = new VerbWorld();
        await world.FillAsync(2);

        (await world.RunAsync("copy", "--to", to)).ShouldEndWith(1).Error.ShouldContain(told);
    }

    [Fact]
    public async Task A_half_finished_copy_of_something_else_is_left_alone()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(5);
        (await world.RunAsync("copy", "--to", $"sqlite:{world.In("new.db")}")).ShouldEndWith(0);
        await world.TamperAsync("INSERT INTO schema_version VALUES (9999, 'unfinished copy', 'another 7', '2026-01-01T00:00:00.000Z')", world.In("new.db"));

        (await world.RunAsync("copy", "--to", $"sqlite:{world.In("new.db")}")).ShouldEndWith(1).Error.ShouldContain("an unfinished copy of another source");
        (await world.CountAsync("SELECT COUNT(*) FROM incident", world.In("new.db"))).ShouldBe(5);
    }

    private static async Task<long> RowsAsync(VerbWorld world, string file)
    {
        try
        {
            return await world.CountAsync("SELECT COUNT(*) FROM event_log", file);
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // Not made yet, or busy.
            return 0;
        }
    }
}

[Collection("SQL Server")]
public class CopyToSqlServerTests
{
    [Fact]
    public async Task A_trial_installation_moves_to_SQL_Server_and_back_with_nothing_lost()
    {
        await using var server = new SqlServerDatabase();
        await server.CreateAsync();
        await using var world = new VerbWorld();
        await world.FillAsync(300);
        await world.UnitsAsync("A", "B");
        string[] skip = server.Options.SkipScripts is { Length: > 0 } names ? ["--skip-scripts", names] : [];
        string[] settings = ["--Storage:Provider=SqlServer", $"--ConnectionStrings:CommandCenter={server.Options.ConnectionString}", $"--Privacy:KeyFile={world.Database}.keys"];

        (await world.RunAsync(["copy", "--to", $"sqlserver:{server.Options.ConnectionString}", .. skip])).ShouldEndWith(0);
        (await world.RunAsync(["verify", .. settings])).ShouldEndWith(0);
        var back = new[] { "copy", "--from", $"sqlserver:{server.Options.ConnectionString}", "--to", $"sqlite:{world.In("back.db")}" };
        (await world.RunAsync(back)).ShouldEndWith(1).Error.ShouldContain("Privacy:KeyFile");
        (await world.RunAsync([.. back, $"--Privacy:KeyFile={world.Database}.keys"])).ShouldEndWith(0);

        (await server.ScalarAsync<int>("SELECT COUNT(*) FROM incident WHERE place IS NULL")).ShouldBe(0);
        (await server.ScalarAsync<int>("SELECT COUNT(*) FROM unit WHERE place IS NULL")).ShouldBe(0);
        (await world.RunAsync("verify", $"--ConnectionStrings:CommandCenter=Data Source={world.In("back.db")}")).ShouldEndWith(0);
        (await world.CountAsync("SELECT MAX(position) FROM event_log", world.In("back.db"))).ShouldBe(await world.CountAsync("SELECT MAX(position) FROM event_log"));

        await server.ExecuteAsync("UPDATE incident SET place = geography::Point(31, 106, 4326) WHERE id = 7");
        await server.ExecuteAsync("UPDATE incident SET place = NULL WHERE id = 8");
        await server.ExecuteAsync("UPDATE unit SET place = geography::Point(31, 106, 4326) WHERE code = 'B'");
        var moved = (await world.RunAsync(["verify", .. settings])).ShouldEndWith(2);
        moved.Output.ShouldContain("incident 7 (");
        moved.Output.ShouldContain("incident 8 (");
        moved.Output.ShouldContain("unit B: its spatial point is missing or beside");
    }
}
