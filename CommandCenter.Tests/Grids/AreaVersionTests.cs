using CommandCenter.Data.Events;
using CommandCenter.Data.Grids;
using CommandCenter.Tests.Benchmarks.Grids;

namespace CommandCenter.Tests.Grids;

/// <summary>What a file replaces, and what stays readable by date.</summary>
public class AreaVersionTests
{
    private static readonly DateOnly Day1 = new(2025, 1, 1), Day2 = new(2025, 7, 1), Day3 = new(2026, 1, 1);

    // One county, one town, three villages of ten grids.
    private static readonly List<TiledArea> All = [.. new Tiling(30).Areas()];
    private const string Village1 = "990101100200", Village2 = "990101100201";

    private static IEnumerable<TiledArea> GridsOf(string village) => All.Where(area => area.Level == AreaLevel.Grid && area.Code.StartsWith(village, StringComparison.Ordinal));

    private static async Task<List<string>> CodesAsync(AreaWorld world, DateOnly on, AreaLevel level, string within = "") =>
        [.. (await world.Directory.OnAsync(on, CancellationToken.None)).Of(level, within).Select(area => area.Code)];

    [Fact]
    public async Task Every_day_has_the_areas_that_were_in_force_on_it()
    {
        await using var world = await AreaWorld.CreateAsync();
        await world.UploadAsync(All, Day1);
        var report = await world.UploadAsync(GridsOf(Village1).Take(4), Day2);
        report.RetiredTotal.ShouldBe(6);
        report.Retired[0].Code.ShouldBe(Village1 + "005");

        (await CodesAsync(world, Day1.AddDays(-1), AreaLevel.Grid)).ShouldBeEmpty();
        (await CodesAsync(world, Day1, AreaLevel.Grid, Village1)).Count.ShouldBe(10);
        (await CodesAsync(world, Day2.AddDays(-1), AreaLevel.Grid, Village1)).Count.ShouldBe(10);
        (await CodesAsync(world, Day2, AreaLevel.Grid, Village1)).Count.ShouldBe(4);
        (await CodesAsync(world, Day2, AreaLevel.Grid, Village2)).Count.ShouldBe(10);
        world.Directory.Current.Of(AreaLevel.Grid).Count.ShouldBe(24);
    }

