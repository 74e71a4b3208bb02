namespace CommandCenter.Web.Demo.Terrain;

/// <summary>
/// The borders of the smallest areas, drawn once. Every larger area takes its ring from the same drawing, so neighbours and levels
/// share their edges vertex for vertex.
/// </summary>
internal sealed class BorderNetwork
{
    private readonly CellMesh _mesh;
    private readonly PlanePoint[] _corners;
    private readonly List<CellEdge> _edges;
    private readonly Dictionary<int, List<int>> _next = [];

    /// <param name="smallest">The smallest area each cell belongs to; −1 outside the county.</param>
    public BorderNetwork(CellMesh mesh, int[] smallest)
    {
        _mesh = mesh;
        _corners = [.. mesh.Corners];
        _edges = [.. _mesh.Edges.Where(e => smallest[e.CellA] != smallest[e.CellB])];
        foreach (var edge in _edges)
        {
            Link(edge.Left, edge.Right);
            Link(edge.Right, edge.Left);
        }

        // Inwards and a little less outwards again (Taubin): takes the teeth of the cells away without shrinking what they draw.
        for (var round = 0; round < 3; round++)
        {
            Relax(0.5);
            Relax(-0.42);
        }

        Relax(0.3);

        void Link(int from, int to)
        {
            if (!_next.TryGetValue(from, out var list))
            {
                _next[from] = list = new List<int>(3);
            }

            list.Add(to);
        }
    }

    /// <summary>The outer ring of one area, counter-clockwise, closed.</summary>
    /// <param name="area">The area each cell belongs to, at the level asked for.</param>
    /// <exception cref="InvalidOperationException">The area is not one piece without holes.</exception>
    public List<PlanePoint> Ring(int[] area, int number)
    {
        var follow = new Dictionary<int, int>();
        foreach (var edge in _edges)
        {
            if ((area[edge.CellA] == number) == (area[edge.CellB] == number))
            {
                continue;
            }

            // With the area on the left hand.
            var (from, to) = area[edge.CellA] == number ? (edge.Right, edge.Left) : (edge.Left, edge.Right);
            follow.Add(from, to);
        }

        var start = follow.Keys.Min();
        var (at, seen) = (start, 0);
        var ring = new List<PlanePoint>();
        do
        {
            var to = follow[at];
            ring.Add(_corners[at]);
            at = to;
            seen++;
        }
        while (at != start);
        if (seen != follow.Count)
        {
            throw new InvalidOperationException($"Area {number} is not one piece without holes.");
        }

        ring.Add(ring[0]);
        return ring;
    }

    private void Relax(double strength)
    {
        var moved = _next
            .Where(corner => !_mesh.OnWater[corner.Key])
            .Select(corner => (corner.Key, corner.Value.Aggregate(default(PlanePoint), (sum, c) => sum + _corners[c]) * (1.0 / corner.Value.Count)))
            .ToArray();
        foreach (var (corner, middle) in moved)
        {
            _corners[corner] += (middle - _corners[corner]) * strength;
        }
    }
}
