using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NetTopologySuite.Geometries;

namespace CommandCenter.Data.Grids;

/// <summary>Is told the boxes that a query meets.</summary>
internal interface IBoxVisitor
{
    /// <summary>Takes one box that was met; false ends the query.</summary>
    bool Visit(int item);
}

/// <summary>
/// A static R-tree in one array: boxes in the order of a Hilbert curve, sixteen to a node, the four sides of a node's boxes
/// side by side, so that a node is tested with a few vector instructions. Boxes are closed, and kept in single precision,
/// rounded outwards: half the memory, and now and then a box that is met by a hair. Whoever asks tests exactly anyway.
/// </summary>
internal sealed class PackedBoxTree
{
    private const int Width = 16;
    private const int NodeSize = 4 * Width;

    private readonly int[] _items;
    private readonly float[] _nodes;
    private readonly int[] _levelStart; // first node of each level, leaves first

    public PackedBoxTree(IReadOnlyList<Envelope> boxes)
    {
        _items = HilbertOrder.Of(boxes);
        var levels = new List<int> { 0 };
        var count = NodesFor(boxes.Count);
        var total = count;
        while (count > 1)
        {
            levels.Add(total);
            count = NodesFor(count);
            total += count;
        }

        _levelStart = [.. levels];
        _nodes = new float[total * NodeSize];
        for (var node = 0; node < total; node++)
        {
            // Lanes that hold no box must meet no query.
            _nodes.AsSpan(node * NodeSize, 2 * Width).Fill(float.PositiveInfinity);
            _nodes.AsSpan((node * NodeSize) + (2 * Width), 2 * Width).Fill(float.NegativeInfinity);
        }

        for (var i = 0; i < _items.Length; i++)
        {
            var box = boxes[_items[i]];
            Put(i, Below(box.MinX), Below(box.MinY), Above(box.MaxX), Above(box.MaxY));
        }

        for (var level = 1; level < _levelStart.Length; level++)
        {
            for (var child = _levelStart[level - 1]; child < _levelStart[level]; child++)
            {
                var lanes = _nodes.AsSpan(child * NodeSize, NodeSize);
                Put(
                    (_levelStart[level] * Width) + child - _levelStart[level - 1],
                    Min(lanes[..Width]), Min(lanes[Width..(2 * Width)]), Max(lanes[(2 * Width)..(3 * Width)]), Max(lanes[(3 * Width)..]));
            }
        }
    }

    /// <summary>Visits every box that meets the given one; a point is a box without extent.</summary>
    public void Query<TVisitor>(double minX, double minY, double maxX, double maxY, ref TVisitor visitor)
        where TVisitor : struct, IBoxVisitor
    {
        Vector256<float> left = Vector256.Create(Below(minX)), bottom = Vector256.Create(Below(minY));
        Vector256<float> right = Vector256.Create(Above(maxX)), top = Vector256.Create(Above(maxY));

        // Depth first: at most 15 siblings wait on each of the few levels.
        Span<int> stack = stackalloc int[Width * 10];
        var depth = 0;
        if (_items.Length > 0)
        {
            stack[depth++] = _levelStart[^1];
        }

        while (depth > 0)
        {
            var node = stack[--depth];
            var hits = Hits(node, left, bottom, right, top);
            if (hits == 0)
            {
                continue;
            }

            var level = LevelOf(node);
            var first = (node - _levelStart[level]) * Width;
            for (; hits != 0; hits &= hits - 1)
            {
                var child = first + int.TrailingZeroCount(hits);
                if (level > 0)
                {
                    stack[depth++] = _levelStart[level - 1] + child;
                }
                else if (!visitor.Visit(_items[child]))
                {
                    return;
                }
            }
        }
    }

    private static int NodesFor(int count) => (count + Width - 1) / Width;

    private int LevelOf(int node)
    {
        var level = _levelStart.Length - 1;
        while (node < _levelStart[level])
        {
            level--;
        }

        return level;
    }

    private int Hits(int node, Vector256<float> left, Vector256<float> bottom, Vector256<float> right, Vector256<float> top)
    {
        ref var at = ref MemoryMarshal.GetReference(_nodes.AsSpan(node * NodeSize, NodeSize));
        var hits = 0;
        for (var lane = 0; lane < Width; lane += Vector256<float>.Count)
        {
            var inside = Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref at, (nuint)lane), right)
                & Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref at, (nuint)(lane + Width)), top)
                & Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(ref at, (nuint)(lane + (2 * Width))), left)
                & Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(ref at, (nuint)(lane + (3 * Width))), bottom);
            hits |= (int)inside.ExtractMostSignificantBits() << lane;
        }

        return hits;
    }

    private void Put(int slot, float minX, float minY, float maxX, float maxY)
    {
        var at = (slot / Width * NodeSize) + (slot % Width);
        _nodes[at] = minX;
        _nodes[at + Width] = minY;
        _nodes[at + (2 * Width)] = maxX;
        _nodes[at + (3 * Width)] = maxY;
    }

    private static float Below(double value)
    {
        var near = (float)value;
        return near > value ? MathF.BitDecrement(near) : near;
    }

    private static float Above(double value)
    {
        var near = (float)value;
        return near < value ? MathF.BitIncrement(near) : near;
    }

    private static float Min(ReadOnlySpan<float> values)
    {
        var min = values[0];
        foreach (var value in values)
        {
            min = Math.Min(min, value);
        }

        return min;
    }

    private static float Max(ReadOnlySpan<float> values)
    {
        var max = values[0];
        foreach (var value in values)
        {
            max = Math.Max(max, value);
        }

        return max;
    }
}
