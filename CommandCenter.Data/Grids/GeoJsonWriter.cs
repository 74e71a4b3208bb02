using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace CommandCenter.Data.Grids;

/// <summary>
/// Writes areas as GeoJSON (RFC 7946), coordinates rounded to 6 decimals (a decimetre) so that shared vertices stay shared.
/// Numbers are written by hand: they are nine tenths of the text.
/// </summary>
internal sealed class GeoJsonWriter(IBufferWriter<byte> output)
{
    private const double Scale = 1_000_000;

    private bool _isFirst = true;

    public void Begin() => Raw("{\"type\":\"FeatureCollection\",\"features\":["u8);

    public void End() => Raw("]}"u8);

    public void Feature(long id, PackedShapes shapes, int area, Action<Utf8JsonWriter> properties)
    {
        Raw(_isFirst ? "{\"type\":\"Feature\",\"id\":"u8 : ",{\"type\":\"Feature\",\"id\":"u8);
        _isFirst = false;
        Number(id);
        Raw(",\"properties\":"u8);
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }

        Raw(",\"geometry\":"u8);
        Shape(shapes, area);
        Raw("}"u8);
    }

    private void Shape(PackedShapes shapes, int area)
    {
        int from = shapes.AreaStart[area], to = shapes.AreaStart[area + 1];
        var isMulti = to - from > 1;
        Raw(isMulti ? "{\"type\":\"MultiPolygon\",\"coordinates\":["u8 : "{\"type\":\"Polygon\",\"coordinates\":"u8);
        for (var part = from; part < to; part++)
        {
            Raw(part > from ? ",["u8 : "["u8);
            for (var ring = shapes.PartStart[part]; ring < shapes.PartStart[part + 1]; ring++)
            {
                Raw(ring > shapes.PartStart[part] ? ",["u8 : "["u8);
                Positions(shapes.Xy.AsSpan(2 * shapes.RingStart[ring], 2 * (shapes.RingStart[ring + 1] - shapes.RingStart[ring])));
                Raw("]"u8);
            }

            Raw("]"u8);
        }

        Raw(isMulti ? "]}"u8 : "}"u8);
    }

    private void Positions(ReadOnlySpan<double> xy)
    {
        // "[-180.123456,-90.123456]," is the longest.
        var span = output.GetSpan(xy.Length * 13);
        var at = 0;
        for (var i = 0; i < xy.Length; i += 2)
        {
            span[at++] = (byte)'[';
            at += Degrees(span[at..], xy[i]);
            span[at++] = (byte)',';
            at += Degrees(span[at..], xy[i + 1]);
            span[at++] = (byte)']';
            span[at++] = (byte)',';
        }

        output.Advance(at - 1);
    }

    private static int Degrees(Span<byte> target, double value)
    {
        var micro = (long)Math.Round(value * Scale);
        var at = 0;
        if (micro < 0)
        {
            target[at++] = (byte)'-';
            micro = -micro;
        }

        var (whole, rest) = Math.DivRem(micro, (long)Scale);
        whole.TryFormat(target[at..], out var written, provider: CultureInfo.InvariantCulture);
        at += written;
        if (rest == 0)
        {
            return at;
        }

        target[at++] = (byte)'.';
        for (var unit = (long)Scale / 10; rest > 0; unit /= 10)
        {
            target[at++] = (byte)('0' + (rest / unit));
            rest %= unit;
        }

        return at;
    }

    private void Number(long value)
    {
        value.TryFormat(output.GetSpan(20), out var written, provider: CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    private void Raw(ReadOnlySpan<byte> text) => output.Write(text);
}
