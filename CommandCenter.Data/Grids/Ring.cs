namespace CommandCenter.Data.Grids;

/// <summary>Closed rings as longitude and latitude by turns, the first vertex again at the end.</summary>
internal static class Ring
{
    /// <summary>Square degrees; positive when counter-clockwise.</summary>
    public static double SignedArea(ReadOnlySpan<double> ring)
    {
        // Relative to the first vertex: products of full coordinates would lose half of the digits.
        double x0 = ring[0], y0 = ring[1], sum = 0;
        for (var i = 2; i + 3 < ring.Length; i += 2)
        {
            sum += ((ring[i] - x0) * (ring[i + 3] - y0)) - ((ring[i + 2] - x0) * (ring[i + 1] - y0));
        }

        return sum / 2;
    }

    /// <summary>All vertices lie on one line.</summary>
    public static bool HasNoExtent(ReadOnlySpan<double> ring)
    {
        for (var i = 4; i < ring.Length; i += 2)
        {
            if (PointInRings.SideOf(ring[0], ring[1], ring[2], ring[3], ring[i], ring[i + 1]) != 0)
            {
                return false;
            }
        }

        return true;
    }

    public static void Reverse(Span<double> ring)
    {
        ring.Reverse();
        for (var i = 0; i < ring.Length; i += 2)
        {
            (ring[i], ring[i + 1]) = (ring[i + 1], ring[i]);
        }
    }

    /// <summary>No two edges meet, but neighbours at their common vertex. Exact; for small rings.</summary>
    public static bool IsSimple(ReadOnlySpan<double> ring)
    {
        var edges = (ring.Length / 2) - 1;
        for (var a = 0; a < edges; a++)
        {
            var first = ring.Slice(2 * a, 4);
            var spike = ring.Slice(2 * ((a + 1) % edges), 4);
            if (TurnsBack(first, spike))
            {
                return false;
            }

            for (var b = a + 2; b < edges; b++)
            {
                if (!(a == 0 && b == edges - 1) && Meet(first, ring.Slice(2 * b, 4)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool TurnsBack(ReadOnlySpan<double> edge, ReadOnlySpan<double> next) =>
        (((edge[2] - edge[0]) * (next[2] - next[0])) + ((edge[3] - edge[1]) * (next[3] - next[1]))) < 0
        && PointInRings.SideOf(edge[0], edge[1], edge[2], edge[3], next[2], next[3]) == 0;

    private static bool Meet(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (Math.Max(a[0], a[2]) < Math.Min(b[0], b[2]) || Math.Max(b[0], b[2]) < Math.Min(a[0], a[2])
            || Math.Max(a[1], a[3]) < Math.Min(b[1], b[3]) || Math.Max(b[1], b[3]) < Math.Min(a[1], a[3]))
        {
            return false;
        }

        // With boxes that meet, the segments do unless one lies wholly on one side of the other's line.
        return PointInRings.SideOf(a[0], a[1], a[2], a[3], b[0], b[1]) * PointInRings.SideOf(a[0], a[1], a[2], a[3], b[2], b[3]) <= 0
            && PointInRings.SideOf(b[0], b[1], b[2], b[3], a[0], a[1]) * PointInRings.SideOf(b[0], b[1], b[2], b[3], a[2], a[3]) <= 0;
    }
}
