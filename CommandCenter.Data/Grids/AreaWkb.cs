using System.Buffers.Binary;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace CommandCenter.Data.Grids;

/// <summary>
/// Well-known binary of polygons and multipolygons: little-endian, two dimensions, no SRID inside. The form in which shapes
/// travel to and from both databases.
/// </summary>
internal static class AreaWkb
{
    private const int PolygonType = 3;
    private const int MultiPolygonType = 6;

    /// <summary>SRID 4326, double precision.</summary>
    public static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    /// <summary>Writes a polygon or multipolygon; exterior rings counter-clockwise, holes clockwise.</summary>
    public static byte[] Write(Geometry shape)
    {
        if (shape is not (Polygon or MultiPolygon))
        {
            throw new ArgumentException($"A {shape.GeometryType} is not the shape of an area.", nameof(shape));
        }

        // Normalized() turns rings the other way (exterior clockwise); SQL Server's geography reads that as the rest of the earth.
        Geometry oriented = shape is Polygon polygon
            ? Oriented(polygon)
            : Factory.CreateMultiPolygon([.. ((MultiPolygon)shape).Geometries.Select(part => Oriented((Polygon)part))]);
        return new WKBWriter(ByteOrder.LittleEndian).Write(oriented);
    }

    /// <summary>Writes a polygon of one ring: longitude and latitude by turns, closed, counter-clockwise.</summary>
    public static byte[] WriteRing(ReadOnlySpan<double> ring)
    {
        var wkb = new byte[13 + (ring.Length * 8)];
        wkb[0] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(wkb.AsSpan(1), PolygonType);
        BinaryPrimitives.WriteInt32LittleEndian(wkb.AsSpan(5), 1);
        BinaryPrimitives.WriteInt32LittleEndian(wkb.AsSpan(9), ring.Length / 2);
        for (var i = 0; i < ring.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(wkb.AsSpan(13 + (i * 8)), ring[i]);
        }

        return wkb;
    }

    public static bool IsMulti(ReadOnlySpan<byte> wkb) => IntAt(wkb, 1) == MultiPolygonType;

    public static int IntAt(ReadOnlySpan<byte> wkb, int at) => BinaryPrimitives.ReadInt32LittleEndian(wkb[at..]);

    /// <summary>Adds what one shape holds to three counters.</summary>
    /// <exception cref="FormatException">Not little-endian WKB of a polygon or multipolygon in two dimensions.</exception>
    public static void Count(ReadOnlySpan<byte> wkb, ref int parts, ref int rings, ref int vertices)
    {
        if (wkb.Length < 9 || wkb[0] != 1 || IntAt(wkb, 1) is not (PolygonType or MultiPolygonType))
        {
            throw new FormatException("The stored shape of an area is not little-endian WKB of a polygon or multipolygon.");
        }

        var count = IsMulti(wkb) ? IntAt(wkb, 5) : 1;
        var at = IsMulti(wkb) ? 9 : 0;
        parts += count;
        for (var p = 0; p < count; p++)
        {
            var ringCount = IntAt(wkb, at + 5);
            rings += ringCount;
            at += 9;
            for (var r = 0; r < ringCount; r++)
            {
                var n = IntAt(wkb, at);
                vertices += n;
                at += 4 + (n * 16);
            }
        }

        if (at != wkb.Length)
        {
            throw new FormatException("The stored shape of an area is longer or shorter than it says.");
        }
    }

    /// <summary>Widens a box so that it holds the shape.</summary>
    public static void Expand(ReadOnlySpan<byte> wkb, Envelope box)
    {
        var polygons = IsMulti(wkb) ? IntAt(wkb, 5) : 1;
        var at = IsMulti(wkb) ? 9 : 0;
        for (var p = 0; p < polygons; p++)
        {
            var rings = IntAt(wkb, at + 5);
            at += 9;
            for (var r = 0; r < rings; r++)
            {
                var end = at + 4 + (IntAt(wkb, at) * 16);
                for (at += 4; at < end; at += 16)
                {
                    box.ExpandToInclude(BinaryPrimitives.ReadDoubleLittleEndian(wkb[at..]), BinaryPrimitives.ReadDoubleLittleEndian(wkb[(at + 8)..]));
                }
            }
        }
    }

    private static Polygon Oriented(Polygon polygon) => Factory.CreatePolygon(
        Turned((LinearRing)polygon.ExteriorRing, counterClockwise: true),
        [.. polygon.InteriorRings.Select(hole => Turned((LinearRing)hole, counterClockwise: false))]);

    private static LinearRing Turned(LinearRing ring, bool counterClockwise) =>
        ring.IsCCW == counterClockwise ? ring : (LinearRing)ring.Reverse();
}