    [Fact]
    public async Task What_lies_in_a_retired_area_ends_with_it()
    {
        await using var world = await AreaWorld.CreateAsync();
        await world.UploadAsync(All, Day1);
        var report = await world.UploadAsync(All.Where(area => area.Level == AreaLevel.Village && area.Code != Village2), Day2);
        report.RetiredTotal.ShouldBe(11);
        (await CodesAsync(world, Day2, AreaLevel.Grid, Village2)).ShouldBeEmpty();
        (await CodesAsync(world, Day2, AreaLevel.Grid, Village1)).Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_version_between_two_others_ends_where_the_later_begins()
    {
        await using var world = await AreaWorld.CreateAsync();
        await world.UploadAsync(All, Day1);
        await world.UploadAsync(GridsOf(Village1).Take(8), Day3);
        await world.UploadAsync(GridsOf(Village1).Take(3), Day2);
        (await CodesAsync(world, Day1, AreaLevel.Grid, Village1)).Count.ShouldBe(10);
        (await CodesAsync(world, Day2, AreaLevel.Grid, Village1)).Count.ShouldBe(3);
        (await CodesAsync(world, Day3, AreaLevel.Grid, Village1)).Count.ShouldBe(8);
    }

    [Fact]
    public async Task What_lies_in_an_area_that_comes_back_comes_back_with_it()
    {
        await using var world = await AreaWorld.CreateAsync();
        await world.UploadAsync(All, Day1);
        await world.UploadAsync(All.Where(area => area.Level == AreaLevel.Village), Day3);
        await world.UploadAsync(All.Where(area => area.Level == AreaLevel.Village && area.Code != Village2), Day2);
        (await CodesAsync(world, Day1, AreaLevel.Grid, Village2)).Count.ShouldBe(10);
        (await CodesAsync(world, Day2, AreaLevel.Grid, Village2)).ShouldBeEmpty();
        (await CodesAsync(world, Day3, AreaLevel.Grid, Village2)).Count.ShouldBe(10);
    }

    [Fact]
    public async Task The_same_day_again_supersedes_the_earlier_upload()
    {
        await using var world = await AreaWorld.CreateAsync();
        await world.UploadAsync(All, Day1);
        var before = world.Directory.Current.Version;
        await world.UploadAsync(All, Day1);
        (await CodesAsync(world, Day1, AreaLevel.Grid)).Count.ShouldBe(30);
        await world.UploadAsync(GridsOf(Village1).Take(2), Day1);
        (await CodesAsync(world, Day1, AreaLevel.Grid, Village1)).Count.ShouldBe(2);
        world.Directory.Current.Version.ShouldNotBe(before);
    }

    [Fact]
    public async Task Another_county_stays_as_it_is()
    {
        await using var world = await AreaWorld.CreateAsync();
        await world.UploadAsync(All, Day1);
        var report = await world.UploadAsync(new Tiling(20, lon: 112, firstCounty: 990301).Areas(), Day1);
        report.RetiredTotal.ShouldBe(0);
        world.Directory.Current.Of(AreaLevel.County).Select(county => county.Code).ShouldBe(["990101", "990301"]);
        world.Directory.Current.Of(AreaLevel.Grid).Count.ShouldBe(50);
    }

    [Fact]
    public async Task Children_of_what_the_file_retires_have_no_parent()
    {
        await using var world = await AreaWorld.CreateAsync();
        await world.UploadAsync(All, Day1);
        var report = await world.UploadAsync(
            All.Where(area => area.Level == AreaLevel.Village && area.Code != Village2).Concat(GridsOf(Village2)), Day2);
        report.Accepted.ShouldBeFalse();
        report.RejectedByReason.ShouldBe(new Dictionary<AreaFault, int> { [AreaFault.UnknownParent] = 10 });
        (await CodesAsync(world, Day2, AreaLevel.Grid, Village2)).Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_feature_rejected_in_part_leaves_what_is_stored_under_its_code()
    {
        await using var world = await AreaWorld.CreateAsync();
        await world.UploadAsync(All, Day1);
        var bad = GridsOf(Village1).First() with { Name = new string('长', 101) };
        var report = await world.UploadAsync(GridsOf(Village1).Skip(1).Take(3).Prepend(bad), Day2, partial: true);
        (report.Taken, report.RejectedTotal, report.RetiredTotal).ShouldBe((3, 1, 6));
        (await CodesAsync(world, Day2, AreaLevel.Grid, Village1)).ShouldBe([Village1 + "001", Village1 + "002", Village1 + "003", Village1 + "004"]);
    }

    [Fact]
    public async Task A_grid_that_lies_on_a_stored_one_that_stays_is_refused()
    {
        await using var world = await AreaWorld.CreateAsync();
        await world.UploadAsync(All, Day1);
        var moved = GridsOf(Village1).First() with { Ring = GridsOf(Village2).First().Ring };
        var report = await world.UploadAsync([moved, .. GridsOf(Village1).Skip(1)], Day2);
        var rejected = report.Rejected.ShouldHaveSingleItem();
        rejected.Reason.Fault.ShouldBe(AreaFault.Overlap);
        rejected.Reason.En.ShouldContain(Village2 + "001");
    }

    [Fact]
    public async Task Areas_of_a_coming_day_take_over_when_it_comes()
    {
        await using var world = await AreaWorld.CreateAsync();
        await world.UploadAsync(All, Day1);
        var tomorrow = world.Directory.Today.AddDays(1);
        await world.UploadAsync(GridsOf(Village1).Take(1), tomorrow);
        world.Directory.Current.Of(AreaLevel.Grid).Count.ShouldBe(30);
        var changes = 0;
        world.Directory.Changed += () => changes++;

        // Midnight in the county is 16:00 UTC.
        world.Clock.Now = new DateTimeOffset(2026, 6, 1, 16, 0, 0, TimeSpan.Zero);
        (await world.Directory.RefreshAsync(CancellationToken.None)).ShouldBeTrue();
        world.Directory.Current.Of(AreaLevel.Grid).Count.ShouldBe(21);
        changes.ShouldBe(1);
    }

    [Fact]
    public async Task Uploads_at_the_same_time_all_count()
    {
        await using var world = await AreaWorld.CreateAsync();
        await world.UploadAsync(All, Day1);
        using var otherNode = new AreaDirectory(world.Areas, world.Clock);
        using var otherImport = new AreaImport(world.Store, otherNode);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? world.Import : otherImport).RunAsync(
            new MemoryStream(GeoJsonFile.Of(GridsOf(i % 2 == 0 ? Village1 : Village2).Take(i + 1))), new AreaImportRequest(CoordinateSystem.Wgs84, Day2), CancellationToken.None)));
        (await world.Areas.UploadsAsync(100, CancellationToken.None)).Count.ShouldBe(9);
        (await world.Log.ReadAfterAsync(0, 100, CancellationToken.None)).Count(logged => logged.Event is AreasReplaced).ShouldBe(9);
        var codes = await CodesAsync(world, Day2, AreaLevel.Grid);
        codes.Count.ShouldBe(codes.Distinct().Count());
    }

    // The plan against the plainest of models: a picture of every day, painted over by each file.
    [Fact]
    public async Task After_any_uploads_each_day_is_what_the_files_say()
    {
        for (var seed = 0; seed < 6; seed++)
        {
            await using var world = await AreaWorld.CreateAsync();
            var random = new Random(seed);
            var days = Enumerable.Range(0, 6).Select(i => Day1.AddMonths(i)).ToList();
            var model = new BoundaryModel(days);
            for (var upload = 0; upload < 12; upload++)
            {
                var on = upload == 0 ? days[0] : days[random.Next(days.Count)];
                var file = upload == 0 ? All : Chosen(random, model.On(on));
                if (file.Count > 0 && (await world.UploadAsync(file, on)).Accepted)
                {
                    model.Apply([.. file.Select(area => area.Code)], on);
                }
            }

            foreach (var day in days)
            {
                var index = await world.Areas.ReadAsync(day, CancellationToken.None);
                var codes = Enum.GetValues<AreaLevel>().SelectMany(level => index.Of(level)).Select(area => area.Code).Order(StringComparer.Ordinal);
                codes.ShouldBe(model.On(day).Order(StringComparer.Ordinal), $"seed {seed}, {day}");
            }
        }
    }

    private static List<TiledArea> Chosen(Random random, IReadOnlySet<string> inForce)
    {
        var level = random.Next(2) == 0 ? AreaLevel.Village : AreaLevel.Grid;
        var parents = All.Where(area => area.Level == level - 1 && inForce.Contains(area.Code)).ToList();
        if (parents.Count == 0)
        {
            return [];
        }

        var parent = parents[random.Next(parents.Count)].Code;
        return [.. All.Where(area => AreaCode.Parent(area.Code) == parent && random.Next(3) > 0)];
    }
}
