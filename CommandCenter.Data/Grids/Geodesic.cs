namespace CommandCenter.Data.Grids;

/// <summary>
/// The length of the shortest way between two points on the ellipsoid of WGS84. This, not what an engine's own function says,
/// is what "distance" means in every answer, so that answers never differ by the engine.
/// </summary>
/// <remarks>
/// T. Vincenty, "Direct and inverse solutions of geodesics on the ellipsoid", Survey Review 23 (1975) 88–93; where its iteration
/// does not converge (points nearly opposite on the earth), bisection over the azimuth as in C. F. F. Karney, "Algorithms for
/// geodesics", J. Geodesy 87 (2013) 43–55, §4. Within 1 mm of GeographicLib everywhere.
/// </remarks>
public static class Geodesic
{
    /// <summary>Semi-major axis of WGS84, metres.</summary>
    internal const double Axis = 6378137;

    /// <summary>Flattening of WGS84.</summary>
    internal const double Flattening = 1 / 298.257223563;

    /// <summary>Semi-minor axis of WGS84, metres.</summary>
    internal const double MinorAxis = Axis * (1 - Flattening);

    /// <summary>No two points are farther apart, in metres: half a meridian.</summary>
    public const double Farthest = 20_003_931.5;

    private const int MostRounds = 40;
    private const int Bisections = 60;
    private const double Close = 1e-13;

    /// <summary>Metres between two points.</summary>
    /// <param name="lon1">Degrees, WGS84, −180 to 180.</param>
    /// <param name="lat1">Degrees, WGS84, −90 to 90.</param>
    /// <param name="lon2">As the first.</param>
    /// <param name="lat2">As the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a place on earth: out of range, or not a number.</exception>
    public static double Distance(double lon1, double lat1, double lon2, double lat2)
    {
        ThrowUnlessOnEarth(lon1, lat1);
        ThrowUnlessOnEarth(lon2, lat2);
        var turn = Math.Abs(lon2 - lon1);
        var longitude = Radians(turn > 180 ? 360 - turn : turn);
        var (from, to) = (new Latitude(lat1), new Latitude(lat2));
        return Vincenty(from, to, longitude) ?? Bisected(from, to, longitude);
    }

    /// <summary>Whether two numbers are a longitude and a latitude in degrees.</summary>
    public static bool IsOnEarth(double lon, double lat) => Math.Abs(lon) <= 180 && Math.Abs(lat) <= 90;

    internal static void ThrowUnlessOnEarth(double lon, double lat)
    {
        if (!IsOnEarth(lon, lat))
        {
            throw new ArgumentOutOfRangeException(nameof(lon), FormattableString.Invariant($"({lon}, {lat}) is not a longitude within ±180 and a latitude within ±90."));
        }
    }

    internal static double Radians(double degrees) => degrees * (Math.PI / 180);

    /// <summary>The latitude on the auxiliary sphere, radians.</summary>
    internal static double Reduced(double lat) => Math.Atan((1 - Flattening) * Math.Tan(Radians(lat)));

    private static double? Vincenty(Latitude from, Latitude to, double longitude)
    {
        var onSphere = longitude;
        for (var round = 0; round < MostRounds; round++)
        {
            var (sin, cos) = Math.SinCos(onSphere);
            var sinArc = Hypotenuse(to.Cos * sin, (from.Cos * to.Sin) - (from.Sin * to.Cos * cos));
            if (sinArc == 0)
            {
                return cos > 0 || from.Cos < 1e-15 ? 0 : null;
            }

            var cosArc = (from.Sin * to.Sin) + (from.Cos * to.Cos * cos);
            var way = new Way(from.Cos * to.Cos * sin / sinArc, Math.Atan2(sinArc, cosArc), sinArc, cosArc, from.Sin * to.Sin);
            var next = longitude + way.Lag;
            if (next > Math.PI)
            {
                return null;
            }

            if (Math.Abs(next - onSphere) < Close)
            {
                return way.Length;
            }

            onSphere = next;
        }

        return null;
    }

