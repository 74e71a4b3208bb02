using System.Text.Json;
using CommandCenter.Data.Grids;
using FsCheck;
using FsCheck.Fluent;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace CommandCenter.Tests.Storage;

public abstract partial class StorageContract
{
    private const string Prefix = "990101001001";
    private static readonly DateOnly Day = new(2026, 1, 1);

    // Tenths of degrees: 001 with a hole that 002 fills but for a hole of its own, 003 in two parts, 004 a triangle, 005 and 006 towards the 180th meridian.
    private static readonly (string Code, string Wkt)[] Grids =
    [
        ("001", "POLYGON ((105 30, 105.3 30, 105.3 30.3, 105 30.3, 105 30), (105.1 30.1, 105.1 30.2, 105.2 30.2, 105.2 30.1, 105.1 30.1))"),
        ("002", "POLYGON ((105.1 30.1, 105.2 30.1, 105.2 30.2, 105.1 30.2, 105.1 30.1), (105.13 30.13, 105.13 30.16, 105.16 30.16, 105.16 30.13, 105.13 30.13))"),
        ("003", "MULTIPOLYGON (((105.3 30, 105.4 30, 105.4 30.1, 105.3 30.1, 105.3 30)), ((105.5 30.2, 105.6 30.2, 105.6 30.3, 105.5 30.3, 105.5 30.2)))"),
        ("004", "POLYGON ((105.4 30.1, 105.5 30.2, 105.4 30.2, 105.4 30.1))"),
        ("005", "POLYGON ((179.9 30, 180 30, 180 30.1, 179.9 30.1, 179.9 30))"),
        ("006", "POLYGON ((-180 30, -179.9 30, -179.9 30.1, -180 30.1, -180 30))"),
    ];

    [Theory]
    [InlineData("inside the first", "POLYGON ((105.01 30.01, 105.05 30.01, 105.05 30.05, 105.01 30.05, 105.01 30.01))", "001", "")]
    [InlineData("clockwise", "POLYGON ((105.01 30.01, 105.01 30.05, 105.05 30.05, 105.05 30.01, 105.01 30.01))", "001", "")]
    [InlineData("in the hole of the second", "POLYGON ((105.14 30.14, 105.15 30.14, 105.15 30.15, 105.14 30.15, 105.14 30.14))", "", "")]
    [InlineData("the hole of the first, to its edges", "POLYGON ((105.1 30.1, 105.2 30.1, 105.2 30.2, 105.1 30.2, 105.1 30.1))", "001 002", "002")]
    [InlineData("around everything, with a hole where the second is", "POLYGON ((104 29, 106 29, 106 31, 104 31, 104 29), (105.1 30.1, 105.1 30.2, 105.2 30.2, 105.2 30.1, 105.1 30.1))", "001 002 003 004", "001 003 004")]
    [InlineData("touching an edge from outside", "POLYGON ((104.9 30, 105 30, 105 30.3, 104.9 30.3, 104.9 30))", "001", "")]
    [InlineData("touching a corner from outside", "POLYGON ((104.9 29.9, 105 29.9, 105 30, 104.9 30, 104.9 29.9))", "001", "")]
    [InlineData("a hair away", "POLYGON ((104.9 30, 104.999999999 30, 104.999999999 30.3, 104.9 30.3, 104.9 30))", "", "")]
    [InlineData("between the parts", "POLYGON ((105.41 30, 105.49 30, 105.49 30.1, 105.41 30.1, 105.41 30))", "", "")]
    [InlineData("two parts, one of them far away", "MULTIPOLYGON (((105.3 30, 105.4 30, 105.4 30.1, 105.3 30.1, 105.3 30)), ((105.45 30, 106 30, 106 31, 105.45 31, 105.45 30)))", "001 003 004", "003")]
    [InlineData("the corner where two grids meet", "POLYGON ((105.4 30.1, 105.41 30.05, 105.42 30.08, 105.4 30.1))", "003 004", "")]
    [InlineData("at the 180th meridian", "POLYGON ((179 29, 180 29, 180 31, 179 31, 179 29))", "005", "005")]
    [InlineData("the whole earth", "POLYGON ((-180 -90, 180 -90, 180 90, -180 90, -180 -90))", "001 002 003 004 005 006", "001 002 003 004 005 006")]
    [InlineData("a thin strip far to the north", "POLYGON ((-170 80, 170 80, 170 90, -170 90, -170 80))", "", "")]
    public async Task Grids_in_a_polygon(string where, string wkt, string intersecting, string within)
    {
        var areas = await UploadGridsAsync();
        var shape = new WKTReader().Read(wkt);

        (await SearchAsync(areas, shape, AreaRelation.Intersects)).ShouldBe(intersecting, where);
        (await SearchAsync(areas, shape, AreaRelation.Within)).ShouldBe(within, where);
    }

