using System.Runtime.InteropServices;
using NetTopologySuite.Geometries;

namespace CommandCenter.Data.Grids;

/// <summary>Which of many areas hold a point. Edges belong to an area; of several holders the one with the lowest number is told.</summary>
internal sealed class PolygonIndex
{
    // Below this, walking all edges is as fast as finding the strip.
    private const int LargePart = 48;

    private readonly PackedShapes _shapes;
    private readonly Part[] _parts;
    private readonly PartStrips?[] _strips;
    private readonly PartRaster? _raster;
    private readonly PackedBoxTree? _tree;

    /// <summary>Indexes the areas <paramref name="from"/> … <paramref name="to"/> − 1 of a set of shapes.</summary>
    public PolygonIndex(PackedShapes shapes, int from, int to)
    {
        _shapes = shapes;
        var firstPart = shapes.AreaStart[from];
        var count = shapes.AreaStart[to] - firstPart;
        _parts = new Part[count];
        _strips = new PartStrips?[count];
        var boxes = new Envelope[count];
        for (var area = from; area < to; area++)
        {
            for (var part = shapes.AreaStart[area]; part < shapes.AreaStart[area + 1]; part++)
            {
                var i = part - firstPart;
                boxes[i] = shapes.EnvelopeOfPart(part);
                int ring = shapes.PartStart[part], endRing = shapes.PartStart[part + 1];
                _strips[i] = shapes.RingStart[endRing] - shapes.RingStart[ring] > LargePart ? new PartStrips(shapes, part) : null;
                _parts[i] = new Part(boxes[i], area, part, shapes.RingStart[ring], endRing - ring == 1 && _strips[i] is null ? shapes.RingStart[endRing] : 0);
            }
        }

        _raster = PartRaster.Of(boxes);
        _tree = _raster is null ? new PackedBoxTree(boxes) : null;
    }

    /// <summary>The lowest-numbered area that holds the point or has it on its edge; −1 when none does.</summary>
    public int Lowest(double x, double y)
    {
        var search = new Search(this, x, y);
        if (_raster is null)
        {
            _tree!.Query(x, y, x, y, ref search);
            return search.Lowest;
        }

        foreach (var item in _raster.At(x, y))
        {
            search.Visit(item);
        }

        return search.Lowest;
    }

    private bool Holds(int item, in Part part, double x, double y)
    {
        var point = new PointInRings(x, y);
        var xy = _shapes.Xy;
        if (part.EndVertex > 0)
        {
            Count(ref point, xy.AsSpan(2 * part.FirstVertex, 2 * (part.EndVertex - part.FirstVertex)));
        }
        else if (_strips[item] is { } strips)
        {
            foreach (var v in strips.At(y))
            {
                point.CountEdge(xy[2 * v], xy[(2 * v) + 1], xy[(2 * v) + 2], xy[(2 * v) + 3]);
            }
        }
        else
        {
            for (var ring = _shapes.PartStart[part.Index]; ring < _shapes.PartStart[part.Index + 1]; ring++)
            {
                Count(ref point, xy.AsSpan(2 * _shapes.RingStart[ring], 2 * (_shapes.RingStart[ring + 1] - _shapes.RingStart[ring])));
            }
        }

        return point.Holds;
    }

    private static void Count(ref PointInRings point, ReadOnlySpan<double> ring)
    {
        for (var i = 3; i < ring.Length; i += 2)
        {
            point.CountEdge(ring[i - 3], ring[i - 2], ring[i - 1], ring[i]);
        }
    }

    /// <summary>What is needed to pass a polygon by, or to walk the most common kind, in half a cache line. The box is rounded outwards.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Part(Envelope box, int area, int index, int firstVertex, int endVertex)
    {
        private readonly float _minX = MathF.BitDecrement((float)box.MinX);
        private readonly float _minY = MathF.BitDecrement((float)box.MinY);
        private readonly float _maxX = MathF.BitIncrement((float)box.MaxX);
        private readonly float _maxY = MathF.BitIncrement((float)box.MaxY);

        public readonly int Area = area;
        public readonly int Index = index;
        public readonly int FirstVertex = firstVertex;

        /// <summary>The end of its only ring; 0 when it has several, or strips.</summary>
        public readonly int EndVertex = endVertex;

        public bool MayHold(double x, double y) => x >= _minX && x <= _maxX && y >= _minY && y <= _maxY;
    }

    private struct Search(PolygonIndex index, double x, double y) : IBoxVisitor
    {
        public int Lowest { get; private set; } = -1;

        public bool Visit(int item)
        {
            ref readonly var part = ref index._parts[item];
            if (part.MayHold(x, y) && (Lowest < 0 || part.Area < Lowest) && index.Holds(item, part, x, y))
            {
                Lowest = part.Area;
            }

            return true;
        }
    }
}
