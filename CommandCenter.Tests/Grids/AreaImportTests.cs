using System.Text;
using System.Text.Json;
using CommandCenter.Data.Events;
using CommandCenter.Data.Grids;
using CommandCenter.Tests.Benchmarks.Grids;

namespace CommandCenter.Tests.Grids;

/// <summary>One grid after another is put beside a good county, and the report is read.</summary>
public class AreaImportTests
{
    private const string Square = "[[110,28],[110.01,28],[110.01,28.01],[110,28.01],[110,28]]";

    private static string Grid(string geometry, string code = "990101100200001", string properties = """ "name":"一网格","level":"grid" """) =>
        $$"""{"type":"Feature","properties":{"code":"{{code}}",{{properties}}},"geometry":{{geometry}}}""";

    private static string Polygon(string ring) => $$"""{"type":"Polygon","coordinates":[{{ring}}]}""";

    private static byte[] FileOf(params string[] features) =>
        Encoding.UTF8.GetBytes($$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""");

    /// <summary>The county, town and village that the grids lie in, well away from them.</summary>
    private static string[] Above => [.. new Tiling(1, lon: 120).UpperAreas().Select(GeoJsonFile.Feature)];

    private static async Task<AreaImportReport> TakeAsync(params string[] features)
    {
        await using var world = await AreaWorld.CreateAsync();
        return await world.UploadAsync(FileOf([.. Above, .. features]));
    }

    public static TheoryData<string, AreaFault> BadFeatures => new()
    {
        { """{"type":"Polygon"}""", AreaFault.NotFeature },
        { "7", AreaFault.NotFeature },
        { Grid("null"), AreaFault.NoGeometry },
        { Grid("""{"type":"Polygon","coordinates":[]}"""), AreaFault.NoGeometry },
        { """{"type":"Feature","properties":{"code":"990101100200001","name":"一","level":"grid"}}""", AreaFault.NoGeometry },
        { Grid("""{"type":"Point","coordinates":[110,28]}"""), AreaFault.WrongGeometryType },
        { Grid("""{"coordinates":[[110,28],[111,28]],"type":"LineString"}"""), AreaFault.WrongGeometryType },
        { Grid("""{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[110,28]}]}"""), AreaFault.WrongGeometryType },
        { Grid(Polygon("""[[110,28],["a",28],[110.01,28.01],[110,28]]""")), AreaFault.MalformedCoordinates },
        { Grid(Polygon("[[110,28],[110.01],[110.01,28.01],[110,28]]")), AreaFault.MalformedCoordinates },
        { Grid($$"""{"type":"MultiPolygon","coordinates":[{{Square}}]}"""), AreaFault.MalformedCoordinates },
        { Grid(Polygon("[[110,28],[110.01,28],[110,28]]")), AreaFault.NoArea },
        { Grid(Polygon("[[110,28],[110.01,28],[110.02,28],[110,28]]")), AreaFault.NoArea },
        { Grid(Polygon("[[110,28],[110.01,28.01],[110.01,28],[110,28.01],[110,28]]")), AreaFault.SelfCrossing },
        { Grid(Polygon("[[110,28],[200,28],[200,28.01],[110,28]]")), AreaFault.CoordinatesOutOfRange },
        { Grid(Polygon("[[110,28],[1e999,28],[110,28.01],[110,28]]")), AreaFault.CoordinatesOutOfRange },
        { Grid(Polygon("[[28,110],[28.01,110],[28.01,110.01],[28,110]]")), AreaFault.LatLonSwapped },
        { Grid(Polygon("[[39.4,75.9],[39.5,75.9],[39.5,76],[39.4,75.9]]")), AreaFault.LatLonSwapped },
        { Grid(Polygon("[[500000,3100000],[500100,3100000],[500100,3100100],[500000,3100000]]")), AreaFault.ProjectedMetres },
        { Grid(Polygon(Square), "990101100200", """ "name":"一","level":"grid" """), AreaFault.BadCode },
        { Grid(Polygon(Square), "99010110020000x"), AreaFault.BadCode },
        { Grid(Polygon(Square), "990101100500001"), AreaFault.BadCode },
        { Grid(Polygon(Square), "990101100200001", """ "name":"","level":"grid" """), AreaFault.MissingProperty },
        { Grid(Polygon(Square), "990101100200001", """ "name":"一" """), AreaFault.MissingProperty },
        { $$"""{"type":"Feature","properties":null,"geometry":{{Polygon(Square)}}}""", AreaFault.MissingProperty },
        { Grid(Polygon(Square), "990101100200001", """ "name":"一","level":"street" """), AreaFault.BadProperty },
        { Grid(Polygon(Square), "990101100200001", """ "name":"一","level":"grid","population":-1 """), AreaFault.BadProperty },
        { Grid(Polygon(Square), "990101100200001", $""" "name":"{new string('长', 101)}","level":"grid" """), AreaFault.BadProperty },
        { Grid(Polygon(Square), "990101100200001", """ "name":"一\u0000","level":"grid" """), AreaFault.BadProperty },
        { Grid(Polygon(Square), "990101100201001"), AreaFault.UnknownParent },
        { Grid(Polygon(Square), "990199100201001"), AreaFault.UnknownParent },
    };

    [Theory]
    [MemberData(nameof(BadFeatures))]
    public async Task A_bad_feature_is_refused_with_its_reason(string feature, AreaFault reason)
    {
        var report = await TakeAsync(feature);
        report.Accepted.ShouldBeFalse();
        report.Taken.ShouldBe(0);
        var rejected = report.Rejected.ShouldHaveSingleItem();
        rejected.Reason.Fault.ShouldBe(reason);
        rejected.Index.ShouldBe(Above.Length);
        rejected.Reason.Zh.ShouldNotBeNullOrWhiteSpace();
        rejected.Reason.En.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task A_code_used_twice_names_the_first()
    {
        var report = await TakeAsync(Grid(Polygon(Square)), Grid(Polygon(Square)));
        var rejected = report.Rejected.ShouldHaveSingleItem();
        rejected.Reason.Fault.ShouldBe(AreaFault.DuplicateCode);
        rejected.Index.ShouldBe(Above.Length + 1);
        rejected.Reason.En.ShouldContain($"feature {Above.Length} ");
    }

    [Fact]
    public async Task Of_two_grids_that_overlap_the_later_is_refused_and_the_first_named()
    {
        var report = await TakeAsync(
            Grid(Polygon(Square)), Grid(Polygon("[[110.005,28],[110.02,28],[110.02,28.01],[110.005,28.01],[110.005,28]]"), "990101100200002"));
        var rejected = report.Rejected.ShouldHaveSingleItem();
        rejected.Reason.Fault.ShouldBe(AreaFault.Overlap);
        rejected.Code.ShouldBe("990101100200002");
        rejected.Reason.En.ShouldContain("990101100200001");
    }

    [Fact]
    public async Task An_overlap_within_the_tolerance_is_taken() => (await TakeAsync(
        Grid(Polygon(Square)),
        Grid(Polygon("[[110.00999,28],[110.02,28],[110.02,28.01],[110.00999,28.01],[110.00999,28]]"), "990101100200002"))).Accepted.ShouldBeTrue();

    [Fact]
    public async Task A_grid_that_fills_the_hole_of_another_is_taken() => (await TakeAsync(
        Grid(Polygon($"{Square},[[110.002,28.002],[110.002,28.004],[110.004,28.004],[110.004,28.002],[110.002,28.002]]")),
        Grid(Polygon("[[110.002,28.002],[110.004,28.002],[110.004,28.004],[110.002,28.004],[110.002,28.002]]"), "990101100200002"))).Accepted.ShouldBeTrue();

    public static TheoryData<string, AreaRepairs> MendedShapes => new()
    {
        { Polygon("[[110,28],[110.01,28],[110.01,28.01],[110,28.01]]"), AreaRepairs.RingClosed },
        { Polygon("[[110,28],[110,28.01],[110.01,28.01],[110.01,28],[110,28]]"), AreaRepairs.RingOrientation },
        { Polygon("[[110,28],[110.01,28],[110.01,28],[110.01,28.01],[110,28.01],[110,28]]"), AreaRepairs.DuplicatePoints },
        { Polygon($"{Square},[[110.002,28.002],[110.004,28.002],[110.004,28.004],[110.002,28.004],[110.002,28.002]]"), AreaRepairs.RingOrientation },
        { Polygon("[[110,28],[110.01,28],[110.01,28.005],[110.012,28.005],[110.01,28.005],[110.01,28.01],[110,28.01],[110,28]]"), AreaRepairs.SelfTouch },
        { Polygon("[[110,28],[110.005,28.005],[110.01,28],[110.01,28.01],[110.005,28.005],[110,28.01],[110,28]]"), AreaRepairs.SelfTouch },
        { Polygon("[[110,28],[110.01,28],[110.01,28.01],[110,28.01],[110,28.0001],[110.0001,27.9999],[110,28]]"), AreaRepairs.SmallCrossing },
        { Polygon($"{Square},[[110.002,28.002],[110.004,28.002],[110.002,28.002]]"), AreaRepairs.CollapsedRingDropped },
        {
            $$"""{"type":"MultiPolygon","coordinates":[[{{Square}}],[[[110.005,28],[110.02,28],[110.02,28.01],[110.005,28.01],[110.005,28]]]]}""",
            AreaRepairs.PartsMerged
        },
        { $$"""{"geometries":[{"type":"Point","coordinates":[110,28]},{{Polygon(Square)}}],"type":"GeometryCollection"}""", AreaRepairs.TakenFromCollection },
    };

    [Theory]
    [MemberData(nameof(MendedShapes))]
    public async Task What_can_be_mended_is_mended_and_told(string geometry, AreaRepairs repair)
    {
        await using var world = await AreaWorld.CreateAsync();
        var report = await world.UploadAsync(FileOf([.. Above, Grid(geometry)]));
        report.Accepted.ShouldBeTrue(string.Join(' ', report.Rejected.Select(rejected => rejected.Reason.En)));
        report.Repaired.ShouldHaveSingleItem().Repairs.HasFlag(repair).ShouldBeTrue(report.Repaired[0].Repairs.ToString());
        var shape = world.Directory.Current.Find("990101100200001")!.Shape;
        shape.IsValid.ShouldBeTrue();
        world.Directory.Current.Locate(110.008, 28.005)!.Grid!.Code.ShouldBe("990101100200001");
    }

    [Fact]
    public async Task Exteriors_are_stored_counter_clockwise_and_holes_clockwise()
    {
        await using var world = await AreaWorld.CreateAsync();
        await world.UploadAsync(FileOf([.. Above, Grid(Polygon(
            "[[110,28],[110,28.01],[110.01,28.01],[110.01,28],[110,28]],[[110.002,28.002],[110.004,28.002],[110.004,28.004],[110.002,28.004],[110.002,28.002]]"))]));
        var shape = (NetTopologySuite.Geometries.Polygon)world.Directory.Current.Find("990101100200001")!.Shape;
        ((NetTopologySuite.Geometries.LinearRing)shape.ExteriorRing).IsCCW.ShouldBeTrue();
        ((NetTopologySuite.Geometries.LinearRing)shape.InteriorRings[0]).IsCCW.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"type":"Feature"}""", AreaFault.NotFeatureCollection)]
    [InlineData("""{"type":"Topology","features":[]}""", AreaFault.NotFeatureCollection)]
    [InlineData("""{"features":[]}""", AreaFault.NotFeatureCollection)]
    [InlineData("""[1,2]""", AreaFault.NotFeatureCollection)]
    [InlineData("""{"type":"FeatureCollection"}""", AreaFault.NotFeatureCollection)]
    [InlineData("""{"type":"FeatureCollection","features":[]}""", AreaFault.NoFeatures)]
    [InlineData("""{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3857"}},"features":[]}""", AreaFault.UnsupportedCrs)]
    public async Task A_file_of_another_kind_is_refused_as_a_whole(string file, AreaFault reason)
    {
        await using var world = await AreaWorld.CreateAsync();
        var rejected = (await world.UploadAsync(Encoding.UTF8.GetBytes(file))).Rejected.ShouldHaveSingleItem();
        rejected.Index.ShouldBeNull();
        rejected.Reason.Fault.ShouldBe(reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("""{"type":"FeatureCollection","features":[{"type":"Feature",]}""")]
    [InlineData("""{"type":"FeatureCollection","features":[]""")]
    [InlineData("""{"type":"FeatureCollection","features":[]} x""")]
    public async Task What_is_not_JSON_is_told_as_such(string file)
    {
        await using var world = await AreaWorld.CreateAsync();
        await Should.ThrowAsync<JsonException>(() => world.UploadAsync(Encoding.UTF8.GetBytes(file)));
        world.Directory.Current.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Members_may_come_in_any_order_with_others_between_and_a_byte_order_mark_first()
    {
        await using var world = await AreaWorld.CreateAsync();
        var features = string.Join(',', Above);
        var file = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(
            $$"""
              { "features": [{{features}}], "name": "x", "bbox": [1,2,3,4],
                "crs": { "type": "name", "properties": { "name": "urn:ogc:def:crs:OGC:1.3:CRS84" } }, "type": "FeatureCollection" }
              """)).ToArray();
        (await world.UploadAsync(file)).Taken.ShouldBe(3);
    }

    [Fact]
    public async Task Good_features_are_taken_when_a_part_is_asked_for()
    {
        await using var world = await AreaWorld.CreateAsync();
        var report = await world.UploadAsync(FileOf([.. Above, Grid(Polygon(Square)), Grid("null", "990101100200002")]), partial: true);
        report.Accepted.ShouldBeTrue();
        (report.Taken, report.RejectedTotal).ShouldBe((4, 1));
        world.Directory.Current.Of(AreaLevel.Grid).ShouldHaveSingleItem().Code.ShouldBe("990101100200001");
    }

    [Fact]
    public async Task Rejecting_a_village_rejects_the_grids_below_it()
    {
        await using var world = await AreaWorld.CreateAsync();
        var report = await world.UploadAsync(FileOf([.. Above[..2], Grid("null", "990101100200", """ "name":"村","level":"village" """), Grid(Polygon(Square))]), partial: true);
        report.Rejected.Select(rejected => rejected.Reason.Fault).ShouldBe([AreaFault.NoGeometry, AreaFault.UnknownParent]);
        report.Taken.ShouldBe(2);
    }

    [Fact]
    public async Task Other_systems_are_converted_on_the_way_in()
    {
        await using var world = await AreaWorld.CreateAsync();
        var tiling = new Tiling(10).Areas().ToList();
        (await world.UploadAsync(GeoJsonFile.Of(tiling), crs: CoordinateSystem.Gcj02)).Accepted.ShouldBeTrue();
        var first = tiling[^1].Ring[0];
        var (lon, lat) = CoordinateTransform.ToWgs84(CoordinateSystem.Gcj02, first.X, first.Y);
        world.Directory.Current.Find(tiling[^1].Code)!.Shape.Coordinates.ShouldContain(at => Math.Abs(at.X - lon) < 1e-12 && Math.Abs(at.Y - lat) < 1e-12);
    }

    [Fact]
    public async Task A_dry_run_stores_nothing_and_makes_a_preview()
    {
        await using var world = await AreaWorld.CreateAsync();
        var file = GeoJsonFile.Of(new Tiling(2100).Areas());
        var result = await world.Import.RunAsync(new MemoryStream(file), new AreaImportRequest(CoordinateSystem.Wgs84, DryRun: true), CancellationToken.None);
        result.Report.Accepted.ShouldBeTrue();
        result.Preview!.IsWhole.ShouldBeFalse();
        result.Preview.Drawn.ShouldBe(2 + 21 + 210);
        using var json = JsonDocument.Parse(result.Preview.ToGeoJson());
        json.RootElement.GetProperty("features").GetArrayLength().ShouldBe(result.Preview.Drawn);
        world.Directory.Current.Count.ShouldBe(0);
        (await world.Log.HeadAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task An_upload_that_was_taken_is_in_the_log()
    {
        await using var world = await AreaWorld.CreateAsync();
        await world.UploadAsync(new Tiling(10).Areas());
        var logged = (await world.Log.ReadAfterAsync(0, 10, CancellationToken.None)).ShouldHaveSingleItem();
        logged.Event.ShouldBe(new AreasReplaced(new DateOnly(2026, 6, 1), 13, 0));
    }

    [Fact]
    public async Task A_file_larger_than_the_buffer_is_read_piece_by_piece()
    {
        await using var world = await AreaWorld.CreateAsync();
        var file = GeoJsonFile.Of(new Tiling(6000).Areas());
        file.Length.ShouldBeGreaterThan(3_000_000);
        using var trickle = new TricklingStream(file);
        var result = await world.Import.RunAsync(trickle, new AreaImportRequest(CoordinateSystem.Wgs84), CancellationToken.None);
        result.Report.TakenByLevel[AreaLevel.Grid].ShouldBe(6000);
    }

    /// <summary>Gives out odd pieces, as a network does.</summary>
    private sealed class TricklingStream(byte[] content) : MemoryStream(content)
    {
        private readonly Random _random = new(1);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, _random.Next(1, 50_000))], cancellationToken);
    }
}
