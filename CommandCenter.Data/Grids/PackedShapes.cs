using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NetTopologySuite.Geometries;

namespace CommandCenter.Data.Grids;

/// <summary>
/// The polygons of many areas in a few flat arrays: a geometry object per area would cost several times the memory and a cache
/// miss per hop. Area → parts (polygons) → rings (the first is the exterior) → vertices. Degrees, WGS84.
/// </summary>
internal sealed class PackedShapes
{
    private PackedShapes(double[] xy, int[] ringStart, int[] partStart, int[] areaStart)
    {
        Xy = xy;
        RingStart = ringStart;
        PartStart = partStart;
        AreaStart = areaStart;
    }

    /// <summary>Longitude and latitude by turns.</summary>
    public double[] Xy { get; }

    /// <summary>First vertex of each ring, and one more for the end.</summary>
    public int[] RingStart { get; }

    /// <summary>First ring of each part, and one more for the end.</summary>
    public int[] PartStart { get; }

    /// <summary>First part of each area, and one more for the end.</summary>
    public int[] AreaStart { get; }

    public int Areas => AreaStart.Length - 1;

    public int Parts => PartStart.Length - 1;

    /// <summary>Packs shapes in well-known binary, as <see cref="AreaWkb"/> writes it.</summary>
    public static PackedShapes Of(IReadOnlyList<byte[]> wkb)
    {
        int vertices = 0, rings = 0, parts = 0;
        foreach (var shape in wkb)
        {
            AreaWkb.Count(shape, ref parts, ref rings, ref vertices);
        }

        var packed = new PackedShapes(new double[vertices * 2], new int[rings + 1], new int[parts + 1], new int[wkb.Count + 1]);
        vertices = rings = parts = 0;
        for (var area = 0; area < wkb.Count; area++)
        {
            packed.Append(wkb[area], ref parts, ref rings, ref vertices);
            packed.AreaStart[area + 1] = parts;
        }

        return packed;
    }

    public Envelope EnvelopeOfPart(int part)
    {
        var ring = PartStart[part];
        var box = new Envelope();
        for (var v = RingStart[ring]; v < RingStart[ring + 1]; v++)
        {
            box.ExpandToInclude(Xy[2 * v], Xy[(2 * v) + 1]);
        }

        return box;
    }

    public Envelope EnvelopeOf(int area)
    {
        var box = new Envelope();
        for (var part = AreaStart[area]; part < AreaStart[area + 1]; part++)
        {
            box.ExpandToInclude(EnvelopeOfPart(part));
        }

        return box;
    }

    /// <summary>One area as a geometry object, a polygon or a multipolygon, SRID 4326.</summary>
    public Geometry GeometryOf(int area)
    {
        var polygons = new Polygon[AreaStart[area + 1] - AreaStart[area]];
        for (var i = 0; i < polygons.Length; i++)
        {
            var part = AreaStart[area] + i;
            var shell = RingAt(PartStart[part]);
            var holes = new LinearRing[PartStart[part + 1] - PartStart[part] - 1];
            for (var h = 0; h < holes.Length; h++)
            {
                holes[h] = RingAt(PartStart[part] + 1 + h);
            }

            polygons[i] = AreaWkb.Factory.CreatePolygon(shell, holes);
        }

        return polygons.Length == 1 ? polygons[0] : AreaWkb.Factory.CreateMultiPolygon(polygons);
    }

    private LinearRing RingAt(int ring)
    {
        var coordinates = new Coordinate[RingStart[ring + 1] - RingStart[ring]];
        for (var i = 0; i < coordinates.Length; i++)
        {
            var v = RingStart[ring] + i;
            coordinates[i] = new Coordinate(Xy[2 * v], Xy[(2 * v) + 1]);
        }

        return AreaWkb.Factory.CreateLinearRing(coordinates);
    }

    private void Append(ReadOnlySpan<byte> wkb, ref int parts, ref int rings, ref int vertices)
    {
        var count = AreaWkb.IsMulti(wkb) ? AreaWkb.IntAt(wkb, 5) : 1;
        var at = AreaWkb.IsMulti(wkb) ? 9 : 0;
        for (var p = 0; p < count; p++)
        {
            var ringCount = AreaWkb.IntAt(wkb, at + 5);
            at += 9;
            for (var r = 0; r < ringCount; r++)
            {
                var n = AreaWkb.IntAt(wkb, at);
                at += 4;
                var target = Xy.AsSpan(vertices * 2, n * 2);
                wkb.Slice(at, n * 16).CopyTo(MemoryMarshal.AsBytes(target));
                if (!BitConverter.IsLittleEndian)
                {
                    foreach (ref var value in target)
                    {
                        value = BitConverter.Int64BitsToDouble(BinaryPrimitives.ReverseEndianness(BitConverter.DoubleToInt64Bits(value)));
                    }
                }

                at += n * 16;
                vertices += n;
                RingStart[++rings] = vertices;
            }

            PartStart[++parts] = rings;
        }
    }
}
