using System.Globalization;
using CommandCenter.Web.Demo.Terrain;
using NetTopologySuite.Geometries;

namespace CommandCenter.Web.Demo;

// Codes, names, people: from shares of land to areas.
internal sealed partial class DemoCounty
{
    private const int People = 207_000;

    private static readonly string[] Ordinals = ["一", "二", "三", "四", "五"];

    private void Write(BorderNetwork borders, int[] town, List<Draft> villages, int[] village, List<Draft> grids, int[] grid)
    {
        var gridRings = grids.Select((_, i) => borders.Ring(grid, i)).ToArray();
        var villageRings = villages.Select((_, i) => borders.Ring(village, i)).ToArray();
        var townCodes = Codes(
            [.. DemoPlaces.Towns.Select(t => (Group: t.First.ToString(CultureInfo.InvariantCulture), t.Seat))],
            g => DemoPlaces.CountyCode + g, g => g == "0" ? 1 : 0, digits: 2);
        var villageCodes = Codes(
            [.. villages.Select((v, i) => (Group: townCodes[v.Parent] + (v.Committee ? "0" : "2"), Middle(villageRings[i])))], g => g, _ => 1, digits: 2);
        var gridCodes = Codes([.. grids.Select((g, i) => (Group: villageCodes[g.Parent], Middle(gridRings[i])))], g => g, _ => 1, digits: 3);
        var gridAreas = grids.Select((g, i) => Area(gridCodes[i], $"{g.Name}第{Ordinals[gridCodes[i][^1] - '1']}网格", "grid", null, gridRings[i], Crowd(Middle(gridRings[i])))).ToList();
        var scale = People / (double)gridAreas.Sum(g => g.Population);
        Grids = Ordered(gridAreas.Select(g =>
        {
            var (people, perHousehold) = (g.Population * scale, 2.4 + (0.9 * Noise.Hash(5, long.Parse(g.Code, CultureInfo.InvariantCulture))));
            return g with { Population = (int)people, Households = (int)(people / perHousehold) };
        }));
        Villages = Ordered(villages.Select((v, i) => Sum(
            Area(villageCodes[i], v.Name, "village", v.Committee ? "residents-committee" : "villagers-committee", villageRings[i], 0))));
        Towns = Ordered(DemoPlaces.Towns.Select((t, i) => Sum(
            Area(townCodes[i], t.Name, "town", t.First switch { 0 => "subdistrict", 1 => "town", _ => "township" }, borders.Ring(town, i), 0))));
        County = Sum(Area(DemoPlaces.CountyCode, DemoPlaces.CountyName, "county", null, borders.Ring([.. town.Select(t => t < 0 ? -1 : 0)], 0), 0));

        static IReadOnlyList<DemoArea> Ordered(IEnumerable<DemoArea> areas) => [.. areas.OrderBy(a => a.Code, StringComparer.Ordinal)];

        DemoArea Sum(DemoArea area)
        {
            var within = Grids.Where(g => g.Code.StartsWith(area.Code, StringComparison.Ordinal));
            return area with { Population = within.Sum(g => g.Population), Households = within.Sum(g => g.Households) };
        }
    }

    // The rule: sequence runs west to east; of two on one meridian the northern one first.
    private static string[] Codes(List<(string Group, PlanePoint At)> places, Func<string, string> prefix, Func<string, int> first, int digits)
    {
        var codes = new string[places.Count];
        foreach (var group in Enumerable.Range(0, places.Count).GroupBy(i => places[i].Group))
        {
            var sequence = first(group.Key);
            foreach (var i in group.OrderBy(i => places[i].At.X).ThenByDescending(i => places[i].At.Y))
            {
                codes[i] = prefix(group.Key) + (sequence++).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
            }
        }

        return codes;
    }

    private static PlanePoint Middle(List<PlanePoint> ring)
    {
        var centroid = new Polygon(new LinearRing([.. ring.Select(p => new Coordinate(p.X, p.Y))])).Centroid;
        return new PlanePoint(centroid.X, centroid.Y);
    }

    private static DemoArea Area(string code, string name, string level, string? type, List<PlanePoint> ring, int population)
    {
        var points = new List<(double Lon, double Lat)>(ring.Count);
        foreach (var point in ring.Select(Degrees))
        {
            if (points.Count == 0 || points[^1] != point)
            {
                points.Add(point);
            }
        }

        return new DemoArea(code, name, level, type, population, 0, points);
    }

    // A grid is drawn to hold about as many people as the next; those in the seat hold more, those in the hills fewer.
    private static int Crowd(PlanePoint at) =>
        (int)(1000 * (0.35 + (0.4 * Noise.Hash(17, (long)(at.X * 1000), (long)(at.Y * 1000))) + (0.3 * Math.Min(Fineness(at), 4))));

    private IReadOnlyList<(double Lon, double Lat)> Inside(IReadOnlyList<PlanePoint> course)
    {
        var factory = new GeometryFactory(new PrecisionModel(), 4326);
        var county = factory.CreatePolygon([.. County.Ring.Select(p => new Coordinate(p.Lon, p.Lat))]);
        var line = factory.CreateLineString([.. course.Select(Degrees).Select(p => new Coordinate(p.Lon, p.Lat))]);
        var within = county.Intersection(line);
        var longest = Enumerable.Range(0, within.NumGeometries).Select(within.GetGeometryN).MaxBy(g => g.Length)!;
        return [.. longest.Coordinates.Select(c => (c.X, c.Y))];
    }
}
