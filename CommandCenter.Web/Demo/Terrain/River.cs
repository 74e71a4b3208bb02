namespace CommandCenter.Web.Demo.Terrain;

/// <summary>The river that crosses the county from the north-east to the south-west, and the stream that joins it below the seat.</summary>
internal sealed class River
{
    private const int Seed = 4021;
    private const int Stride = 8;

    private static readonly PlanePoint[] MainCourse =
    [
        new(44, 13), new(33, 8), new(26, 4.2), new(18, 3.4), new(11, 0.2), new(5.2, 0.6),
        new(0, -3.2), new(-6, -5), new(-10, -9), new(-17, -13), new(-22, -20), new(-26, -30),
    ];

    private static readonly PlanePoint[] StreamCourse =
        [new(-14, 30), new(-12, 20), new(-13.5, 13), new(-9, 8.4), new(-9.2, 4), new(-6, 1), new(-5.6, -2), new(-3.2, -4.2)];

    private River(PlanePoint[] main, PlanePoint[] stream)
    {
        Main = main;
        Stream = stream;
    }

    /// <summary>Downstream, one point every 100 to 200 m; begins and ends outside the county.</summary>
    public IReadOnlyList<PlanePoint> Main { get; }

    /// <summary>Downstream; begins outside the county, ends on <see cref="Main"/>.</summary>
    public IReadOnlyList<PlanePoint> Stream { get; }

    public static River Flow()
    {
        var main = Meander(Spline(MainCourse), Seed, 1.0);
        var stream = Meander(Spline(StreamCourse), Seed + 3, 0.9);
        // The stream ends where it comes close to the river, and not beyond it.
        var last = Array.FindIndex(stream, p => p.DistanceTo(Nearest(main, p)) < 0.4);
        stream = stream[..(last < 0 ? stream.Length : last + 1)];
        return new River(main, [.. stream, Nearest(main, stream[^1])]);
    }

    /// <summary>Which of the three banks a place lies on: 0 south of the river, 1 north of it and east of the stream, 2 west of both.</summary>
    public int Bank(PlanePoint p) => LeftOf(Main, p) ? 0 : LeftOf(Stream, p) ? 1 : 2;

    /// <summary>
    /// Moves places near the water onto it, keeping their order: two that would fall on the same spot, or overtake each other in a
    /// bend, are set a little apart instead.
    /// </summary>
    /// <param name="course"><see cref="Main"/> or <see cref="Stream"/>.</param>
    /// <param name="chain">Places beside it, one after the other, up or down.</param>
    public static PlanePoint[] Align(IReadOnlyList<PlanePoint> course, IReadOnlyList<PlanePoint> chain)
    {
        const double Apart = 0.03;
        var along = new double[course.Count];
        for (var i = 1; i < along.Length; i++)
        {
            along[i] = along[i - 1] + course[i].DistanceTo(course[i - 1]);
        }

        var reached = chain.Select(p =>
        {
            var (index, at) = NearestSegment(course, p);
            return along[index] + course[index].DistanceTo(at);
        }).ToArray();
        var down = reached[0] < reached[^1];
        Array.Sort(reached);
        for (var i = 1; i < reached.Length; i++)
        {
            reached[i] = Math.Max(reached[i], reached[i - 1] + Apart);
        }

        var aligned = reached.Select(At).ToArray();
        return down ? aligned : [.. aligned.Reverse()];

        PlanePoint At(double distance)
        {
            var i = Math.Clamp(Array.BinarySearch(along, distance) is var found && found < 0 ? ~found - 1 : found, 0, course.Count - 2);
            return course[i] + ((course[i + 1] - course[i]) * ((distance - along[i]) / (along[i + 1] - along[i])));
        }
    }

    public double DistanceTo(PlanePoint p) => Math.Min(p.DistanceTo(Nearest(Main, p)), p.DistanceTo(Nearest(Stream, p)));

    private static PlanePoint Nearest(IReadOnlyList<PlanePoint> line, PlanePoint p) => NearestSegment(line, p).At;

    private static bool LeftOf(IReadOnlyList<PlanePoint> line, PlanePoint p)
    {
        var (index, at) = NearestSegment(line, p);
        var d = line[index + 1] - line[index];
        // At a vertex two segments are equally near; the chord over both decides which side is meant.
        if (at == line[index + 1] && index + 2 < line.Count)
        {
            d = line[index + 2] - line[index];
        }
        else if (at == line[index] && index > 0)
        {
            d = line[index + 1] - line[index - 1];
        }

        return (d.X * (p.Y - at.Y)) - (d.Y * (p.X - at.X)) > 0;
    }

    private static (int Index, PlanePoint At) NearestSegment(IReadOnlyList<PlanePoint> line, PlanePoint p)
    {
        // A rough look at every eighth point first; only the stretch around the nearest of them is measured.
        var (best, index, nearest) = (double.MaxValue, 0, line[0]);
        var rough = 0;
        for (var i = 0; i < line.Count; i += Stride)
        {
            if (p.DistanceTo(line[i]) < p.DistanceTo(line[rough]))
            {
                rough = i;
            }
        }

        for (var i = Math.Max(rough - (2 * Stride), 0); i < Math.Min(rough + (2 * Stride), line.Count - 1); i++)
        {
            var (a, d) = (line[i], line[i + 1] - line[i]);
            var t = Math.Clamp((((p.X - a.X) * d.X) + ((p.Y - a.Y) * d.Y)) / ((d.X * d.X) + (d.Y * d.Y)), 0, 1);
            var at = a + (d * t);
            var distance = p.DistanceTo(at);
            if (distance < best)
            {
                (best, index, nearest) = (distance, i, at);
            }
        }

        return (index, nearest);
    }

    private static PlanePoint[] Spline(PlanePoint[] course)
    {
        var line = new List<PlanePoint>();
        for (var i = 0; i + 1 < course.Length; i++)
        {
            var (p0, p1, p2, p3) = (course[Math.Max(i - 1, 0)], course[i], course[i + 1], course[Math.Min(i + 2, course.Length - 1)]);
            var steps = (int)Math.Ceiling(p1.DistanceTo(p2) / 0.15);
            for (var step = 0; step < steps; step++)
            {
                var t = (double)step / steps;
                line.Add(((p1 * 2) + ((p2 - p0) * t) + (((p0 * 2) - (p1 * 5) + (p2 * 4) - p3) * (t * t)) + (((p1 * 3) - p0 - (p2 * 3) + p3) * (t * t * t))) * 0.5);
            }
        }

        line.Add(course[^1]);
        return [.. line];
    }

    private static PlanePoint[] Meander(PlanePoint[] line, int seed, double swing) =>
        [.. line.Select(p => new PlanePoint(p.X + (swing * Noise.Fractal(seed, p, 3.6, 2)), p.Y + (swing * Noise.Fractal(seed + 1, p, 3.6, 2))))];
}
