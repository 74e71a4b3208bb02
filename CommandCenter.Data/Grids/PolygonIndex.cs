using NetTopologySuite.Geometries;

namespace CommandCenter.Data.Grids;

/// <summary>Which of many areas hold a point. Edges belong to an area; of several holders the one with the lowest number is told.</summary>
internal sealed class PolygonIndex
{
    // Below this, walking all edges is as fast as finding the strip.
    private const int LargePart = 48;

    private readonly PackedShapes _shapes;
    private readonly PackedBoxTree _tree;
    private readonly int _firstPart;
    private readonly int[] _areaOfPart;
    private readonly PartStrips?[] _strips;

    /// <summary>Indexes the areas <paramref name="from"/> … <paramref name="to"/> − 1 of a set of shapes.</summary>
    public PolygonIndex(PackedShapes shapes, int from, int to)
    {
        _shapes = shapes;
        _firstPart = shapes.AreaStart[from];
        var count = shapes.AreaStart[to] - _firstPart;
        _areaOfPart = new int[count];
        _strips = new PartStrips?[count];
        var boxes = new Envelope[count];
        for (var area = from; area < to; area++)
        {
            for (var part = shapes.AreaStart[area]; part < shapes.AreaStart[area + 1]; part++)
            {
                var i = part - _firstPart;
                _areaOfPart[i] = area;
                boxes[i] = shapes.EnvelopeOfPart(part);
                var vertices = shapes.RingStart[shapes.PartStart[part + 1]] - shapes.RingStart[shapes.PartStart[part]];
                _strips[i] = vertices > LargePart ? new PartStrips(shapes, part) : null;
            }
        }

        _tree = new PackedBoxTree(boxes);
    }

    /// <summary>The lowest-numbered area that holds the point or has it on its edge; −1 when none does.</summary>
    public int Lowest(double x, double y)
    {
        var search = new Search(this, x, y);
        _tree.Query(x, y, x, y, ref search);
        return search.Lowest;
    }

    private bool PartHolds(int part, double x, double y)
    {
        var point = new PointInRings(x, y);
        var xy = _shapes.Xy;
        if (_strips[part] is { } strips)
        {
            foreach (var v in strips.At(y))
            {
                point.CountEdge(xy[2 * v], xy[(2 * v) + 1], xy[(2 * v) + 2], xy[(2 * v) + 3]);
            }

            return point.Holds;
        }

        var at = part + _firstPart;
        for (var ring = _shapes.PartStart[at]; ring < _shapes.PartStart[at + 1]; ring++)
        {
            var edges = xy.AsSpan(2 * _shapes.RingStart[ring], 2 * (_shapes.RingStart[ring + 1] - _shapes.RingStart[ring]));
            for (var i = 3; i < edges.Length; i += 2)
            {
                point.CountEdge(edges[i - 3], edges[i - 2], edges[i - 1], edges[i]);
            }
        }

        return point.Holds;
    }

    private struct Search(PolygonIndex index, double x, double y) : IBoxVisitor
    {
        public int Lowest { get; private set; } = -1;

        public bool Visit(int item)
        {
            var area = index._areaOfPart[item];
            if ((Lowest < 0 || area < Lowest) && index.PartHolds(item, x, y))
            {
                Lowest = area;
            }

            return true;
        }
    }
}
