using System.Diagnostics.CodeAnalysis;

namespace CommandCenter.Data.Grids;

/// <summary>
/// The areas in force on one day: found by code, by level and by point. Immutable; safe for any number of readers.
/// </summary>
public sealed class AreaIndex
{
    private readonly Area[] _areas; // by level, then by code
    private readonly Dictionary<string, Area> _byCode;
    private readonly Dictionary<AreaLevel, IReadOnlyList<Area>> _byLevel;
    private readonly PolygonIndex[] _points; // by level, the county first
    private readonly AreaLocation?[] _locations;

    private AreaIndex(IEnumerable<AreaRow> rows, long version)
    {
        Version = version;
        var sorted = rows.ToArray();
        Array.Sort(sorted, static (a, b) => a.Level != b.Level ? a.Level.CompareTo(b.Level) : string.CompareOrdinal(a.Code, b.Code));
        Shapes = PackedShapes.Of(Array.ConvertAll(sorted, row => row.Wkb));
        _areas = new Area[sorted.Length];
        _byCode = new Dictionary<string, Area>(sorted.Length, StringComparer.Ordinal);
        string? parentCode = null;
        for (var i = 0; i < sorted.Length; i++)
        {
            // Siblings stand together, so they share one string for their parent.
            var parent = AreaCode.Parent(sorted[i].Code);
            parentCode = parent == parentCode ? parentCode : parent;
            _areas[i] = new Area(this, i, sorted[i], parentCode);
            _byCode.Add(sorted[i].Code, _areas[i]);
        }

        _byLevel = [];
        _points = new PolygonIndex[5];
        var from = 0;
        foreach (var level in Enum.GetValues<AreaLevel>())
        {
            var to = from;
            while (to < _areas.Length && _areas[to].Level == level)
            {
                to++;
            }

            _byLevel[level] = new ArraySegment<Area>(_areas, from, to - from);
            _points[(int)level] = new PolygonIndex(Shapes, from, to);
            from = to;
        }

        _locations = new AreaLocation?[_areas.Length];
    }

    /// <summary>No areas, version 0.</summary>
    public static AreaIndex Empty { get; } = new([], 0);

    /// <summary>Changes whenever the set of areas in force does; 0 for none.</summary>
    public long Version { get; }

    public int Count => _areas.Length;

    internal PackedShapes Shapes { get; }

    /// <summary>Takes rows in any order.</summary>
    /// <exception cref="ArgumentException">Two rows have one code.</exception>
    public static AreaIndex Build(IEnumerable<AreaRow> rows, long version) => new(rows, version);

    /// <summary>The area with this code, of whatever level.</summary>
    public Area? Find(string? code) => code is null ? null : _byCode.GetValueOrDefault(code);

    public bool TryFind(string? code, [NotNullWhen(true)] out Area? area) => (area = Find(code)) is not null;

    /// <summary>All areas of a level, by code.</summary>
    public IReadOnlyList<Area> Of(AreaLevel level) => _byLevel[level];

    /// <summary>The areas of a level that lie below an area by their code, that area itself included; "" is everywhere.</summary>
    public IReadOnlyList<Area> Of(AreaLevel level, string within)
    {
        var all = (ArraySegment<Area>)_byLevel[level];
        int from = LowerBound(all, within), to = from;
        while (to < all.Count && all[to].Code.StartsWith(within, StringComparison.Ordinal))
        {
            to++;
        }

        return all.Slice(from, to - from);
    }

    /// <summary>
    /// The grid that holds a point, and the areas above it by its code. A point on an edge belongs to the area with the lowest
    /// code. In no grid: the smallest area that does hold it, and those above. Outside of everything: null.
    /// </summary>
    /// <param name="lon">Degrees, WGS84.</param>
    /// <param name="lat">Degrees, WGS84.</param>
    public AreaLocation? Locate(double lon, double lat)
    {
        for (var level = AreaLevel.Grid; level >= AreaLevel.County; level--)
        {
            var ordinal = _points[(int)level].Lowest(lon, lat);
            if (ordinal >= 0)
            {
                return _locations[ordinal] ??= LocationIn(_areas[ordinal]);
            }
        }

        return null;
    }

    private static AreaLocation LocationIn(Area smallest)
    {
        var chain = new Area?[5];
        for (var area = smallest; area is not null; area = area.Parent)
        {
            chain[(int)area.Level] = area;
        }

        return new AreaLocation(
            chain[(int)AreaLevel.Grid], chain[(int)AreaLevel.Village], chain[(int)AreaLevel.Town], chain[(int)AreaLevel.County]);
    }

    private static int LowerBound(ArraySegment<Area> areas, string code)
    {
        int low = 0, high = areas.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(areas[middle].Code, code) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
