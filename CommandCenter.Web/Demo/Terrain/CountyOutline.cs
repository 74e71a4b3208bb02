namespace CommandCenter.Web.Demo.Terrain;

/// <summary>The land the county takes up: a few broad lobes flowing into one another, with an edge that wanders at every scale.</summary>
internal static class CountyOutline
{
    private const int Seed = 33;

    private static readonly (PlanePoint Centre, double Rx, double Ry, double Turn)[] Lobes =
    [
        (new(-3, 0), 20, 13.5, 0.10),
        (new(-19, 3.5), 11, 9.5, 0.35),
        (new(4, 10.5), 11, 8, -0.35),
        (new(20, 1.5), 13, 9.5, -0.4),
        (new(-10, -10), 10, 8, 0.2),
        (new(11, -10), 9, 7, 0.4),
    ];

    public static bool Contains(PlanePoint p) => Field(p) > 1;

    /// <summary>Whether a place is some kilometres beyond the border, and nothing needs to be drawn there.</summary>
    public static bool IsFar(PlanePoint p) => Field(p) < 0.35;

    private static double Field(PlanePoint p)
    {
        var wandered = new PlanePoint(
            p.X + (5.8 * Noise.Fractal(Seed, p, 17, 5)),
            p.Y + (5.8 * Noise.Fractal(Seed + 7, p, 17, 5)));
        double field = 0;
        foreach (var (centre, rx, ry, turn) in Lobes)
        {
            var d = wandered - centre;
            var (cos, sin) = (Math.Cos(turn), Math.Sin(turn));
            var (x, y) = (((d.X * cos) + (d.Y * sin)) / rx, ((d.Y * cos) - (d.X * sin)) / ry);
            field += Math.Exp(-3.2 * ((x * x) + (y * y) - 1));
        }

        return field;
    }
}
