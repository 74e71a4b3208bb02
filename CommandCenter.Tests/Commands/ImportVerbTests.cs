using System.Text;
using System.Text.Json;
using CommandCenter.Tests.Benchmarks.Grids;

namespace CommandCenter.Tests.Commands;

public class ImportVerbTests
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Areas_are_checked_then_taken_with_a_report()
    {
        await using var world = new VerbWorld();
        (await world.RunAsync("migrate")).ShouldEndWith(0);
        await File.WriteAllBytesAsync(world.In("areas.geojson"), GeoJsonFile.Of(new Tiling(30).Areas()), Ended);

        (await world.RunAsync("import", "areas", world.In("areas.geojson"), "--dry-run", "--valid-from", "2026-01-01")).ShouldEndWith(0).Output.ShouldContain("nothing stored: would take");
        (await world.CountAsync("SELECT COUNT(*) FROM area")).ShouldBe(0);
        var taken = (await world.RunAsync("import", "areas", world.In("areas.geojson"), "--crs", "cgcs2000", "--valid-from", "2026-01-01")).ShouldEndWith(0);

        taken.Output.ShouldContain("in force from 2026-01-01");
        (await world.CountAsync("SELECT COUNT(*) FROM area WHERE level = 4")).ShouldBeGreaterThanOrEqualTo(30);
        (await world.RunAsync("verify")).ShouldEndWith(0);
    }

    [Fact]
    public async Task A_file_with_faults_is_refused_with_the_reasons_unless_in_part()
    {
        await using var world = new VerbWorld();
        (await world.RunAsync("migrate")).ShouldEndWith(0);
        var areas = new Tiling(30).Areas().ToList();
        areas.Add(areas[^1] with { Code = "990101999999999" });
        await File.WriteAllBytesAsync(world.In("areas.geojson"), GeoJsonFile.Of(areas), Ended);

        var refused = (await world.RunAsync("import", "areas", world.In("areas.geojson"))).ShouldEndWith(1);
        refused.Output.ShouldContain("Not taken");
        refused.Output.ShouldContain("990101999999999");
        refused.Output.ShouldContain("--partial");
        (await world.CountAsync("SELECT COUNT(*) FROM area")).ShouldBe(0);
        (await world.RunAsync("import", "areas", world.In("areas.geojson"), "--partial")).ShouldEndWith(0);
        (await world.CountAsync("SELECT COUNT(*) FROM area")).ShouldBe(areas.Count - 1);
    }

    [Theory]
    [InlineData("--crs can't be \"mars\"", "areas", "x.json", "--crs", "mars")]
    [InlineData("--valid-from can't be \"tomorrow\"", "areas", "x.json", "--valid-from", "tomorrow")]
    [InlineData("There is no file", "areas", "none.json")]
    [InlineData("There is no file", "incidents", "none.json")]
    [InlineData("is not JSON: line 1", "areas", "x.json")]
    public async Task What_makes_no_sense_is_named(string told, params string[] words)
    {
        await using var world = new VerbWorld();
        (await world.RunAsync("migrate")).ShouldEndWith(0);
        await File.WriteAllTextAsync(world.In("x.json"), "{\"type\" oh", Ended);

        (await world.RunAsync(["import", .. words])).ShouldEndWith(1).Error.ShouldContain(told);
    }

    [Fact]
    public async Task Reports_of_any_number_are_taken_once_however_often_the_file_is_imported()
    {
        await using var world = new VerbWorld();
        (await world.RunAsync("migrate")).ShouldEndWith(0);
        var lines = Enumerable.Range(0, 12_000).Select(i => Report(i, withId: i % 3 != 0)).ToList();
        lines.Add(lines[0]); // Two that are alike and have no id stay two.
        await File.WriteAllLinesAsync(world.In("reports.ndjson"), lines, Ended);

        var first = (await world.RunAsync("import", "incidents", world.In("reports.ndjson"))).ShouldEndWith(0);
        var again = (await world.RunAsync("import", "incidents", world.In("reports.ndjson"))).ShouldEndWith(0);

        first.Output.ShouldContain("Taken in 12001, there already 0, rejected 0.");
        first.Output.ShouldContain("4001 had no externalId");
        again.Output.ShouldContain("Taken in 0, there already 12001, rejected 0.");
        (await world.CountAsync("SELECT COUNT(*) FROM incident")).ShouldBe(12_001);
        File.Exists(world.In("reports.ndjson.rejected.ndjson")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_import_that_was_killed_is_finished_by_the_next_one()
    {
        await using var world = new VerbWorld();
        (await world.RunAsync("migrate")).ShouldEndWith(0);
        await File.WriteAllLinesAsync(world.In("reports.ndjson"), Enumerable.Range(0, 40_000).Select(i => Report(i, withId: i % 2 == 0)), Ended);
        using (var import = VerbProcess.Start(world.Folder, "en", null, "import", "incidents", world.In("reports.ndjson")))
        {
            await VerbWorld.UntilAsync(async () => await world.CountAsync("SELECT COUNT(*) FROM incident") > 0, import);
            import.Kill();
            await import.WaitForExitAsync(Ended);
        }

        (await world.CountAsync("SELECT COUNT(*) FROM incident")).ShouldBeLessThan(40_000);
        (await world.RunAsync("import", "incidents", world.In("reports.ndjson"))).ShouldEndWith(0);

        (await world.CountAsync("SELECT COUNT(*) FROM incident")).ShouldBe(40_000);
        (await world.RunAsync("verify")).ShouldEndWith(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_rejected_stands_in_a_file_beside_with_the_reason(bool isArray)
    {
        await using var world = new VerbWorld();
        (await world.RunAsync("migrate")).ShouldEndWith(0);
        string[] reports = [Report(1, true), """{"source":"x","category":"no","title":""}""", "{oh", Report(2, true)];
        await File.WriteAllTextAsync(world.In("reports.json"), isArray ? $"[{string.Join(",\n", reports.Where(r => r != "{oh"))}]" : string.Join('\n', reports), Ended);

        var done = (await world.RunAsync("import", "incidents", world.In("reports.json"))).ShouldEndWith(1);

        done.Output.ShouldContain($"Taken in 2, there already 0, rejected {(isArray ? 1 : 2)}.");
        var rejected = (await File.ReadAllLinesAsync(world.In("reports.json.rejected.ndjson"), Encoding.UTF8, Ended)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        rejected.Count.ShouldBe(isArray ? 1 : 2);
        rejected[0].GetProperty("line").GetInt32().ShouldBe(2);
        rejected[0].GetProperty("errors").GetProperty("category").GetArrayLength().ShouldBe(1);
        rejected[0].GetProperty("report").GetProperty("source").GetString().ShouldBe("x");
        if (!isArray)
        {
            rejected[1].GetProperty("report").GetString().ShouldBe("{oh");
        }
    }

    private static string Report(int i, bool withId) =>
        $$"""{"source":"old-system",{{(withId ? $"\"externalId\":\"A-{i}\"," : "")}}"category":"0401","title":"占用消防通道 {{i}}","lon":105.1,"lat":30.1}""";
}
