using NetTopologySuite.Algorithm;

namespace CommandCenter.Data.Grids;

/// <summary>
/// Counts how often the ray from a point to the east crosses edges: odd is inside. The rules for vertices and horizontal edges
/// and the exact orientation test are those of NTS's RayCrossingCounter, so that both give the same answers.
/// </summary>
internal struct PointInRings(double x, double y)
{
    private int _crossings;

    public bool OnEdge { get; private set; }

    public readonly bool Holds => OnEdge || (_crossings & 1) == 1;

    public void CountEdge(double x1, double y1, double x2, double y2)
    {
        // Most edges of a polygon pass above or below, or to the west.
        if ((y1 > y && y2 > y) || (y1 < y && y2 < y) || (x1 < x && x2 < x))
        {
            return;
        }

        if (x == x2 && y == y2)
        {
            OnEdge = true;
            return;
        }

        if (y1 == y && y2 == y)
        {
            OnEdge |= Math.Min(x1, x2) <= x && x <= Math.Max(x1, x2);
            return;
        }

        if ((y1 > y && y2 <= y) || (y2 > y && y1 <= y))
        {
            var side = SideOf(x1, y1, x2, y2, x, y);
            if (side == 0)
            {
                OnEdge = true;
            }
            else if ((y2 < y1 ? -side : side) > 0)
            {
                _crossings++;
            }
        }
    }

    /// <summary>1 when (x, y) lies left of the directed line, −1 right, 0 exactly on it.</summary>
    public static int SideOf(double x1, double y1, double x2, double y2, double x, double y)
    {
        var left = (x1 - x) * (y2 - y);
        var right = (y1 - y) * (x2 - x);
        var determinant = left - right;

        // Shewchuk's bound: beyond it the sign of the rounded determinant is the true one.
        var bound = 1e-15 * (Math.Abs(left) + Math.Abs(right));
        return determinant > bound ? 1 : determinant < -bound ? -1 : CGAlgorithmsDD.OrientationIndex(x1, y1, x2, y2, x, y);
    }
}