    // From the point farther from the equator, brought to the south, the longitude reached grows with the azimuth from 0 to 180 degrees.
    private static double Bisected(Latitude first, Latitude second, double longitude)
    {
        var (from, to) = Math.Abs(first.Sin) >= Math.Abs(second.Sin) ? (first, second) : (second, first);
        (from, to) = from.Sin > 0 ? (from.Mirrored, to.Mirrored) : (from, to);
        if (from.Sin == 0 && to.Sin == 0 && longitude <= (1 - Flattening) * Math.PI)
        {
            return Axis * longitude;
        }

        double low = 0, high = Math.PI;
        for (var i = 0; i < Bisections; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Toward(from, to, middle).Longitude < longitude ? (middle, high) : (low, middle);
        }

        // Where the longitude changes faster than the azimuth can be told, the rest follows from Clairaut: the length's slope by longitude.
        var (way, reached) = Toward(from, to, high);
        return way.Length + (Axis * way.SinEquatorAzimuth * (longitude - reached));
    }

    private static (Way Way, double Longitude) Toward(Latitude from, Latitude to, double azimuth)
    {
        var (sin, cos) = Math.SinCos(azimuth);
        var sinEquator = sin * from.Cos;
        var cosEnd = Math.Sqrt(Math.Max(0, Square(cos * from.Cos) + ((to.Cos - from.Cos) * (to.Cos + from.Cos))));
        // Never quite on the equator, so that starting west and starting east of its crossing stay apart.
        var sinFrom = Math.Min(from.Sin, -1e-200);
        var arc = Math.Max(0, Math.Atan2(to.Sin, cosEnd) - Math.Atan2(sinFrom, cos * from.Cos));
        var onSphere = Math.Atan2(sinEquator * to.Sin, cosEnd) - Math.Atan2(sinEquator * sinFrom, cos * from.Cos);
        var (sinArc, cosArc) = Math.SinCos(arc);
        var way = new Way(sinEquator, arc, sinArc, cosArc, from.Sin * to.Sin);
        return (way, onSphere - way.Lag);
    }

    private static double Hypotenuse(double a, double b) => Math.Sqrt((a * a) + (b * b));

    private static double Square(double a) => a * a;

    /// <summary>A latitude on the auxiliary sphere.</summary>
    private readonly record struct Latitude(double Sin, double Cos)
    {
        public Latitude(double lat)
            : this(0, 0) => (Sin, Cos) = Math.SinCos(Reduced(lat));

        public Latitude Mirrored => this with { Sin = -Sin };
    }

    /// <summary>A great circle's arc on the auxiliary sphere, and the geodesic that it stands for. Names in brackets are Vincenty's.</summary>
    private readonly struct Way
    {
        private readonly double _arc, _sinArc, _cosArc, _cosSquared, _cosTwiceMiddle;

        /// <param name="sinEquatorAzimuth">Sine of the azimuth at the equator (sin α).</param>
        /// <param name="arc">Radians (σ), with its sine and cosine.</param>
        /// <param name="sines">Product of the sines of both latitudes.</param>
        public Way(double sinEquatorAzimuth, double arc, double sinArc, double cosArc, double sines)
        {
            (SinEquatorAzimuth, _arc, _sinArc, _cosArc) = (sinEquatorAzimuth, arc, sinArc, cosArc);
            _cosSquared = Math.Max(0, 1 - Square(sinEquatorAzimuth));
            _cosTwiceMiddle = _cosSquared < 1e-15 ? 0 : cosArc - (2 * sines / _cosSquared);
        }

        public double SinEquatorAzimuth { get; }

        /// <summary>By how much the longitude on the sphere exceeds that on the ellipsoid (λ − L).</summary>
        public double Lag
        {
            get
            {
                var c = Flattening / 16 * _cosSquared * (4 + (Flattening * (4 - (3 * _cosSquared))));
                return (1 - c) * Flattening * SinEquatorAzimuth
                    * (_arc + (c * _sinArc * (_cosTwiceMiddle + (c * _cosArc * (-1 + (2 * Square(_cosTwiceMiddle)))))));
            }
        }

        /// <summary>Metres (s).</summary>
        public double Length
        {
            get
            {
                var u = _cosSquared * (Square(Axis) - Square(MinorAxis)) / Square(MinorAxis);
                var a = 1 + (u / 16384 * (4096 + (u * (-768 + (u * (320 - (175 * u)))))));
                var b = u / 1024 * (256 + (u * (-128 + (u * (74 - (47 * u))))));
                var correction = b * _sinArc * (_cosTwiceMiddle + (b / 4 * (
                    (_cosArc * (-1 + (2 * Square(_cosTwiceMiddle))))
                    - (b / 6 * _cosTwiceMiddle * (-3 + (4 * Square(_sinArc))) * (-3 + (4 * Square(_cosTwiceMiddle)))))));
                return MinorAxis * a * (_arc - correction);
            }
        }
    }
}
