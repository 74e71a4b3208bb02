using NetTopologySuite.Geometries;

namespace CommandCenter.Data.Grids;

/// <summary>Orders boxes by where their centres lie on a Hilbert curve over all of them: neighbours on it are neighbours on the map.</summary>
internal static class HilbertOrder
{
    private const int Bits = 16;

    public static int[] Of(IReadOnlyList<Envelope> boxes)
    {
        var extent = new Envelope();
        foreach (var box in boxes)
        {
            extent.ExpandToInclude(box);
        }

        var scale = ((1 << Bits) - 1) / Math.Max(Math.Max(extent.Width, extent.Height), double.Epsilon * (1L << 40));
        var keys = new uint[boxes.Count];
        var order = new int[boxes.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            var centre = boxes[i].Centre;
            keys[i] = Distance((uint)((centre.X - extent.MinX) * scale), (uint)((centre.Y - extent.MinY) * scale));
            order[i] = i;
        }

        Array.Sort(keys, order);
        return order;
    }

    private static uint Distance(uint x, uint y)
    {
        uint distance = 0;
        for (var side = 1u << (Bits - 1); side > 0; side >>= 1)
        {
            var rx = (x & side) > 0 ? 1u : 0u;
            var ry = (y & side) > 0 ? 1u : 0u;
            distance += side * side * ((3 * rx) ^ ry);
            if (ry == 0)
            {
                if (rx == 1)
                {
                    x = ((1u << Bits) - 1) - x;
                    y = ((1u << Bits) - 1) - y;
                }

                (x, y) = (y, x);
            }
        }

        return distance;
    }
}
