using System.Globalization;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Web.Incidents;

/// <summary>Reads a point out of parameters, all of them before it complains.</summary>
internal static class PointReader
{
    /// <returns>Degrees, WGS84; of no meaning once there are errors.</returns>
    public static (double Lon, double Lat) Read(string? lon, string? lat, string? crs, FieldErrors errors)
    {
        var (x, y) = (Number("lon", lon, -180, 180, errors), Number("lat", lat, -90, 90, errors));
        var system = CoordinateSystem.Wgs84;
        if (crs is not null && !CoordinateTransform.TryParse(crs, out system))
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