    [Fact]
    public async Task Whatever_the_polygon_the_store_finds_the_areas_that_NetTopologySuite_finds_among_all()
    {
        var areas = await UploadGridsAsync();
        var index = await areas.ReadAsync(Day, Ended);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), async seed =>
        {
            var shape = Polygon(new Random(seed));
            foreach (var level in new AreaLevel?[] { AreaLevel.Grid, null })
            {
                var all = Enum.GetValues<AreaLevel>().Where(l => level is null || l == level).SelectMany(index.Of).OrderBy(a => a.Code, StringComparer.Ordinal).ToList();
                (await CodesAsync(areas, shape, AreaRelation.Intersects, level, seed)).ShouldBe(all.Where(a => shape.Intersects(a.Shape)).Select(a => a.Code), shape.AsText());
                (await CodesAsync(areas, shape, AreaRelation.Within, level, seed)).ShouldBe(all.Where(a => shape.Covers(a.Shape)).Select(a => a.Code), shape.AsText());
            }
        }));
    }

    [Fact]
    public async Task A_polygon_is_asked_of_the_areas_of_its_day()
    {
        var areas = await UploadGridsAsync();
        var everywhere = new WKTReader().Read("POLYGON ((104 29, 106 29, 106 31, 104 31, 104 29))");

        (await areas.SearchAsync(new AreaSearch(everywhere, AreaRelation.Intersects, AreaLevel.Grid, Day.AddDays(-1), After: null, 10), Ended)).ShouldBeEmpty();
        (await areas.SearchAsync(new AreaSearch(everywhere, AreaRelation.Intersects, AreaLevel.County, Day, After: null, 10), Ended)).ShouldHaveSingleItem().Name.ShouldBe("云溪县");
    }

    private static async Task<string> SearchAsync(AreaStore areas, Geometry shape, AreaRelation relation) =>
        string.Join(' ', (await areas.SearchAsync(new AreaSearch(shape, relation, AreaLevel.Grid, Day, After: null, 100), Ended)).Select(row => row.Code[^3..]));

    private static async Task<List<string>> CodesAsync(AreaStore areas, Geometry shape, AreaRelation relation, AreaLevel? level, int seed)
    {
        var (codes, limit) = (new List<string>(), 1 + (seed % 4));
        while (true)
        {
            var page = await areas.SearchAsync(new AreaSearch(shape, relation, level, Day, codes.Count > 0 ? codes[^1] : null, limit), Ended);
            codes.AddRange(page.Select(row => row.Code));
            if (page.Count < limit)
            {
                return codes;
            }
        }
    }

    // Often on the twentieths of degrees where edges and corners of the grids lie; sometimes with a hole.
    private static Geometry Polygon(Random random)
    {
        double Number(double from) => random.Next(3) == 0 ? from + (random.NextDouble() * 0.8) : from + (random.Next(16) * 0.05);
        var factory = new GeometryFactory(new PrecisionModel(), 4326);
        while (true)
        {
            var corners = Enumerable.Range(0, random.Next(3, 7)).Select(_ => new Coordinate(Number(104.9), Number(29.8))).ToList();
            if (factory.CreateMultiPointFromCoords([.. corners]).ConvexHull() is Polygon { Area: > 0 } hull)
            {
                var inside = hull.Buffer(-0.05);
                return random.Next(3) == 0 && inside is Polygon { Area: > 0 } ? hull.Difference(inside) : hull;
            }
        }
    }

    private async Task<AreaStore> UploadGridsAsync()
    {
        var areas = new AreaStore(_store);
        var county = (Wkt: "POLYGON ((104.9 29.9, 105.7 29.9, 105.7 30.4, 104.9 30.4, 104.9 29.9))", Name: "云溪县");
        var features = new[] { ("990101", "county"), ("990101001", "town"), (Prefix, "village") }.Select(a => Feature(a.Item1, county.Name, a.Item2, county.Wkt))
            .Concat(Grids.Select(g => Feature(Prefix + g.Code, $"第{g.Code}网格", "grid", g.Wkt)));
        var report = await UploadAsync(areas, JsonSerializer.Serialize(new { type = "FeatureCollection", features }), Day);
        report.Rejected.ShouldBeEmpty();
        return areas;
    }

    private static object Feature(string code, string name, string level, string wkt)
    {
        static double[][] Ring(LineString ring) => [.. ring.Coordinates.Select(c => new[] { c.X, c.Y })];
        static double[][][] Rings(Polygon polygon) => [Ring(polygon.ExteriorRing), .. polygon.InteriorRings.Select(Ring)];
        var shape = new WKTReader().Read(wkt);
        object coordinates = shape is Polygon one ? Rings(one) : ((MultiPolygon)shape).Geometries.Select(p => Rings((Polygon)p)).ToArray();
        return new { type = "Feature", properties = new { code, name, level }, geometry = new { type = shape.GeometryType, coordinates } };
    }
}
