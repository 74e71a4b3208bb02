using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Privacy;
using CommandCenter.Tests.Commands;
using CommandCenter.Tests.Storage;

namespace CommandCenter.Tests.Privacy;

public class PrivacyVerbTests
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rotation_that_was_killed_goes_on_and_the_old_key_can_be_thrown_away()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(20_000);
        using (var rotate = VerbProcess.Start(world.Folder, "en", null, "privacy", "rotate"))
        {
            await VerbWorld.UntilAsync(async () => await world.CountAsync("SELECT COALESCE(MAX(value), 0) FROM privacy_mark WHERE name = 'rotate'") > 1_000, rotate);
            rotate.Kill();
            await rotate.WaitForExitAsync(Ended);
        }

        (await world.RunAsync("verify")).ShouldEndWith(0);

        (await world.RunAsync("privacy", "rotate", "--remove-old")).ShouldEndWith(0).Output.ShouldContain("Went on and finished");

        (await File.ReadAllLinesAsync($"{world.Database}.keys", Ended)).Count(line => line.StartsWith("seal", StringComparison.Ordinal)).ShouldBe(1);
        (await world.CountAsync("SELECT COUNT(DISTINCT substr(reporter_name_sealed, 1, 5)) FROM incident")).ShouldBe(1);
        (await world.RunAsync("verify")).ShouldEndWith(0);
        using var store = world.OpenStore();
        await TestDatabase.MigrateAsync(store);
        (await new IncidentQueries(store).FindAsync(Sight.OfTheProgram, 1, Ended))!.ReporterName.ShouldBe("王某");
    }

    [Fact]
    public async Task One_person_is_exported_and_erased_from_what_is_closed()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(8);
        await File.WriteAllTextAsync(world.In("person.json"), """{"name":"王某","phone":"+86 138 0000 0000"}""", Ended);

        (await world.RunAsync("privacy", "export", world.In("person.json"))).ShouldEndWith(0).Output.ShouldContain("幸福路 12 号");
        (await world.RunAsync("privacy", "erase", world.In("person.json"))).ShouldEndWith(1).Error.ShouldContain("8 incidents and disputes were found; nothing was changed");
        var done = (await world.RunAsync("privacy", "erase", world.In("person.json"), "--yes")).ShouldEndWith(0);

        done.Output.ShouldContain("erased from 2 closed incidents and disputes");
        done.Output.ShouldContain("6 incidents and disputes are not closed");
        (await world.CountAsync("SELECT COUNT(*) FROM incident WHERE reporter_name_sealed IS NULL AND reporter_phone_hash IS NULL AND title = '' AND erased_at IS NOT NULL")).ShouldBe(2);
        (await world.CountAsync("SELECT COUNT(*) FROM audit_log WHERE action IN ('person.erased', 'person.exported')")).ShouldBe(3);
        (await world.RunAsync("verify")).ShouldEndWith(0);
    }

    [Fact]
    public async Task What_was_closed_longer_ago_than_its_category_is_kept_loses_people_and_keeps_its_figures()
    {
        await using var database = new SqliteDatabase();
        var store = await database.OpenStoreAsync();
        var report = VerbWorld.Report("a");
        await new IncidentStore(store).TakeInAsync([report, report with { ExternalId = "b", Category = "0901" }, report with { ExternalId = "c" }], Ended);
        await database.ExecuteAsync("UPDATE incident SET status = 80, closed_at = '2020-01-01T00:00:00.000Z' WHERE id < 3");
        var options = new PrivacyOptions { RetentionByCategory = "09=0" };

        (await new PersonErasure(store, new AuditLog(store, new NoAuditKey(), TimeProvider.System), options, TimeProvider.System).EraseOldAsync(_ => { }, Ended)).ShouldBe(1);

        var all = await new IncidentQueries(store).ListAsync(Sight.OfTheProgram, new IncidentFilter(null, null, null, null, null, null, 10), Ended);
        all.Select(one => (one.Id, one.ReporterName, one.Category)).ShouldBe([(3, "王某", "0401"), (2, "王某", "0901"), (1, null, "0401")]);
        (await database.ScalarAsync<string>("SELECT action FROM audit_log")).ShouldBe("person.expired");
    }

    [Theory]
    [InlineData("09=10", "RetentionByCategory")]
    [InlineData("9=365", "RetentionByCategory")]
    public void Wrong_retention_is_named(string value, string key) =>
        new PrivacyOptions { RetentionByCategory = value }.Problems().ShouldHaveSingleItem().ShouldContain(key);
}
