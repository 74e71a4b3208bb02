using CommandCenter.Data.Grids;
using CommandCenter.Tests.Benchmarks.Grids;
using FsCheck;
using FsCheck.Fluent;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace CommandCenter.Tests.Grids;

public class AreaIndexTests
{
    private const string West = "990101100200001", East = "990101100200002";

    private static AreaIndex IndexOf(params (string Code, string Wkt)[] areas) =>
        AreaIndex.Build(areas.Select((area, i) => AreaRow.Of(i + 1, area.Code, area.Code, new WKTReader().Read(area.Wkt))), 1);

    [Fact]
    public void A_point_on_a_shared_edge_belongs_to_the_grid_with_the_lowest_code()
    {
        var index = IndexOf((East, "POLYGON((1 0,2 0,2 1,1 1,1 0))"), (West, "POLYGON((0 0,1 0,1 1,0 1,0 0))"));
        index.Locate(1, 0.5)!.Grid!.Code.ShouldBe(West);
        index.Locate(1, 1)!.Grid!.Code.ShouldBe(West);
        index.Locate(1.0000001, 0.5)!.Grid!.Code.ShouldBe(East);
    }

    [Fact]
    public void A_hole_is_outside_and_its_rim_inside()
    {
        var index = IndexOf((West, "POLYGON((0 0,3 0,3 3,0 3,0 0),(1 1,1 2,2 2,2 1,1 1))"));
        index.Locate(1.5, 1.5).ShouldBeNull();
        index.Locate(1, 1.5)!.Grid!.Code.ShouldBe(West);
        index.Locate(0.5, 0.5)!.Grid!.Code.ShouldBe(West);
    }

    [Fact]
    public void Every_part_of_a_multipolygon_counts()
    {
        var index = IndexOf((West, "MULTIPOLYGON(((0 0,1 0,1 1,0 1,0 0)),((5 5,6 5,6 6,5 6,5 5)))"));
        index.Locate(0.5, 0.5)!.Grid!.Code.ShouldBe(West);
        index.Locate(5.5, 5.5)!.Grid!.Code.ShouldBe(West);
        index.Locate(3, 3).ShouldBeNull();
    }

    [Fact]
    public void A_point_in_a_town_but_in_no_grid_answers_the_levels_that_hold_it()
    {
        var index = IndexOf(
            ("990101", "POLYGON((0 0,9 0,9 9,0 9,0 0))"), ("990101100", "POLYGON((0 0,5 0,5 5,0 5,0 0))"), (West, "POLYGON((0 0,1 0,1 1,0 1,0 0))"));
        var found = index.Locate(4, 4)!;
        (found.Grid, found.Village).ShouldBe((null, null));
        found.Town!.Code.ShouldBe("990101100");
        found.County!.Code.ShouldBe("990101");
        index.Locate(8, 8)!.Town.ShouldBeNull();
        index.Locate(10, 10).ShouldBeNull();
    }

    [Fact]
    public void A_grid_brings_the_areas_above_it_by_its_code()
    {
        var index = AreaIndex.Build(new Tiling(100).Areas().Select((area, i) => area.ToRow(i + 1)), 7);
        var grid = index.Of(AreaLevel.Grid)[42];
        var at = grid.Shape.InteriorPoint;
        var found = index.Locate(at.X, at.Y)!;
        found.Grid.ShouldBe(grid);
        found.Village!.Code.ShouldBe(grid.ParentCode);
        found.Town!.Code.ShouldBe(grid.Code[..9]);
        found.County!.Code.ShouldBe("990101");
        (index.Version, index.Count).ShouldBe((7, 100 + 10 + 1 + 1));
    }

