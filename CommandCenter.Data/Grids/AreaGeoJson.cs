using System.Buffers;
using System.Text.Json;

namespace CommandCenter.Data.Grids;

/// <summary>Areas as the interface gives them out.</summary>
public static class AreaGeoJson
{
    /// <summary>Writes a FeatureCollection: <c>id</c> is <see cref="Area.Id"/>, properties are those of an upload and <c>parent</c>.</summary>
    public static void Write(IBufferWriter<byte> output, IEnumerable<Area> areas)
    {
        var writer = new GeoJsonWriter(output);
        writer.Begin();
        foreach (var area in areas)
        {
            writer.Feature(area.Id, area.Shapes, area.Ordinal, json => Properties(json, area));
        }

        writer.End();
    }

    private static void Properties(Utf8JsonWriter json, Area area)
    {
        json.WriteString("code"u8, area.Code);
        json.WriteString("name"u8, area.Name);
        json.WriteString("level"u8, AreaLevels.NameOf(area.Level));
        if (area.ParentCode is { } parent)
        {
            json.WriteString("parent"u8, parent);
        }

        if (area.Population is { } population)
        {
            json.WriteNumber("population"u8, population);
        }

        if (area.Households is { } households)
        {
            json.WriteNumber("households"u8, households);
        }

        if (area.Type is { } type)
        {
            json.WriteString("type"u8, type);
        }
    }
}
