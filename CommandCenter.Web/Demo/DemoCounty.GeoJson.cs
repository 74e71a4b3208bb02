using System.Text.Json;

namespace CommandCenter.Web.Demo;

// The county as the files that everyone else sends: what the import takes, and what the map draws.
internal sealed partial class DemoCounty
{
    /// <summary>A GeoJSON FeatureCollection (RFC 7946, WGS84) of all areas with <c>code</c>, <c>name</c>, <c>level</c>, <c>type</c>, <c>population</c>, <c>households</c>.</summary>
    /// <returns>A stream at its beginning.</returns>
    public Stream AreasGeoJson() => Collection(json =>
    {
        foreach (var area in Areas)
        {
            Feature(json, "Polygon", [area.Ring], () =>
            {
                json.WriteString("code", area.Code);
                json.WriteString("name", area.Name);
                json.WriteString("level", area.Level);
                if (area.Type is not null)
                {
                    json.WriteString("type", area.Type);
                }

                json.WriteNumber("population", area.Population);
                json.WriteNumber("households", area.Households);
            });
        }
    });

    /// <summary>The river (<c>rank</c> 1) and the stream that joins it (<c>rank</c> 2) as GeoJSON lines, downstream.</summary>
    /// <returns>A stream at its beginning.</returns>
    public Stream RiverGeoJson() => Collection(json =>
    {
        for (var i = 0; i < Waterways.Count; i++)
        {
            var rank = i + 1;
            Feature(json, "LineString", [Waterways[i]], () =>
            {
                json.WriteString("name", rank == 1 ? "云溪" : "青石溪");
                json.WriteString("kind", "river");
                json.WriteNumber("rank", rank);
            });
        }
    });

    private static MemoryStream Collection(Action<Utf8JsonWriter> features)
    {
        var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            json.WriteStartArray("features");
            features(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.Position = 0;
        return stream;
    }

    private static void Feature(Utf8JsonWriter json, string type, IReadOnlyList<IReadOnlyList<(double Lon, double Lat)>> lines, Action properties)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteStartObject("properties");
        properties();
        json.WriteEndObject();
        json.WriteStartObject("geometry");
        json.WriteString("type", type);
        json.WriteStartArray("coordinates");
        foreach (var line in lines)
        {
            // A polygon nests its ring one level deeper than a line its points.
            if (type == "Polygon")
            {
                json.WriteStartArray();
            }

            foreach (var (lon, lat) in line)
            {
                json.WriteStartArray();
                json.WriteNumberValue(lon);
                json.WriteNumberValue(lat);
                json.WriteEndArray();
            }

            if (type == "Polygon")
            {
                json.WriteEndArray();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
