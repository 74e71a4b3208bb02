using CommandCenter.Web.Demo.Terrain;

namespace CommandCenter.Web.Demo;

/// <summary>One area of the demonstration county.</summary>
/// <param name="Code">After the code rule: 6, 9, 12 or 15 digits.</param>
/// <param name="Level"><c>county</c>, <c>town</c>, <c>village</c> or <c>grid</c>.</param>
/// <param name="Type">What kind of town or village it is, or null.</param>
/// <param name="Ring">Counter-clockwise and closed; degrees, WGS84, rounded to five decimals (about a metre).</param>
internal sealed record DemoArea(string Code, string Name, string Level, string? Type, int Population, int Households, IReadOnlyList<(double Lon, double Lat)> Ring);

/// <summary>
/// The fictional 云溪县: 12 towns, 96 villages, 131 grids. Drawn by the program from a fixed seed, so it is the same county every
/// time, and never a real one's boundary.
/// </summary>
internal sealed partial class DemoCounty
{
    // Metres are turned into degrees around this point; where on earth it lies means nothing.
    private const double MiddleLon = 119.36, MiddleLat = 29.18, KmPerDegree = 111.32;
    private static readonly Lazy<DemoCounty> Drawn = new(Draw);

    private DemoCounty()
    {
        var river = River.Flow();
        var mesh = CellMesh.Build(river, DemoPlaces.Seat);
        var partition = new Partition(mesh, Fineness);
        var county = MainPiece(mesh);
        var towns = DemoPlaces.Towns;
        var town = partition.Grow(county, [.. towns.Select(t => Nearest(mesh, county, t.Seat))], t => towns[t].Reluctance, crossing: 6, even: true);
        var (village, grid) = (Empty(), Empty());
        var (villages, grids) = (new List<Draft>(), new List<Draft>());
        for (var t = 0; t < towns.Length; t++)
        {
            var land = county.Where(c => town[c] == t).ToArray();
            var seat = Nearest(mesh, land, towns[t].Seat);
            var share = partition.Divide(land, seat, towns[t].VillageCount, crossing: 2.5);
            var byDistance = Enumerable.Range(0, towns[t].VillageCount)
                .OrderBy(v => Middle(mesh, land.Where(c => share[c] == v)).DistanceTo(towns[t].Seat)).ToArray();
            var gridCounts = GridCounts(towns[t].VillageCount, towns[t].ExtraGrids);
            for (var rank = 0; rank < byDistance.Length; rank++)
            {
                var cells = land.Where(c => share[c] == byDistance[rank]).ToArray();
                var name = rank < towns[t].Committees.Length ? towns[t].Committees[rank] : towns[t].Villages[rank - towns[t].Committees.Length];
                villages.Add(new Draft(name, t, rank < towns[t].Committees.Length));
                var parts = partition.Divide(cells, Nearest(mesh, cells, towns[t].Seat), gridCounts[rank], crossing: 1);
                foreach (var cell in cells)
                {
                    village[cell] = villages.Count - 1;
                    grid[cell] = grids.Count + parts[cell];
                }

                grids.AddRange(Enumerable.Repeat(new Draft(name, villages.Count - 1, villages[^1].Committee), gridCounts[rank]));
            }
        }

        (Towns, Villages, Grids) = ([], [], []);
        Write(new BorderNetwork(mesh, grid), town, villages, village, grids, grid);
        Waterways = [.. new[] { river.Main, river.Stream }.Select(Inside)];

        int[] Empty()
        {
            var none = new int[mesh.Centres.Length];
            Array.Fill(none, -1);
            return none;
        }
    }

    /// <summary>The county, drawn at the first use (a second or two).</summary>
    public static DemoCounty Instance => Drawn.Value;

    public static DemoCounty Draw() => new();

    public DemoArea County { get; private set; } = null!;

    public IReadOnlyList<DemoArea> Towns { get; private set; }

    public IReadOnlyList<DemoArea> Villages { get; private set; }

    public IReadOnlyList<DemoArea> Grids { get; private set; }

    /// <summary>The river and the stream that joins it, downstream, cut off at the county's border. Degrees, WGS84.</summary>
    public IReadOnlyList<IReadOnlyList<(double Lon, double Lat)>> Waterways { get; }

    /// <summary>All areas, the county first, parents before children.</summary>
    public IEnumerable<DemoArea> Areas => [County, .. Towns, .. Villages, .. Grids];

    /// <summary>How much smaller areas are here than in the hills, along one side.</summary>
    private static double Fineness(PlanePoint p)
    {
        var fineness = 1 + (2.7 * Math.Exp(-Math.Pow(p.DistanceTo(DemoPlaces.Seat) / 5.6, 2)));
        foreach (var town in DemoPlaces.Towns)
        {
            fineness += 0.75 * Math.Exp(-Math.Pow(p.DistanceTo(town.Seat) / 3.4, 2));
        }

        return fineness;
    }

    // The villages nearest to the town's seat are divided first, into two, then three.
    private static int[] GridCounts(int villages, int extra)
    {
        var counts = new int[villages];
        Array.Fill(counts, 1);
        for (var i = 0; i < extra; i++)
        {
            counts[i % Math.Max(1, villages * 2 / 3)]++;
        }

        return counts;
    }

    private static List<int> MainPiece(CellMesh mesh)
    {
        var start = Enumerable.Range(0, mesh.Centres.Length).MinBy(c => mesh.Centres[c].DistanceTo(DemoPlaces.Seat));
        var piece = Flood(start, c => mesh.Inside[c]);
        // What the outline leaves out inside the county belongs to it all the same: no holes.
        var outer = Flood(Enumerable.Range(0, mesh.Centres.Length).MinBy(c => mesh.Centres[c].X), c => !piece.Contains(c));
        return [.. Enumerable.Range(0, mesh.Centres.Length).Where(c => !outer.Contains(c))];

        HashSet<int> Flood(int from, Func<int, bool> open)
        {
            var reached = new HashSet<int> { from };
            var waiting = new Stack<int>([from]);
            while (waiting.TryPop(out var cell))
            {
                foreach (var neighbour in mesh.Neighbours[cell])
                {
                    if (open(neighbour) && reached.Add(neighbour))
                    {
                        waiting.Push(neighbour);
                    }
                }
            }

            return reached;
        }
    }

    private static int Nearest(CellMesh mesh, IEnumerable<int> cells, PlanePoint to) => cells.MinBy(c => mesh.Centres[c].DistanceTo(to));

    private static PlanePoint Middle(CellMesh mesh, IEnumerable<int> cells)
    {
        var (sum, count) = (default(PlanePoint), 0);
        foreach (var cell in cells)
        {
            (sum, count) = (sum + mesh.Centres[cell], count + 1);
        }

        return sum * (1.0 / count);
    }

    private static (double Lon, double Lat) Degrees(PlanePoint p) => (
        Math.Round(MiddleLon + (p.X / KmPerDegree / Math.Cos(MiddleLat * Math.PI / 180)), 5),
        Math.Round(MiddleLat + (p.Y / KmPerDegree), 5));

    private sealed record Draft(string Name, int Parent, bool Committee);
}
