using CommandCenter.Data.Grids;
using FsCheck;
using FsCheck.Fluent;
using NetTopologySuite.Geometries;

namespace CommandCenter.Tests.Grids;

public class OverlapAreaTests
{
    [Fact]
    public void It_is_the_area_of_the_intersection() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed =>
        {
            var random = new Random(seed);
            Geometry a = Shape(random), b = Shape(random);
            if (a is not (Polygon or MultiPolygon) || b is not (Polygon or MultiPolygon) || a.IsEmpty || b.IsEmpty)
            {
                return;
            }

            var shapes = PackedShapes.Of([AreaWkb.Write(a), AreaWkb.Write(b)]);
            var box = a.EnvelopeInternal.Intersection(b.EnvelopeInternal);
            var found = box.IsNull ? 0 : new OverlapArea().Of(shapes, 0, shapes, 1, new(box.MinX, box.MinY, box.MaxX, box.MaxY));
            found.ShouldBe(a.Intersection(b).Area, 1e-9, $"seed {seed}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Neighbours_that_share_their_border_have_nothing_in_common()
    {
        var areas = new Benchmarks.Grids.Tiling(100).Grids().ToList();
        var shapes = PackedShapes.Of([.. areas.Select(area => AreaWkb.Write(area.Polygon))]);
        var overlap = new OverlapArea();
        for (var i = 1; i < areas.Count; i++)
        {
            var box = shapes.EnvelopeOf(i - 1).Intersection(shapes.EnvelopeOf(i));
            if (!box.IsNull)
            {
                overlap.Of(shapes, i - 1, shapes, i, new(box.MinX, box.MinY, box.MaxX, box.MaxY)).ShouldBeLessThan(areas[i].Polygon.Area * 1e-9);
            }
        }
    }

    private static Geometry Shape(Random random)
    {
        Geometry shape = new Point(110 + random.NextDouble(), 30 + random.NextDouble()).Buffer(0.1 + random.NextDouble(), random.Next(1, 9));
        return random.Next(2) == 0 ? shape : shape.SymmetricDifference(new Point(110 + random.NextDouble(), 30 + random.NextDouble()).Buffer(0.5, random.Next(1, 9)));
    }
}
