namespace CommandCenter.Web.Demo.Terrain;

/// <summary>Smooth noise from a hash of lattice points: the same seed gives the same land on every machine and every run.</summary>
internal static class Noise
{
    /// <summary>A number in [0, 1) that depends on nothing but its arguments.</summary>
    public static double Hash(int seed, long a, long b = 0)
    {
        var z = unchecked((ulong)seed * 0x9E3779B97F4A7C15UL + (ulong)a * 0xBF58476D1CE4E5B9UL + (ulong)b * 0x94D049BB133111EBUL);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        z ^= z >> 31;
        return (z >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>Several octaves, each half as strong and twice as fine as the one before; about −1 to 1.</summary>
    /// <param name="wavelength">Kilometres from one hill of the first octave to the next.</param>
    public static double Fractal(int seed, PlanePoint at, double wavelength, int octaves)
    {
        double sum = 0, strength = 1, total = 0;
        for (var octave = 0; octave < octaves; octave++)
        {
            sum += strength * Smooth(seed + (octave * 101), at.X / wavelength, at.Y / wavelength);
            total += strength;
            strength *= 0.5;
            wavelength *= 0.5;
        }

        return sum / total * 1.6;
    }

    private static double Smooth(int seed, double x, double y)
    {
        var (cx, cy) = ((long)Math.Floor(x), (long)Math.Floor(y));
        var (fx, fy) = (x - cx, y - cy);
        var (u, v) = (Fade(fx), Fade(fy));
        return Mix(
            Mix(Slope(seed, cx, cy, fx, fy), Slope(seed, cx + 1, cy, fx - 1, fy), u),
            Mix(Slope(seed, cx, cy + 1, fx, fy - 1), Slope(seed, cx + 1, cy + 1, fx - 1, fy - 1), u),
            v);
    }

    private static double Slope(int seed, long cx, long cy, double dx, double dy)
    {
        var angle = Hash(seed, cx, cy) * Math.Tau;
        return (Math.Cos(angle) * dx) + (Math.Sin(angle) * dy);
    }

    private static double Fade(double t) => t * t * t * ((t * ((t * 6) - 15)) + 10);

    private static double Mix(double a, double b, double t) => a + ((b - a) * t);
}
