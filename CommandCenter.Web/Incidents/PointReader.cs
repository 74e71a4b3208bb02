using System.ComponentModel;
using System.Globalization;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.Incidents;

/// <summary>A point as it was given.</summary>
internal sealed record PointParameters(
    [property: FromQuery(Name = "lon"), Description("Longitude of the point in degrees.")] string? Lon,
    [property: FromQuery(Name = "lat"), Description("Latitude of the point in degrees.")] string? Lat,
    [property: FromQuery(Name = "crs"), Description("Coordinate system of the point: wgs84 (when not given), cgcs2000, gcj02 or bd09.")] string? Crs);

/// <summary>Reads a point out of parameters, all of them before it complains.</summary>
internal static class PointReader
{
    /// <returns>Degrees, WGS84; of no meaning once there are errors.</returns>
    public static (double Lon, double Lat) Read(PointParameters point, FieldErrors errors)
    {
        var (x, y) = (Number("lon", point.Lon, -180, 180, errors), Number("lat", point.Lat, -90, 90, errors));
        var system = CoordinateSystem.Wgs84;
        if (point.Crs is { } crs && !CoordinateTransform.TryParse(crs, out system))
        {
            errors.Add("crs", "UnknownCrs", IncidentValidator.Shortened(crs));
            return (x, y);
        }

        return CoordinateTransform.ToWgs84(system, x, y);
    }

    public static double Number(string name, string? text, double least, double most, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(text))
        {
            errors.Add(name, "Required");
        }
        else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }
        else
        {
            errors.Add(name, "QueryNumber", least, most);
        }

        return least;
    }
}
