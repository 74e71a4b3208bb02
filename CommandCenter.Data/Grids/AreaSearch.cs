using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;

namespace CommandCenter.Data.Grids;

/// <summary>How an area must lie to a shape. Edges are straight in longitude and latitude and belong to the shape, as for <see cref="AreaIndex.Locate"/>.</summary>
public enum AreaRelation
{
    /// <summary>They share at least one point; one on both edges will do.</summary>
    Intersects,

    /// <summary>No point of the area lies outside the shape; edges may touch.</summary>
    Within,
}

/// <summary>Areas asked for by shape.</summary>
/// <param name="Shape">Polygon or multipolygon, valid, degrees in WGS84; any orientation of rings.</param>
/// <param name="Level">Null is all.</param>
/// <param name="On">County day on which they are in force.</param>
/// <param name="After">The code that the last page ended with; null from the start.</param>
public sealed record AreaSearch(Geometry Shape, AreaRelation Relation, AreaLevel? Level, DateOnly On, string? After, int Limit)
{
    // An engine that takes an edge for the shortest way on the earth sees it bend away from the straight one by up to w² / 16
    // degrees · π / 180 for w degrees of longitude. This allows for grids with edges of 9 degrees, some 800 km.
    private const double Margin = 0.1;

    // Beyond, the margin is no longer enough for the search box itself, and the engine would hardly narrow.
    private const double WidestBox = 30, FarthestNorth = 80;

    private readonly IPreparedGeometry _prepared = PreparedGeometryFactory.Prepare(Shape);

    /// <summary>Decides.</summary>
    public bool Holds(AreaRow row)
    {
        var area = PackedShapes.Of([row.Wkb]).GeometryOf(0);
        return Relation switch
        {
            AreaRelation.Intersects => _prepared.Intersects(area),
            AreaRelation.Within => _prepared.Covers(area),
            _ => throw new InvalidOperationException($"{Relation} is not decided."),
        };
    }

    internal GeoBox Box => Shape.EnvelopeInternal is var box ? new GeoBox(box.MinX, box.MinY, box.MaxX, box.MaxY) : default;

    /// <summary>
    /// A polygon as WKB outside of which no grid can meet the shape, also to an engine whose edges are the shortest ways on the
    /// earth; null where there is none worth asking for.
    /// </summary>
    internal byte[]? Reach()
    {
        var box = Box;
        if (Level != AreaLevel.Grid || box.MaxLon - box.MinLon > WidestBox || Math.Max(Math.Abs(box.MinLat), Math.Abs(box.MaxLat)) > FarthestNorth)
        {
            return null;
        }

        double west = box.MinLon - Margin, east = box.MaxLon + Margin;
        if (west < -180 || east > 180)
        {
            return null;
        }

        // A vertex every degree or so: their edges stray 100 m at most from the parallel.
        var steps = (int)Math.Ceiling(east - west);
        var ring = new List<double>(4 * (steps + 2));
        for (var i = 0; i <= steps; i++)
        {
            ring.AddRange([west + ((east - west) * i / steps), box.MinLat - Margin - 0.01]);
        }

        for (var i = steps; i >= 0; i--)
        {
            ring.AddRange([west + ((east - west) * i / steps), box.MaxLat + Margin + 0.01]);
        }

        ring.AddRange([ring[0], ring[1]]);
        return AreaWkb.WriteRing([.. ring]);
    }
}
