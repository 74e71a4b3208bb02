using CommandCenter.Data.Storage.Backup;
using CommandCenter.Tests.Incidents;
using CommandCenter.Tests.Storage;

namespace CommandCenter.Tests.Commands;

public class BackupVerbTests
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_under_load_restored_has_everything_that_was_answered_before_it()
    {
        await using var world = new VerbWorld();
        await using var server = await ServerProcess.StartAsync(world.Folder);
        using var api = new Api(server.Address);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ended);
        var answered = 0;
        var first = new TaskCompletionSource();
        var load = Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    var batch = string.Join('\n', Enumerable.Range(0, 50).Select(_ => Report()));
                    (await api.BatchAsync(batch)).ShouldBe(System.Net.HttpStatusCode.OK);
                    if (Interlocked.Add(ref answered, 50) >= 500)
                    {
                        first.TrySetResult();
                    }
                }
            },
            Ended);
        await first.Task.WaitAsync(TimeSpan.FromSeconds(60), Ended);

        var before = answered;
        var made = (await world.RunAsync("backup", world.In("one.db"))).ShouldEndWith(0);
        var refused = (await world.RunAsync("restore", world.In("one.db"))).ShouldEndWith(1);
        await enough.CancelAsync();
        await load;
        await server.KillAsync();
        var after = await world.CountAsync("SELECT COUNT(*) FROM incident");
        var restored = (await world.RunAsync("restore", world.In("one.db"))).ShouldEndWith(0);

        made.Output.ShouldContain("Backed up and checked");
        refused.Error.ShouldContain("A program has");
        var kept = await world.CountAsync("SELECT COUNT(*) FROM incident");
        kept.ShouldBeGreaterThanOrEqualTo(before);
        kept.ShouldBeLessThan(after);
        (await world.CountAsync("SELECT MAX(position) FROM event_log")).ShouldBe(await world.CountAsync("SELECT COUNT(*) FROM event_log"));
        var replaced = Directory.GetFiles(world.Folder, "commandcenter.db.replaced-*").ShouldHaveSingleItem();
        restored.Output.ShouldContain(replaced);
        (await world.CountAsync("SELECT COUNT(*) FROM incident", replaced)).ShouldBe(after);
        await server.StartAgainAsync();
        (await api.ReportAsync(Report())).ShouldBe(System.Net.HttpStatusCode.Created);
    }

    [Fact]
    public async Task Two_restores_within_a_second_keep_what_each_replaced()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(5);
        (await world.RunAsync("backup", world.In("one.db"))).ShouldEndWith(0);
        var now = new DateTime(2026, 11, 22, 8, 0, 0, DateTimeKind.Utc);

        var first = await SqliteRestore.RunAsync(world.In("one.db"), world.Database, allowGaps: false, now, (_, _) => { }, Ended);
        var second = await SqliteRestore.RunAsync(world.In("one.db"), world.Database, allowGaps: false, now, (_, _) => { }, Ended);

        (await world.CountAsync("SELECT COUNT(*) FROM incident", first.Replaced)).ShouldBe(5);
        (await world.CountAsync("SELECT COUNT(*) FROM incident", second.Replaced)).ShouldBe(5);
        second.Replaced.ShouldNotBe(first.Replaced);
    }

    [Fact]
    public async Task A_file_that_is_there_is_kept_unless_it_is_forced()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(5);
        await File.WriteAllTextAsync(world.In("kept.db"), "mine", Ended);

        (await world.RunAsync("backup", world.In("kept.db"))).ShouldEndWith(1).Error.ShouldContain("--force");
        (await File.ReadAllTextAsync(world.In("kept.db"), Ended)).ShouldBe("mine");

        (await world.RunAsync("backup", world.In("kept.db"), "--force")).ShouldEndWith(0);
        (await world.CountAsync("SELECT COUNT(*) FROM incident", world.In("kept.db"))).ShouldBe(5);
        Directory.GetFiles(world.Folder).Select(Path.GetFileName).ShouldNotContain(name => name!.Contains("unfinished"));
    }

    [Theory]
    [InlineData("commandcenter.db", "is the database itself")]
    [InlineData("commandcenter.db-wal", "is the database itself")]
    [InlineData("nowhere/x.db", "There is no folder")]
    public async Task A_file_that_can_not_be_written_is_named(string file, string told)
    {
        await using var world = new VerbWorld();
        await world.FillAsync(2);

        (await world.RunAsync("backup", world.In(file))).ShouldEndWith(1).Error.ShouldContain(told);
        (await world.CountAsync("SELECT COUNT(*) FROM incident")).ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_database_there_is_nothing_to_back_up()
    {
        await using var world = new VerbWorld();

        (await world.RunAsync("backup", world.In("x.db"))).ShouldEndWith(1).Error.ShouldContain("There is no database");
        Directory.EnumerateFileSystemEntries(world.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_no_good_backup_is_refused_and_the_database_stays()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(300);
        (await world.RunAsync("backup", world.In("good.db"))).ShouldEndWith(0);
        await File.WriteAllTextAsync(world.In("text.db"), new string('x', 5000), Ended);
        var torn = await File.ReadAllBytesAsync(world.In("good.db"), Ended);
        Random.Shared.NextBytes(torn.AsSpan(torn.Length / 2, 4096 * 3));
        await File.WriteAllBytesAsync(world.In("torn.db"), torn, Ended);
        File.Copy(world.In("good.db"), world.In("newer.db"));
        await world.TamperAsync("INSERT INTO schema_version VALUES (900, 'Future', 'x', '2030-01-01T00:00:00.000Z')", world.In("newer.db"));
        await world.TamperAsync("CREATE TABLE other (a INTEGER)", world.In("other.db"));

        (await world.RunAsync("restore", world.In("text.db"))).ShouldEndWith(1).Error.ShouldContain("is damaged or is no SQLite database");
        (await world.RunAsync("restore", world.In("torn.db"))).ShouldEndWith(1).Error.ShouldContain("is damaged");
        (await world.RunAsync("restore", world.In("newer.db"))).ShouldEndWith(1).Error.ShouldContain("newer than this program");
        (await world.RunAsync("restore", world.In("other.db"))).ShouldEndWith(1).Error.ShouldContain("is not a database of this program");
        (await world.RunAsync("restore", world.In("none.db"))).ShouldEndWith(1).Error.ShouldContain("There is no file");

        (await world.CountAsync("SELECT COUNT(*) FROM incident")).ShouldBe(300);
        Directory.GetFiles(world.Folder, "*.replaced-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_damaged_database_is_replaced_and_kept_aside_as_it_is()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(10);
        (await world.RunAsync("backup", world.In("good.db"))).ShouldEndWith(0);
        await File.WriteAllTextAsync(world.Database, new string('x', 5000), Ended);

        (await world.RunAsync("restore", world.In("good.db"))).ShouldEndWith(0);

        (await world.CountAsync("SELECT COUNT(*) FROM incident")).ShouldBe(10);
        (await File.ReadAllTextAsync(Directory.GetFiles(world.Folder, "*.replaced-*").ShouldHaveSingleItem(), Ended)).ShouldStartWith("xxx");
    }

    [Fact]
    public async Task On_a_new_machine_it_makes_the_database()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(4);
        (await world.RunAsync("backup", world.In("good.db"))).ShouldEndWith(0);
        var elsewhere = world.In("new/deep/fresh.db");

        (await world.RunAsync("restore", world.In("good.db"), $"--ConnectionStrings:CommandCenter=Data Source={elsewhere}")).ShouldEndWith(0);

        (await world.CountAsync("SELECT COUNT(*) FROM incident", elsewhere)).ShouldBe(4);
    }

    [Theory]
    [InlineData("FULL", 3, "BACKUP LOG [it's ]]mine] TO DISK = N'd:\\o''x.bak.trn' WITH FORMAT, CHECKSUM, STATS = 5;")]
    [InlineData("SIMPLE", 4, "BACKUP DATABASE [it's ]]mine] TO DISK = N'd:\\o''x.bak' WITH FORMAT, CHECKSUM, STATS = 5;")]
    public void What_SQL_Server_is_told_is_in_its_grammar(string model, int edition, string statement)
    {
        var facts = new ServerBackup.Facts { Name = "it's ]mine", RecoveryModel = model, Edition = edition };
        var backup = ServerBackup.BackupStatements(facts, "d:\\o'x.bak");

        backup.ShouldContain(statement);
        foreach (var one in backup.Concat(ServerBackup.RestoreStatements(facts, "d:\\o'x.bak", "d:\\before.bak")))
        {
            TSql.Parse(one);
        }
    }

    private static string Report() => """{"source":"load","category":"0401","title":"占用消防通道","lon":105.1,"lat":30.1}""";
}
