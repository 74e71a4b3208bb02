using System.Diagnostics.CodeAnalysis;

namespace CommandCenter.Data.Grids;

/// <summary>
/// Longitude and latitude between the systems of <see cref="CoordinateSystem"/>. GCJ-02 and BD-09 have only a published way
/// out of WGS84; the way back is found by iteration, to better than 1e-9 degrees (0.1 mm). Pure: the same input gives the same
/// bits, so that vertices which two areas share stay shared.
/// </summary>
public static class CoordinateTransform
{
    // The ellipsoid of GCJ-02 is Krasovsky's: semi-major axis in metres, and first eccentricity squared.
    private const double Axis = 6378245.0;
    private const double EccentricitySquared = 0.00669342162296594323;
    private const double BaiduPi = Math.PI * 3000.0 / 180.0;
    private const double Close = 1e-12;

    /// <summary>Degrees in any system to degrees in WGS84. GCJ-02 outside China is WGS84, and comes back unchanged.</summary>
    public static (double Lon, double Lat) ToWgs84(CoordinateSystem from, double lon, double lat) => from switch
    {
        CoordinateSystem.Wgs84 or CoordinateSystem.Cgcs2000 => (lon, lat),
        CoordinateSystem.Gcj02 => Gcj02ToWgs84(lon, lat),
        CoordinateSystem.Bd09 => Bd09ToWgs84(lon, lat),
        _ => throw new ArgumentOutOfRangeException(nameof(from), from, "Not a coordinate system."),
    };

    /// <summary>Degrees in WGS84 to degrees in another system.</summary>
    public static (double Lon, double Lat) FromWgs84(CoordinateSystem to, double lon, double lat) => to switch
    {
        CoordinateSystem.Wgs84 or CoordinateSystem.Cgcs2000 => (lon, lat),
        CoordinateSystem.Gcj02 => Wgs84ToGcj02(lon, lat),
        CoordinateSystem.Bd09 => Wgs84ToGcj02(lon, lat) is var gcj ? Gcj02ToBd09(gcj.Lon, gcj.Lat) : default,
        _ => throw new ArgumentOutOfRangeException(nameof(to), to, "Not a coordinate system."),
    };

    /// <summary>Reads <c>wgs84</c>, <c>cgcs2000</c>, <c>gcj02</c> or <c>bd09</c>, in any case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CoordinateSystem system)
    {
        (var known, system) = text?.ToUpperInvariant() switch
        {
            "WGS84" => (true, CoordinateSystem.Wgs84),
            "CGCS2000" => (true, CoordinateSystem.Cgcs2000),
            "GCJ02" => (true, CoordinateSystem.Gcj02),
            "BD09" => (true, CoordinateSystem.Bd09),
            _ => (false, default),
        };
        return known;
    }

    /// <summary>The name that <see cref="TryParse"/> reads.</summary>
    public static string NameOf(CoordinateSystem system) => system switch
    {
        CoordinateSystem.Wgs84 => "wgs84",
        CoordinateSystem.Cgcs2000 => "cgcs2000",
        CoordinateSystem.Gcj02 => "gcj02",
        CoordinateSystem.Bd09 => "bd09",
        _ => throw new ArgumentOutOfRangeException(nameof(system), system, "Not a coordinate system."),
    };

    /// <summary>The rectangle in which GCJ-02 differs from WGS84, in degrees, as its published code draws it.</summary>
    public static bool IsInChina(double lon, double lat) => lon is >= 72.004 and <= 137.8347 && lat is >= 0.8293 and <= 55.8271;

    private static (double Lon, double Lat) Wgs84ToGcj02(double lon, double lat) =>
        IsInChina(lon, lat) ? Shift(lon, lat) : (lon, lat);

    private static (double Lon, double Lat) Gcj02ToWgs84(double lon, double lat) =>
        IsInChina(lon, lat) ? Invert(lon, lat, Shift) : (lon, lat);

    private static (double Lon, double Lat) Bd09ToWgs84(double lon, double lat)
    {
        var gcj = Invert(lon, lat, Gcj02ToBd09);
        return Gcj02ToWgs84(gcj.Lon, gcj.Lat);
    }

    // Both shifts move a point by less than 0.02 degrees and change slowly (their derivative is below 0.1), so that the plain
    // fixed-point iteration gains more than a digit a round.
    private static (double Lon, double Lat) Invert(double lon, double lat, Func<double, double, (double Lon, double Lat)> forward)
    {
        double x = lon, y = lat;
        for (var round = 0; round < 30; round++)
        {
            var (fx, fy) = forward(x, y);
            double dx = lon - fx, dy = lat - fy;
            x += dx;
            y += dy;
            if (Math.Abs(dx) < Close && Math.Abs(dy) < Close)
            {
                break;
            }
        }

        return (x, y);
    }

    private static (double Lon, double Lat) Shift(double lon, double lat)
    {
        double x = lon - 105.0, y = lat - 35.0;
        var common = ((20.0 * Math.Sin(6.0 * x * Math.PI)) + (20.0 * Math.Sin(2.0 * x * Math.PI))) * 2.0 / 3.0;
        var root = Math.Sqrt(Math.Abs(x));
        var north = -100.0 + (2.0 * x) + (3.0 * y) + (0.2 * y * y) + (0.1 * x * y) + (0.2 * root) + common
            + (((20.0 * Math.Sin(y * Math.PI)) + (40.0 * Math.Sin(y / 3.0 * Math.PI))) * 2.0 / 3.0)
            + (((160.0 * Math.Sin(y / 12.0 * Math.PI)) + (320.0 * Math.Sin(y * Math.PI / 30.0))) * 2.0 / 3.0);
        var east = 300.0 + x + (2.0 * y) + (0.1 * x * x) + (0.1 * x * y) + (0.1 * root) + common
            + (((20.0 * Math.Sin(x * Math.PI)) + (40.0 * Math.Sin(x / 3.0 * Math.PI))) * 2.0 / 3.0)
            + (((150.0 * Math.Sin(x / 12.0 * Math.PI)) + (300.0 * Math.Sin(x / 30.0 * Math.PI))) * 2.0 / 3.0);

        var radians = lat / 180.0 * Math.PI;
        var sine = Math.Sin(radians);
        var magic = 1.0 - (EccentricitySquared * sine * sine);
        var rootOfMagic = Math.Sqrt(magic);
        var dLat = north * 180.0 / (Axis * (1.0 - EccentricitySquared) / (magic * rootOfMagic) * Math.PI);
        var dLon = east * 180.0 / (Axis / rootOfMagic * Math.Cos(radians) * Math.PI);
        return (lon + dLon, lat + dLat);
    }

    private static (double Lon, double Lat) Gcj02ToBd09(double lon, double lat)
    {
        var distance = Math.Sqrt((lon * lon) + (lat * lat)) + (0.00002 * Math.Sin(lat * BaiduPi));
        var angle = Math.Atan2(lat, lon) + (0.000003 * Math.Cos(lon * BaiduPi));
        return ((distance * Math.Cos(angle)) + 0.0065, (distance * Math.Sin(angle)) + 0.006);
    }
}
