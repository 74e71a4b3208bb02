using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CommandCenter.Web.Demo;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Union;

namespace CommandCenter.Tests.Demo;

public class DemoCountyTests
{
    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);
    private static readonly DemoCounty County = DemoCounty.Instance;

    [Fact]
    public void Has_12_towns_96_villages_and_131_grids_on_some_1600_square_kilometres()
    {
        County.Towns.Count.ShouldBe(12);
        County.Villages.Count.ShouldBe(96);
        County.Grids.Count.ShouldBe(131);
        SquareKilometres(County.County).ShouldBeInRange(1500, 2000);
        County.County.Population.ShouldBeInRange(200_000, 210_000);
        County.Grids.ShouldAllBe(g => g.Population > 100 && g.Households > 30 && g.Households < g.Population);
        County.Villages.ShouldAllBe(v => County.Grids.Any(g => g.Code.StartsWith(v.Code, StringComparison.Ordinal)));
        County.Areas.Select(a => a.Code).ShouldBeUnique();
        County.Villages.Select(a => a.Name).ShouldBeUnique();
        County.Grids.Select(a => a.Name).ShouldBeUnique();
    }

    [Fact]
    public void Areas_are_valid_counter_clockwise_and_in_one_piece()
    {
        foreach (var area in County.Areas)
        {
            var polygon = Polygon(area);
            polygon.IsValid.ShouldBeTrue(area.Code);
            polygon.Shell.IsCCW.ShouldBeTrue(area.Code);
            polygon.Contains(polygon.InteriorPoint).ShouldBeTrue(area.Code);
        }
    }

    [Fact]
    public void Each_edge_of_a_grid_is_shared_with_one_neighbour_vertex_for_vertex_or_is_the_county_border()
    {
        var border = Edges(County.County).ToHashSet();
        var grids = County.Grids.SelectMany(Edges).ToArray();
        grids.ShouldBeUnique();
        var all = grids.ToHashSet();
        foreach (var (from, to) in grids)
        {
            // The neighbour runs along the same edge the other way.
            (all.Contains((to, from)) ^ border.Contains((from, to))).ShouldBeTrue();
        }
    }

    [Fact]
    public void Grids_make_up_their_village_villages_their_town_and_towns_the_county()
    {
        foreach (var (parents, children) in new[] { (County.Villages, County.Grids), (County.Towns, County.Villages), ([County.County], County.Towns) })
        {
            foreach (var parent in parents)
            {
                var within = children.Where(c => c.Code.StartsWith(parent.Code, StringComparison.Ordinal)).ToArray();
                var edges = within.SelectMany(Edges).ToHashSet();
                var outer = edges.Where(e => !edges.Contains((e.To, e.From))).ToHashSet();
                outer.SetEquals(Edges(parent)).ShouldBeTrue(parent.Code);
                within.Sum(c => c.Population).ShouldBe(parent.Population);
                UnaryUnionOp.Union(within.Select(c => (Geometry)Polygon(c)).ToArray()).Area.ShouldBe(Polygon(parent).Area, 1e-9);
            }
        }
    }

    [Fact]
    public void Codes_follow_the_code_rule_and_run_from_west_to_east()
    {
        County.County.Code.ShouldBe("990101");
        foreach (var town in County.Towns)
        {
            town.Code.Length.ShouldBe(9);
            int.Parse(town.Code[6..], CultureInfo.InvariantCulture).ShouldBeInRange(
                town.Type switch { "subdistrict" => 1, "town" => 100, _ => 200 }, town.Type switch { "subdistrict" => 99, "town" => 199, _ => 399 });
        }

        foreach (var village in County.Villages)
        {
            village.Code.Length.ShouldBe(12);
            village.Code[9].ShouldBe(village.Name.EndsWith("社区", StringComparison.Ordinal) ? '0' : '2');
            var grids = County.Grids.Where(g => g.Code.StartsWith(village.Code, StringComparison.Ordinal)).OrderBy(g => g.Code, StringComparer.Ordinal).ToArray();
            grids.Select(g => g.Code[12..]).ShouldBe(Enumerable.Range(1, grids.Length).Select(n => n.ToString("D3", CultureInfo.InvariantCulture)));
            grids.Select(g => Polygon(g).Centroid.X).ShouldBeInOrder();
        }
    }

    [Fact]
    public void Towns_are_compact_and_the_seat_is_denser_than_the_hills()
    {
        County.Towns.ShouldAllBe(t => 4 * Math.PI * Polygon(t).Area / Math.Pow(Polygon(t).Length, 2) > 0.35);
        var byTown = County.Grids.ToLookup(g => g.Code[..9], SquareKilometres);
        byTown["990101001"].Average().ShouldBeLessThan(byTown["990101107"].Average() / 4);
    }

    [Fact]
    public void The_river_crosses_the_county_and_parts_some_of_its_towns()
    {
        var river = Factory.CreateLineString([.. County.Waterways[0].Select(p => new Coordinate(p.Lon, p.Lat))]);
        Polygon(County.County).Buffer(0.0001).Covers(river).ShouldBeTrue();
        County.Towns.Count(t => Polygon(t).Intersection(river).Length > 0.01).ShouldBeGreaterThan(4);
        var shared = County.Towns.Sum(t => Polygon(t).Boundary.Intersection(river.Buffer(0.0003)).Length);
        shared.ShouldBeGreaterThan(river.Length * 0.3);
    }

    [Fact]
    public void It_is_the_same_county_every_time()
    {
        // The hash is of the file itself: whoever changes how the county is drawn changes the face of the product, and means to.
        Convert.ToHexString(SHA256.HashData(County.AreasGeoJson())).ShouldBe(Convert.ToHexString(SHA256.HashData(DemoCounty.Draw().AreasGeoJson())));
    }

    [Fact]
    public void The_file_is_geojson_with_the_properties_the_import_asks_for()
    {
        using var areas = JsonDocument.Parse(County.AreasGeoJson());
        var features = areas.RootElement.GetProperty("features").EnumerateArray().ToArray();
        features.Length.ShouldBe(1 + 12 + 96 + 131);
        features[0].GetProperty("properties").GetProperty("level").GetString().ShouldBe("county");
        features.ShouldAllBe(f => f.GetProperty("geometry").GetProperty("type").GetString() == "Polygon");
        using var river = JsonDocument.Parse(County.RiverGeoJson());
        river.RootElement.GetProperty("features").GetArrayLength().ShouldBe(2);
    }

    private static Polygon Polygon(DemoArea area) => Factory.CreatePolygon([.. area.Ring.Select(p => new Coordinate(p.Lon, p.Lat))]);

    private static double SquareKilometres(DemoArea area) => Polygon(area).Area * 111.32 * 111.32 * Math.Cos(area.Ring[0].Lat * Math.PI / 180);

    private static IEnumerable<((double, double) From, (double, double) To)> Edges(DemoArea area) => area.Ring.Zip(area.Ring.Skip(1));
}
