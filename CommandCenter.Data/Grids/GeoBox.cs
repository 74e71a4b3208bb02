namespace CommandCenter.Data.Grids;

/// <summary>A box in degrees, edges included, that does not cross the 180th meridian.</summary>
/// <param name="MinLon">Degrees, WGS84; the others as this one.</param>
internal readonly record struct GeoBox(double MinLon, double MinLat, double MaxLon, double MaxLat)
{
    // Radians, six millimetres: far above what rounding does to the edges.
    private const double Slack = 1e-9;

    /// <summary>A box around all points within a distance; every longitude where they lie around a pole or across the 180th meridian.</summary>
    /// <remarks>
    /// On the auxiliary sphere a geodesic of s metres is an arc of at most s / b, and turns through at least as much longitude as
    /// on the ellipsoid (Karney 2013, equations 7 and 8): the box of that circle on the sphere holds the one on the earth.
    /// </remarks>
    /// <param name="metres">Any length, also one around the whole earth.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a place on earth, or not a length.</exception>
    public static GeoBox Around(double lon, double lat, double metres)
    {
        Geodesic.ThrowUnlessOnEarth(lon, lat);
        if (!(metres >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(metres), metres, "Not a length in metres.");
        }

        var middle = Geodesic.Reduced(lat);
        var arc = (metres / Geodesic.MinorAxis) + Slack;
        double south = middle - arc, north = middle + arc;
        var turn = south <= -Math.PI / 2 || north >= Math.PI / 2
            ? double.PositiveInfinity
            : (Math.Asin(Math.Min(1, Math.Sin(arc) / Math.Cos(middle))) + Slack) * (180 / Math.PI);
        return lon - turn < -180 || lon + turn > 180
            ? new GeoBox(-180, Latitude(south), 180, Latitude(north))
            : new GeoBox(lon - turn, Latitude(south), lon + turn, Latitude(north));
    }

    public bool Holds(double lon, double lat) => lon >= MinLon && lon <= MaxLon && lat >= MinLat && lat <= MaxLat;

    private static double Latitude(double reduced) =>
        reduced <= -Math.PI / 2 ? -90
        : reduced >= Math.PI / 2 ? 90
        : Math.Atan(Math.Tan(reduced) / (1 - Geodesic.Flattening)) * (180 / Math.PI);
}