    [Fact]
    public void Areas_below_an_area_are_found_by_its_code()
    {
        var index = AreaIndex.Build(new Tiling(300).Areas().Select((area, i) => area.ToRow(i + 1)), 1);
        index.Of(AreaLevel.Grid, "990101101").Select(grid => grid.Code[..9]).Distinct().ShouldBe(["990101101"]);
        index.Of(AreaLevel.Grid, "990101101").Count.ShouldBe(100);
        index.Of(AreaLevel.Village, "990101").Count.ShouldBe(30);
        index.Of(AreaLevel.Town, "").Count.ShouldBe(3);
        index.Of(AreaLevel.Grid, "990109").ShouldBeEmpty();
    }

    // Holes, several parts, many vertices, corners and edges that are hit exactly: NTS is asked about every area.
    [Fact]
    public void Its_answers_are_those_of_asking_every_polygon() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed =>
        {
            var random = new Random(seed);
            var shapes = Enumerable.Range(0, 30).Select(_ => RandomShape(random)).Where(shape => !shape.IsEmpty).ToList();
            var index = AreaIndex.Build(shapes.Select((shape, i) => AreaRow.Of(i + 1, $"990101100200{i + 1:000}", $"{i}", shape)), 1);
            var corners = shapes.SelectMany(shape => shape.Coordinates).Select(at => (at.X, at.Y));
            var anywhere = Enumerable.Range(0, 200).Select(_ => (X: random.NextDouble() * 12, Y: random.NextDouble() * 12));
            var onLattice = Enumerable.Range(0, 100).Select(_ => (X: random.Next(0, 49) / 4.0, Y: random.Next(0, 49) / 4.0));
            foreach (var (x, y) in corners.Concat(anywhere).Concat(onLattice))
            {
                var expected = shapes.FindIndex(shape => shape.Covers(new Point(x, y)));
                (index.Locate(x, y)?.Grid?.Id ?? 0).ShouldBe(expected + 1, $"({x}, {y}), seed {seed}");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    // Cells side by side are found by a raster, counties far apart by a tree.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Real_tilings_answer_as_asking_every_polygon(bool farApart)
    {
        var grids = new Tiling(200).Grids().ToList();
        if (farApart)
        {
            grids.AddRange(new Tiling(200, lon: 75, lat: 39, firstCounty: 650101).Grids());
        }

        grids = [.. grids.OrderBy(grid => grid.Code, StringComparer.Ordinal)];
        var index = AreaIndex.Build(grids.Select((grid, i) => grid.ToRow(i + 1)), 1);
        var polygons = grids.ConvertAll(grid => grid.Polygon);
        var random = new Random(7);
        var near = grids.SelectMany(grid => grid.Ring).Select(at => (at.X, at.Y)).Distinct().ToList();
        var between = near.Select(at => (X: at.X + ((random.NextDouble() - 0.5) * 0.004), Y: at.Y + ((random.NextDouble() - 0.5) * 0.004))).ToList();
        foreach (var (x, y) in near.Concat(between))
        {
            var point = new Point(x, y);
            var expected = polygons.FindIndex(polygon => polygon.EnvelopeInternal.Contains(point.Coordinate) && polygon.Covers(point));
            (index.Locate(x, y)?.Grid?.Id ?? 0).ShouldBe(expected + 1, $"({x}, {y})");
        }
    }

    private static Geometry RandomShape(Random random)
    {
        var shape = Blob(random);
        shape = random.Next(3) switch
        {
            0 => shape.Difference(Blob(random)),
            1 => shape.Union(Blob(random)),
            _ => shape,
        };
        return shape is Polygon or MultiPolygon ? shape : new Polygon(null);
    }

    // Corners on quarters, so that edges run through lattice points and through one another's corners.
    private static Geometry Blob(Random random)
    {
        double x = random.Next(8, 40) / 4.0, y = random.Next(8, 40) / 4.0;
        if (random.Next(2) == 0)
        {
            return new GeometryFactory().ToGeometry(new Envelope(x, x + (random.Next(1, 12) / 4.0), y, y + (random.Next(1, 12) / 4.0)));
        }

        return new Point(x, y).Buffer(random.NextDouble() * 2.5, random.Next(1, 40));
    }
}
