using CommandCenter.Data.Storage;

namespace CommandCenter.Tests.Commands;

public class MigrateVerbTests
{
    [Fact]
    public async Task A_dry_run_lists_the_scripts_and_makes_nothing()
    {
        await using var world = new VerbWorld();

        var listed = (await world.RunAsync("migrate", "--dry-run")).ShouldEndWith(0).Output;

        foreach (var script in SchemaScript.For("sqlite"))
        {
            listed.ShouldContain($"{script.Number:000}  {script.Name}");
        }

        listed.ShouldContain("Nothing was changed.");
        Directory.EnumerateFileSystemEntries(world.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_makes_the_database_and_then_has_nothing_more_to_do()
    {
        await using var world = new VerbWorld();

        (await world.RunAsync("migrate")).ShouldEndWith(0).Output.ShouldContain("Done.");

        (await world.CountAsync("SELECT COUNT(*) FROM schema_version")).ShouldBe(SchemaScript.For("sqlite").Count);
        (await world.RunAsync("migrate")).ShouldEndWith(0).Output.ShouldContain("there is nothing to run");
    }

    [Fact]
    public async Task A_dry_run_on_an_older_database_lists_only_what_it_lacks_and_leaves_it_as_it_is()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(3);
        var last = SchemaScript.For("sqlite")[^1];
        await world.TamperAsync($"DELETE FROM schema_version WHERE number = {last.Number}");

        var listed = (await world.RunAsync("migrate", "--dry-run")).ShouldEndWith(0).Output;

        listed.ShouldContain($"{last.Number:000}  {last.Name}");
        listed.ShouldContain("1 scripts would run");
        listed.ShouldNotContain("001  ");
        (await world.CountAsync("SELECT COUNT(*) FROM schema_version")).ShouldBe(last.Number - 1);
    }

    [Fact]
    public async Task A_newer_database_is_refused_with_what_to_do()
    {
        await using var world = new VerbWorld();
        await world.FillAsync(3);
        await world.TamperAsync("INSERT INTO schema_version VALUES (900, 'Future', 'x', '2030-01-01T00:00:00.000Z')");

        var told = (await world.RunAsync("migrate")).ShouldEndWith(1).Error;

        told.ShouldContain("newer than this program");
        told.ShouldContain("Start the newer program");
    }
}
