using System.Runtime.InteropServices;

namespace CommandCenter.Data.Grids;

/// <summary>
/// The area that two shapes have in common, in square degrees, by horizontal slabs: between two neighbouring latitudes at which
/// an edge begins, ends or crosses another, both shapes are rows of trapezoids, whose common area is their common width halfway
/// up times the height. Needs no topology, so nothing can fail on nearly equal edges; a shared edge contributes rounding error
/// only (relative 1e-11). Reused; not safe for two threads.
/// </summary>
internal sealed class OverlapArea
{
    private readonly List<Edge> _a = [];
    private readonly List<Edge> _b = [];
    private readonly List<double> _stops = [];
    private readonly List<double> _crossA = [];
    private readonly List<double> _crossB = [];

    public double Of(PackedShapes shapesA, int areaA, PackedShapes shapesB, int areaB, in Box common)
    {
        if (!(common.Height > 0 && common.Width > 0))
        {
            return 0;
        }

        _stops.Clear();
        _stops.Add(common.MinY);
        _stops.Add(common.MaxY);
        Collect(shapesA, areaA, common, _a);
        Collect(shapesB, areaB, common, _b);
        if (_a.Count == 0 || _b.Count == 0)
        {
            return 0;
        }

        AddCrossings(common);
        _stops.Sort();
        _a.Sort(static (p, q) => p.Bottom.CompareTo(q.Bottom));
        _b.Sort(static (p, q) => p.Bottom.CompareTo(q.Bottom));
        return Sum(common);
    }

    private double Sum(in Box common)
    {
        int fromA = 0, fromB = 0;
        var sum = 0.0;
        for (var i = 1; i < _stops.Count; i++)
        {
            double low = _stops[i - 1], high = _stops[i];
            if (high <= low)
            {
                continue;
            }

            var y = low + ((high - low) / 2);
            CrossAt(_a, y, common, _crossA, ref fromA);
            CrossAt(_b, y, common, _crossB, ref fromB);
            sum += CommonWidth() * (high - low);
        }

        return sum;
    }

    private void Collect(PackedShapes shapes, int area, in Box common, List<Edge> edges)
    {
        edges.Clear();
        var xy = shapes.Xy;
        int firstRing = shapes.PartStart[shapes.AreaStart[area]], endRing = shapes.PartStart[shapes.AreaStart[area + 1]];
        for (var ring = firstRing; ring < endRing; ring++)
        {
            for (var v = shapes.RingStart[ring]; v < shapes.RingStart[ring + 1] - 1; v++)
            {
                double x1 = xy[2 * v], y1 = xy[(2 * v) + 1], x2 = xy[(2 * v) + 2], y2 = xy[(2 * v) + 3];
                if (y1 == y2)
                {
                    continue;
                }

                var edge = y1 < y2 ? new Edge(x1, y1, x2, y2) : new Edge(x2, y2, x1, y1);
                if (edge.Top <= common.MinY || edge.Bottom >= common.MaxY)
                {
                    continue;
                }

                edges.Add(edge);
                AddStop(edge.Bottom, common);
                AddStop(edge.Top, common);
            }
        }
    }

    private void AddCrossings(in Box common)
    {
        foreach (ref readonly var a in CollectionsMarshal.AsSpan(_a))
        {
            if (a.Right < common.MinX || a.Left > common.MaxX)
            {
                continue;
            }

            foreach (ref readonly var b in CollectionsMarshal.AsSpan(_b))
            {
                double low = Math.Max(a.Bottom, b.Bottom), high = Math.Min(a.Top, b.Top);
                if (low >= high || a.Right < b.Left || b.Right < a.Left)
                {
                    continue;
                }

                // The distance between the two lines changes its sign where they cross.
                double atLow = a.At(low) - b.At(low), atHigh = a.At(high) - b.At(high);
                if ((atLow < 0 && atHigh > 0) || (atLow > 0 && atHigh < 0))
                {
                    AddStop(low + ((high - low) * (atLow / (atLow - atHigh))), common);
                }
            }
        }
    }

    private void AddStop(double y, in Box common)
    {
        if (y > common.MinY && y < common.MaxY)
        {
            _stops.Add(y);
        }
    }

    private static void CrossAt(List<Edge> edges, double y, in Box common, List<double> cross, ref int from)
    {
        cross.Clear();
        var all = CollectionsMarshal.AsSpan(edges);
        while (from < all.Length && all[from].Top <= y)
        {
            from++; // Sorted by their lower end: what ended first is passed for good.
        }

        for (var i = from; i < all.Length && all[i].Bottom < y; i++)
        {
            if (all[i].Top > y)
            {
                cross.Add(Math.Clamp(all[i].At(y), common.MinX, common.MaxX));
            }
        }

        cross.Sort();
    }

    // Inside is between the first and second crossing, the third and fourth, and so on.
    private double CommonWidth()
    {
        int i = 0, j = 0;
        var width = 0.0;
        while (i + 1 < _crossA.Count && j + 1 < _crossB.Count)
        {
            var overlap = Math.Min(_crossA[i + 1], _crossB[j + 1]) - Math.Max(_crossA[i], _crossB[j]);
            width += Math.Max(0, overlap);
            if (_crossA[i + 1] < _crossB[j + 1])
            {
                i += 2;
            }
            else
            {
                j += 2;
            }
        }

        return width;
    }

    /// <summary>Degrees.</summary>
    internal readonly record struct Box(double MinX, double MinY, double MaxX, double MaxY)
    {
        public double Width => MaxX - MinX;

        public double Height => MaxY - MinY;
    }

    private readonly record struct Edge(double BottomX, double Bottom, double TopX, double Top)
    {
        public double Left => Math.Min(BottomX, TopX);

        public double Right => Math.Max(BottomX, TopX);

        public double At(double y) => BottomX + ((TopX - BottomX) * ((y - Bottom) / (Top - Bottom)));
    }
}
