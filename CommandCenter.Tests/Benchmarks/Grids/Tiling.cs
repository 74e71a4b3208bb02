using System.Globalization;
using CommandCenter.Data.Grids;
using NetTopologySuite.Geometries;

namespace CommandCenter.Tests.Benchmarks.Grids;

/// <summary>An area of a generated county: its ring is closed, counter-clockwise, in degrees rounded to 6 decimals.</summary>
internal sealed record TiledArea(string Code, string Name, AreaLevel Level, Coordinate[] Ring)
{
    public Polygon Polygon => new(new LinearRing(Ring)) { SRID = 4326 };

    public AreaRow ToRow(int id) => AreaRow.Of(id, Code, Name, Polygon);
}

/// <summary>
/// Counties of uneven cells that share every vertex with their neighbours, as digitised boundaries do: a grid has 12 corners and
/// 0.09 km². Ten grids are a village, ten villages a town, twenty towns a county; the same numbers always give the same map.
/// </summary>
internal sealed class Tiling(int grids, double lon = 110, double lat = 28, int firstCounty = 990101)
{
    private const double Cell = 0.003;
    private const int Across = 40;   // cells of a county from west to east
    private const int Down = 50;
    private const int TownSide = 10; // a town is 10 × 10 cells, a village one row of it
    private const int PerCounty = Across * Down;
    private const int CountiesInARow = 8;

    public int Counties => (grids + PerCounty - 1) / PerCounty;

    public static string CountyCode(int first, int county) => (first + county).ToString(CultureInfo.InvariantCulture);

    /// <summary>Counties, towns, villages, grids, in this order.</summary>
    public IEnumerable<TiledArea> Areas() => UpperAreas().Concat(Grids());

    public IEnumerable<TiledArea> UpperAreas()
    {
        for (var county = 0; county < Counties; county++)
        {
            yield return Block(CountyCode(firstCounty, county), $"第{county + 1}县", AreaLevel.County, West(county), South(county), Across, Down);
        }

        foreach (var (town, code, x, y) in Towns())
        {
            yield return Block(code, $"第{town + 1}镇", AreaLevel.Town, x, y, TownSide, TownSide);
        }

        var left = grids;
        foreach (var (_, code, x, y) in Towns())
        {
            for (var village = 0; village < TownSide && left > 0; village++, left -= TownSide)
            {
                yield return Block($"{code}{200 + village}", $"第{village + 1}村", AreaLevel.Village, x, y + village, TownSide, 1);
            }
        }
    }

    public IEnumerable<TiledArea> Grids()
    {
        var left = grids;
        foreach (var (_, town, x, y) in Towns())
        {
            for (var i = 0; i < TownSide * TownSide && left > 0; i++, left--)
            {
                var (village, grid) = (i / TownSide, i % TownSide);
                yield return Block($"{town}{200 + village}{grid + 1:000}", $"第{village + 1}村第{grid + 1}网格", AreaLevel.Grid, x + grid, y + village, 1, 1);
            }
        }
    }

    /// <summary>The extent of all counties, degrees.</summary>
    public Envelope Extent => new(
        lon, lon + (Cell * Across * Math.Min(Counties, CountiesInARow)), lat, lat + (Cell * Down * ((Counties + CountiesInARow - 1) / CountiesInARow)));

    private IEnumerable<(int Town, string Code, int X, int Y)> Towns()
    {
        for (var county = 0; county < Counties; county++)
        {
            var here = Math.Min(PerCounty, grids - (county * PerCounty));
            for (var town = 0; town < (here + 99) / 100; town++)
            {
                yield return (
                    town, $"{CountyCode(firstCounty, county)}{100 + town}",
                    West(county) + (town % 4 * TownSide), South(county) + (town / 4 * TownSide));
            }
        }
    }

    private static int West(int county) => county % CountiesInARow * Across;

    private static int South(int county) => county / CountiesInARow * Down;

    private TiledArea Block(string code, string name, AreaLevel level, int x, int y, int width, int height)
    {
        var ring = new List<Coordinate>();
        for (var i = 0; i < width; i++)
        {
            ring.AddRange(Edge(x + i, y, 1, 0));
        }

        for (var j = 0; j < height; j++)
        {
            ring.AddRange(Edge(x + width, y + j, 0, 1));
        }

        for (var i = width - 1; i >= 0; i--)
        {
            ring.AddRange(Edge(x + i, y + height, 1, 0).Reverse());
        }

        for (var j = height - 1; j >= 0; j--)
        {
            ring.AddRange(Edge(x, y + j, 0, 1).Reverse());
        }

        // Each piece of border has both its ends: neighbours in the ring repeat one.
        return new(code, name, level, CoordinateArrays.RemoveRepeatedPoints([.. ring, ring[0]]));
    }

    /// <summary>The four points of the border between two corners of the lattice, from west to east or south to north.</summary>
    private IEnumerable<Coordinate> Edge(int x, int y, int dx, int dy)
    {
        var (from, to) = (Corner(x, y), Corner(x + dx, y + dy));
        yield return from;
        for (var step = 1; step <= 2; step++)
        {
            var bend = 0.07 * Cell * Noise(x, y, (10 * step) + dx);
            yield return Rounded(from.X + ((to.X - from.X) * step / 3) + (bend * dy), from.Y + ((to.Y - from.Y) * step / 3) + (bend * dx));
        }

        yield return to;
    }

    private Coordinate Corner(int x, int y) =>
        Rounded(lon + (Cell * (x + (0.2 * Noise(x, y, 1)))), lat + (Cell * (y + (0.2 * Noise(x, y, 2)))));

    private static Coordinate Rounded(double x, double y) => new(Math.Round(x, 6), Math.Round(y, 6));

    // −1 … 1, always the same for the same place.
    private static double Noise(int x, int y, int salt)
    {
        var mixed = unchecked(((ulong)(uint)x * 0x9E3779B97F4A7C15) ^ ((ulong)(uint)y * 0xC2B2AE3D27D4EB4F) ^ ((ulong)(uint)salt * 0x165667B19E3779F9));
        mixed = unchecked((mixed ^ (mixed >> 31)) * 0xBF58476D1CE4E5B9);
        mixed = unchecked((mixed ^ (mixed >> 29)) * 0x94D049BB133111EB);
        return ((mixed >> 11) / (double)(1UL << 52)) - 1;
    }
}
