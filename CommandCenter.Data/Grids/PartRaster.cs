using NetTopologySuite.Geometries;

namespace CommandCenter.Data.Grids;

/// <summary>
/// A grid of equal cells over the boxes of many polygons, each with the list of those that reach into it: two reads of memory
/// instead of the descent of a tree. Right where polygons are spread evenly, as the cells of counties side by side are;
/// <see cref="Of"/> declines where they crowd, and the tree serves.
/// </summary>
internal sealed class PartRaster
{
    private const int CellsPerBox = 2;

    // With more to look at than this, on average over the points that lie in a polygon, the tree is faster.
    private const double MostCandidates = 8;
    private const int MostEntriesPerBox = 32;

    private readonly double _minX;
    private readonly double _minY;
    private readonly double _perDegree;
    private readonly int _columns;
    private readonly int _rows;
    private readonly int[] _start;
    private readonly int[] _items = [];

    private PartRaster(IReadOnlyList<Envelope> boxes, Envelope extent)
    {
        _minX = extent.MinX;
        _minY = extent.MinY;
        _perDegree = Math.Sqrt(CellsPerBox * (double)boxes.Count / extent.Area);
        _columns = Math.Max(1, (int)Math.Ceiling(extent.Width * _perDegree));
        _rows = Math.Max(1, (int)Math.Ceiling(extent.Height * _perDegree));
        _start = new int[(_columns * _rows) + 1];
        long entries = 0;
        for (var i = 0; i < boxes.Count && entries <= (long)MostEntriesPerBox * boxes.Count; i++)
        {
            entries += Visit(boxes[i], cell => _start[cell + 1]++);
        }

        // How many boxes a point meets: cells count by how many boxes lie in them, because that is where the points are.
        var weighted = 0.0;
        for (var cell = 0; cell < _start.Length - 1; cell++)
        {
            weighted += (double)_start[cell + 1] * _start[cell + 1];
            _start[cell + 1] += _start[cell];
        }

        IsWorthwhile = entries <= (long)MostEntriesPerBox * boxes.Count && weighted <= MostCandidates * entries;
        if (!IsWorthwhile)
        {
            return;
        }

        _items = new int[_start[^1]];
        var next = _start.AsSpan(0, _start.Length - 1).ToArray();
        for (var i = 0; i < boxes.Count; i++)
        {
            var item = i;
            Visit(boxes[i], cell => _items[next[cell]++] = item);
        }
    }

    private bool IsWorthwhile { get; }

    /// <summary>Null where a tree does better.</summary>
    public static PartRaster? Of(IReadOnlyList<Envelope> boxes)
    {
        var extent = new Envelope();
        foreach (var box in boxes)
        {
            extent.ExpandToInclude(box);
        }

        // A long thin extent would have more cells along it than the number of boxes speaks for.
        if (boxes.Count == 0 || !(extent.Width > 0 && extent.Height > 0) || Math.Max(extent.Width, extent.Height) > 1000 * Math.Min(extent.Width, extent.Height))
        {
            return null;
        }

        var raster = new PartRaster(boxes, extent);
        return raster.IsWorthwhile ? raster : null;
    }

    /// <summary>The boxes that may hold a point.</summary>
    public ReadOnlySpan<int> At(double x, double y)
    {
        double column = (x - _minX) * _perDegree, row = (y - _minY) * _perDegree;

        // The eastern and northern rim may fall one cell beyond the last by rounding.
        if (!(column >= 0 && column <= _columns && row >= 0 && row <= _rows))
        {
            return [];
        }

        var cell = (Math.Min((int)row, _rows - 1) * _columns) + Math.Min((int)column, _columns - 1);
        return _items.AsSpan(_start[cell], _start[cell + 1] - _start[cell]);
    }

    // The same arithmetic as for a point, monotone in both coordinates: a point in a box never falls into a cell outside of it.
    private long Visit(Envelope box, Action<int> visit)
    {
        int left = Column(box.MinX), right = Column(box.MaxX), bottom = Row(box.MinY), top = Row(box.MaxY);
        for (var row = bottom; row <= top; row++)
        {
            for (var column = left; column <= right; column++)
            {
                visit((row * _columns) + column);
            }
        }

        return (long)(right - left + 1) * (top - bottom + 1);
    }

    private int Column(double x) => Math.Clamp((int)((x - _minX) * _perDegree), 0, _columns - 1);

    private int Row(double y) => Math.Clamp((int)((y - _minY) * _perDegree), 0, _rows - 1);
}
