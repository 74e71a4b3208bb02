using System.Text.Json;

namespace CommandCenter.Data.Grids;

/// <summary>
/// The <c>crs</c> member of older GeoJSON, which desktop programs still write. Longitude and latitude is what we read; a
/// projected system is told at once, by its own name, rather than once a feature.
/// </summary>
internal static class FileCrs
{
    // CRS84 and 4326: WGS84. 4490: CGCS2000 in degrees.
    private static readonly string[] Geographic = ["CRS84", "4326", "4490", "WGS 84", "WGS84", "CGCS2000"];

    public static AreaRejection? Check(ref Utf8JsonReader crs)
    {
        using var document = JsonDocument.ParseValue(ref crs);
        return document.RootElement.TryGetProperty("properties"u8, out var properties)
            && properties.ValueKind == JsonValueKind.Object
            && properties.TryGetProperty("name"u8, out var named)
            && named.ValueKind == JsonValueKind.String
            && named.GetString() is { Length: > 0 } name
            && !Geographic.Any(known => name.EndsWith(known, StringComparison.OrdinalIgnoreCase))
            ? AreaRejection.UnsupportedCrs(name.Length > 80 ? name[..80] + "…" : name)
            : null;
    }
}
