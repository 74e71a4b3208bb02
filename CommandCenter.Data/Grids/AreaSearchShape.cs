using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace CommandCenter.Data.Grids;

/// <summary>Reads the shape that areas are searched by: a GeoJSON Polygon or MultiPolygon, or a Feature that has one.</summary>
public static class AreaSearchShape
{
    /// <summary>Most bytes of a shape.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>Checked, mended and turned as the areas of an upload are.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="rejection">Why not; null when a shape comes back.</param>
    /// <returns>Valid, degrees in WGS84; or null.</returns>
    /// <exception cref="JsonException">Not one JSON text in UTF-8.</exception>
    public static Geometry? Read(ReadOnlySpan<byte> json, CoordinateSystem crs, out AreaRejection? rejection)
    {
        if (json.StartsWith("\uFEFF"u8))
        {
            json = json[3..];
        }

        var shape = new RawShape();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        try
        {
            var geometry = GeometryIn(reader);
            shape.Read(ref geometry);
            reader.Skip();
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("The shape holds text that is not UTF-8.", e);
        }

        reader.Read(); // Throws where something follows.
        var candidate = new AreaCandidate(0);
        rejection = new ShapeRepair(crs).Run(shape, candidate);
        if (rejection is not null)
        {
            return null;
        }

        var found = new WKBReader().Read(candidate.Wkb);
        rejection = found.EnvelopeInternal.Width > 180 ? AreaRejection.TooWide() : null;
        return rejection is null ? found : null;
    }

    // Of a feature its geometry, of anything else the whole: what that is worth is judged later.
    private static Utf8JsonReader GeometryIn(Utf8JsonReader reader)
    {
        Utf8JsonReader whole = reader, geometry = reader;
        var (isFeature, hasGeometry) = (false, false);
        while (whole.TokenType == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                isFeature = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("Feature"u8);
            }
            else if (reader.ValueTextEquals("geometry"u8))
            {
                reader.Read();
                geometry = reader;
                hasGeometry = true;
            }
            else
            {
                reader.Read();
            }

            reader.Skip();
        }

        return isFeature && hasGeometry ? geometry : whole;
    }
}
