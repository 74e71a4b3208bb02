namespace CommandCenter.Data.Grids;

/// <summary>
/// The edges of one large polygon by horizontal strips: a point meets only the edges of its own strip, so that a county outline
/// of 50,000 vertices costs about as much as a grid of 12.
/// </summary>
internal sealed class PartStrips
{
    private const int EdgesPerStrip = 4;

    private readonly double _minY;
    private readonly double _perDegree;
    private readonly int[] _start;
    private readonly int[] _edges; // the vertex at which the edge starts

    public PartStrips(PackedShapes shapes, int part)
    {
        var box = shapes.EnvelopeOfPart(part);
        int firstRing = shapes.PartStart[part], endRing = shapes.PartStart[part + 1];
        var strips = Math.Max(1, (shapes.RingStart[endRing] - shapes.RingStart[firstRing]) / EdgesPerStrip);
        _minY = box.MinY;
        _perDegree = strips / box.Height;
        _start = new int[strips + 1];
        ForEachEdge(shapes, firstRing, endRing, (_, from, to) =>
        {
            for (var strip = from; strip <= to; strip++)
            {
                _start[strip + 1]++;
            }
        });
        for (var strip = 0; strip < strips; strip++)
        {
            _start[strip + 1] += _start[strip];
        }

        _edges = new int[_start[^1]];
        var next = _start.AsSpan(0, strips).ToArray();
        ForEachEdge(shapes, firstRing, endRing, (vertex, from, to) =>
        {
            for (var strip = from; strip <= to; strip++)
            {
                _edges[next[strip]++] = vertex;
            }
        });
    }

    /// <summary>The edges that may lie at this latitude.</summary>
    public ReadOnlySpan<int> At(double y)
    {
        var strip = StripOf(y);
        return _edges.AsSpan(_start[strip], _start[strip + 1] - _start[strip]);
    }

    // Monotone in y, so that an edge is listed in every strip that a point on it can fall into.
    private int StripOf(double y) => Math.Clamp((int)((y - _minY) * _perDegree), 0, _start.Length - 2);

    private void ForEachEdge(PackedShapes shapes, int firstRing, int endRing, Action<int, int, int> visit)
    {
        for (var ring = firstRing; ring < endRing; ring++)
        {
            for (var v = shapes.RingStart[ring]; v < shapes.RingStart[ring + 1] - 1; v++)
            {
                double a = shapes.Xy[(2 * v) + 1], b = shapes.Xy[(2 * v) + 3];
                visit(v, StripOf(Math.Min(a, b)), StripOf(Math.Max(a, b)));
            }
        }
    }
}
