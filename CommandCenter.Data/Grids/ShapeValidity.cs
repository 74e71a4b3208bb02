using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Valid;

namespace CommandCenter.Data.Grids;

/// <summary>Shapes with holes, with several parts, with many vertices, or not simple: judged by NTS and mended where the meaning is beyond doubt.</summary>
internal static class ShapeValidity
{
    // How much of its area a mended shape may gain or lose against what its rings enclosed.
    private const double SmallShare = 0.01;
    private const double NoShare = 1e-9;

    public static AreaRejection? Ensure(ReadOnlySpan<double> xy, ReadOnlySpan<int> ringEnds, ReadOnlySpan<int> partEnds, AreaCandidate candidate)
    {
        var parts = new List<Geometry>(partEnds.Length);
        int ring = 0, vertex = 0;
        foreach (var partEnd in partEnds)
        {
            var enclosed = 0.0;
            var rings = new List<LinearRing>(partEnd - ring);
            for (; ring < partEnd; ring++)
            {
                var vertices = xy[(2 * vertex)..(2 * ringEnds[ring])];
                vertex = ringEnds[ring];
                enclosed += Ring.SignedArea(vertices);
                rings.Add(RingOf(vertices));
            }

            var polygon = AreaWkb.Factory.CreatePolygon(rings[0], [.. rings.Skip(1)]);
            if (Mended(polygon, enclosed, candidate, out var rejection) is not { } part)
            {
                return rejection;
            }

            parts.Add(part);
        }

        return Finish(parts, candidate);
    }

    private static AreaRejection? Finish(List<Geometry> parts, AreaCandidate candidate)
    {
        Geometry shape = parts.Count == 1
            ? parts[0]
            : AreaWkb.Factory.CreateMultiPolygon([.. parts.SelectMany(Polygons)]);
        if (parts.Count > 1 && !shape.IsValid)
        {
            candidate.Repairs |= AreaRepairs.PartsMerged;
            shape = OverlayNGRobust.Union((Geometry)AreaWkb.Factory.CreateGeometryCollection([.. parts]));
        }

        var polygons = Polygons(shape).Where(polygon => polygon.Area > 0).ToArray();
        if (polygons.Length == 0)
        {
            return AreaRejection.NoArea();
        }

        candidate.Wkb = AreaWkb.Write(polygons.Length == 1 ? polygons[0] : AreaWkb.Factory.CreateMultiPolygon(polygons));
        return null;
    }

    private static Geometry? Mended(Polygon polygon, double enclosed, AreaCandidate candidate, out AreaRejection? rejection)
    {
        rejection = null;
        if (new IsValidOp(polygon).ValidationError is not { } error)
        {
            return polygon;
        }

        var mended = GeometryFixer.Fix(polygon);
        var share = mended.Area > 0 ? Math.Abs(mended.Area - enclosed) / mended.Area : 1;
        if (mended.IsEmpty || share > SmallShare)
        {
            rejection = AreaRejection.SelfCrossing(error.Coordinate?.X ?? double.NaN, error.Coordinate?.Y ?? double.NaN);
            return null;
        }

        candidate.Repairs |= share > NoShare ? AreaRepairs.SmallCrossing : AreaRepairs.SelfTouch;
        return mended;
    }

    private static IEnumerable<Polygon> Polygons(Geometry geometry) => geometry switch
    {
        Polygon polygon => [polygon],
        GeometryCollection collection => collection.Geometries.SelectMany(Polygons),
        _ => [],
    };

    private static LinearRing RingOf(ReadOnlySpan<double> xy)
    {
        var coordinates = new Coordinate[xy.Length / 2];
        for (var i = 0; i < coordinates.Length; i++)
        {
            coordinates[i] = new Coordinate(xy[2 * i], xy[(2 * i) + 1]);
        }

        return AreaWkb.Factory.CreateLinearRing(coordinates);
    }
}
