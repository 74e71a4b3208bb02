using NetTopologySuite.Geometries;
using NetTopologySuite.Triangulate;
using NetTopologySuite.Triangulate.QuadEdge;

namespace CommandCenter.Web.Demo.Terrain;

/// <summary>
/// The county cut into some ten thousand small cells, finer around the seat, from which every area is put together. Each corner
/// belongs to exactly three cells, so areas made of cells never touch in a single point. No cell reaches across the water.
/// </summary>
internal sealed class CellMesh
{
    private const int Seed = 88;
    private const double Spacing = 0.42;

    private CellMesh(PlanePoint[] centres, bool[] inside, int[] bank, List<CellEdge> edges, PlanePoint[] corners, bool[] onWater)
    {
        (Centres, Inside, Bank, Edges, Corners, OnWater) = (centres, inside, bank, edges, corners, onWater);
        Neighbours = new List<int>[centres.Length];
        for (var cell = 0; cell < centres.Length; cell++)
        {
            Neighbours[cell] = new List<int>(6);
        }

        foreach (var edge in edges)
        {
            Neighbours[edge.CellA].Add(edge.CellB);
            Neighbours[edge.CellB].Add(edge.CellA);
        }
    }

    public PlanePoint[] Centres { get; }

    /// <summary>Whether the cell belongs to the county.</summary>
    public bool[] Inside { get; }

    public int[] Bank { get; }

    public List<int>[] Neighbours { get; }

    public List<CellEdge> Edges { get; }

    public PlanePoint[] Corners { get; }

    /// <summary>Whether the corner lies on the river or the stream, and so has to stay where it is.</summary>
    public bool[] OnWater { get; }

    public static CellMesh Build(River river, PlanePoint seat)
    {
        var sites = Sites(river, seat);
        var index = new Dictionary<(double, double), int>(sites.Count);
        for (var i = 0; i < sites.Count; i++)
        {
            index[(sites[i].X, sites[i].Y)] = i;
        }

        var triangulation = new DelaunayTriangulationBuilder();
        triangulation.SetSites(sites.Select(p => new Coordinate(p.X, p.Y)).ToArray());
        var bank = sites.Select(river.Bank).ToArray();
        var corners = new List<PlanePoint>();
        var onWater = new List<bool>();
        var corner = new Dictionary<(int, int), int>();
        var edges = new List<CellEdge>();
        foreach (var triangle in triangulation.GetSubdivision().GetTriangleCoordinates(includeFrame: false))
        {
            var cells = new[] { Cell(triangle[0]), Cell(triangle[1]), Cell(triangle[2]) };
            var banks = (bank[cells[0]], bank[cells[1]], bank[cells[2]]);
            var middle = (sites[cells[0]] + sites[cells[1]] + sites[cells[2]]) * (1.0 / 3);
            var wet = banks.Item1 != banks.Item2 || banks.Item2 != banks.Item3;
            onWater.Add(wet);
            corners.Add(middle);
            for (var side = 0; side < 3; side++)
            {
                var (a, b) = (Math.Min(cells[side], cells[(side + 1) % 3]), Math.Max(cells[side], cells[(side + 1) % 3]));
                if (corner.Remove((a, b), out var other))
                {
                    var (ab, am) = (sites[b] - sites[a], middle - sites[a]);
                    var thisIsLeft = (ab.X * am.Y) - (ab.Y * am.X) > 0;
                    edges.Add(thisIsLeft ? new CellEdge(a, b, corners.Count - 1, other) : new CellEdge(a, b, other, corners.Count - 1));
                }
                else
                {
                    corner.Add((a, b), corners.Count - 1);
                }
            }
        }

        foreach (var (course, isBank) in new[] { (river.Stream, (Func<int, bool>)(b => b == 1)), (river.Main, b => b == 0) })
        {
            // The stream's chain is what parts banks 1 and 2; the river's is what parts bank 0 from both.
            var chain = Chain([.. edges.Where(e => isBank(bank[e.CellA]) != isBank(bank[e.CellB]) && (course == river.Main || (bank[e.CellA] != 0 && bank[e.CellB] != 0)))]);
            var aligned = River.Align(course, [.. chain.Select(c => corners[c])]);
            for (var i = 0; i < chain.Count; i++)
            {
                corners[chain[i]] = aligned[i];
            }
        }

        return new CellMesh([.. sites], [.. sites.Select(CountyOutline.Contains)], bank, edges, [.. corners], [.. onWater]);

        int Cell(Coordinate c) => index[(c.X, c.Y)];
    }

    // The corners of edges that form one line, in order from one end to the other.
    private static List<int> Chain(List<CellEdge> line)
    {
        var links = line.SelectMany(e => new[] { (From: e.Left, To: e.Right), (From: e.Right, To: e.Left) }).ToLookup(l => l.From, l => l.To);
        var chain = new List<int> { links.Where(l => l.Count() == 1).Min(l => l.Key) };
        var before = -1;
        while (links[chain[^1]].Where(c => c != before).Select(c => (int?)c).FirstOrDefault() is { } next)
        {
            before = chain[^1];
            chain.Add(next);
        }

        return chain;
    }

    // Darts thrown so that no two lie closer than the spacing, drawn together around the seat: a lattice would show in the borders.
    private static List<PlanePoint> Sites(River river, PlanePoint seat)
    {
        const int Columns = 420, Rows = 300;
        const double Bin = Spacing / 1.5;
        var bins = new List<PlanePoint>[Columns, Rows];
        var sites = new List<PlanePoint>();
        for (var dart = 0; dart < 150_000; dart++)
        {
            var u = new PlanePoint((Noise.Hash(Seed, dart) - 0.5) * Columns * Bin, (Noise.Hash(Seed + 1, dart) - 0.5) * Rows * Bin);
            var (column, row) = ((int)((u.X / Bin) + (Columns / 2.0)), (int)((u.Y / Bin) + (Rows / 2.0)));
            var fineness = 1 - (0.5 * Math.Exp(-u.Length / 9));
            var site = seat + (u * fineness);
            if (!IsFree(column, row, u) || CountyOutline.IsFar(site) || river.DistanceTo(site) < 0.3 * Spacing * fineness)
            {
                continue;
            }

            (bins[column, row] ??= []).Add(u);
            sites.Add(site);
        }

        return sites;

        bool IsFree(int column, int row, PlanePoint u)
        {
            for (var c = Math.Max(column - 2, 0); c <= Math.Min(column + 2, Columns - 1); c++)
            {
                for (var r = Math.Max(row - 2, 0); r <= Math.Min(row + 2, Rows - 1); r++)
                {
                    if (bins[c, r]?.Exists(other => other.DistanceTo(u) < Spacing * 0.85) == true)
                    {
                        return false;
                    }
                }
            }

            return true;
        }
    }
}

/// <summary>Where two cells meet: a straight line between two corners, named as seen looking from cell A to cell B.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct CellEdge(int CellA, int CellB, int Left, int Right);
