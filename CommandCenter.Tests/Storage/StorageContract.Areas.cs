using System.Text;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Storage;
using CommandCenter.Tests.Incidents;
using Dapper;

namespace CommandCenter.Tests.Storage;

public abstract partial class StorageContract
{
    [Fact]
    public async Task Areas_come_back_as_they_were_taken_each_version_on_its_days()
    {
        var first = new DateOnly(2026, 1, 1);
        var areas = new AreaStore(_store);
        (await UploadAsync(areas, RunningProgram.SmallCounty(), first)).Accepted.ShouldBeTrue();
        (await UploadAsync(areas, RunningProgram.SmallCounty().Replace("105.2", "105.3", StringComparison.Ordinal), first.AddYears(1))).Accepted.ShouldBeTrue();

        var before = await areas.ReadAsync(first.AddDays(-1), Ended);
        var then = await areas.ReadAsync(first.AddYears(1).AddDays(-1), Ended);
        var now = await areas.ReadAsync(first.AddYears(1), Ended);

        before.Count.ShouldBe(0);
        (then.Count, now.Count).ShouldBe((5, 5));
        then.Locate(105.25, 30.1)!.Grid!.Name.ShouldBe("东网格");
        now.Locate(105.25, 30.1)!.Grid!.Name.ShouldBe("西网格");
        then.Find(RunningProgram.West)!.Shape.Normalized().AsText().ShouldBe("POLYGON ((105 30, 105 30.2, 105.2 30.2, 105.2 30, 105 30))");
        (await areas.UploadsAsync(10, Ended)).Select(u => (u.ValidFrom, u.Taken)).ShouldBe([(first.AddYears(1), 5), (first, 5)]);
    }

    [Fact]
    public async Task The_spatial_functions_of_the_server_and_the_index_in_memory_agree()
    {
        Assert.SkipWhen(_store.Dialect is SqliteDialect, "The embedded store has no spatial functions: the index in memory is all there is.");
        var areas = new AreaStore(_store);
        await UploadAsync(areas, RunningProgram.SmallCounty(), new DateOnly(2026, 1, 1));
        var index = await areas.ReadAsync(new DateOnly(2026, 1, 1), Ended);
        var random = new Random(1);
        await using var connection = await _database.ConnectAsync();
        for (var i = 0; i < 50; i++)
        {
            var (lon, lat) = (104.95 + (random.NextDouble() / 2), 30.01 + (random.NextDouble() * 0.18));
            (await connection.ExecuteScalarAsync<string?>(
                "SELECT a.code FROM area a WHERE a.level = 4 AND a.shape.STIntersects(geography::Point(@lat, @lon, 4326)) = 1", new { lon, lat }))
                .ShouldBe(index.Locate(lon, lat)?.Grid?.Code, $"{lon}, {lat}");
        }
    }

    private async Task<AreaImportReport> UploadAsync(AreaStore areas, string geoJson, DateOnly validFrom)
    {
        using var directory = new AreaDirectory(areas, TimeProvider.System);
        using var import = new AreaImport(_store, directory);
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(geoJson));
        return (await import.RunAsync(file, new AreaImportRequest(CoordinateSystem.Wgs84, validFrom), Ended)).Report;
    }
}
