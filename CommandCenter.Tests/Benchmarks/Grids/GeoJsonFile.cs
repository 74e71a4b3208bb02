using System.Globalization;
using System.Text;
using CommandCenter.Data.Grids;
using NetTopologySuite.Geometries;

namespace CommandCenter.Tests.Benchmarks.Grids;

/// <summary>Areas as the GeoJSON that a GIS desktop program writes.</summary>
internal static class GeoJsonFile
{
    public static byte[] Of(IEnumerable<TiledArea> areas)
    {
        using var stream = new MemoryStream();
        Write(stream, areas);
        return stream.ToArray();
    }

    public static void Write(Stream stream, IEnumerable<TiledArea> areas)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        writer.Write("""{"type":"FeatureCollection","name":"areas","features":[""");
        var separator = "\n";
        foreach (var area in areas)
        {
            writer.Write(separator);
            writer.Write(Feature(area));
            separator = ",\n";
        }

        writer.Write("\n]}");
    }

    public static string Feature(TiledArea area) =>
        $$$"""{"type":"Feature","properties":{"code":"{{{area.Code}}}","name":"{{{area.Name}}}","level":"{{{AreaLevels.NameOf(area.Level)}}}","population":1200,"households":400},"geometry":{"type":"Polygon","coordinates":[{{{Ring(area.Ring)}}}]}}""";

    public static string Ring(IEnumerable<Coordinate> ring) =>
        $"[{string.Join(',', ring.Select(at => string.Create(CultureInfo.InvariantCulture, $"[{at.X:0.000000},{at.Y:0.000000}]")))}]";
}
