using NetTopologySuite.Geometries;

namespace CommandCenter.Data.Grids;

/// <summary>An area as the store holds it for some days.</summary>
/// <param name="Id">Given by the store; one number for one row, so the same area has another in another boundary version.</param>
/// <param name="Code">By the code rule (<see cref="AreaCode"/>).</param>
/// <param name="Wkb">Little-endian WKB, degrees in WGS84, exterior counter-clockwise.</param>
/// <param name="Population">People; null when not told.</param>
/// <param name="Households">Null when not told.</param>
/// <param name="Type">What kind of grid it is (market, school, …), in the words of the file; null when not told.</param>
public sealed record AreaRow(
    int Id,
    string Code,
    string Name,
    AreaLevel Level,
    byte[] Wkb,
    int? Population = null,
    int? Households = null,
    string? Type = null)
{
    /// <summary>A row from a shape in WGS84; either ring order will do.</summary>
    public static AreaRow Of(int id, string code, string name, Geometry shape) =>
        new(id, code, name, AreaCode.LevelOf(code) ?? throw new ArgumentException("Not the code of an area.", nameof(code)), AreaWkb.Write(shape));
}

/// <summary>A county, town, village or grid within one boundary version.</summary>
public sealed class Area
{
    private readonly AreaIndex _index;
    private readonly int _ordinal;

    internal Area(AreaIndex index, int ordinal, AreaRow row, string? parentCode)
    {
        _index = index;
        _ordinal = ordinal;
        (Id, Code, Name, Level, Population, Households, Type) =
            (row.Id, row.Code, row.Name, row.Level, row.Population, row.Households, row.Type);
        ParentCode = parentCode;
    }

    /// <summary>Stable for the version: the <c>id</c> of its GeoJSON feature.</summary>
    public int Id { get; }

    public string Code { get; }

    public string Name { get; }

    public AreaLevel Level { get; }

    /// <summary>The code of the area above; null for a county.</summary>
    public string? ParentCode { get; }

    /// <summary>The area above; null for a county, or when the store holds none.</summary>
    public Area? Parent => _index.Find(ParentCode);

    public int? Population { get; }

    public int? Households { get; }

    public string? Type { get; }

    /// <summary>Polygon or multipolygon, degrees, SRID 4326. Made anew at each call: keep it if it is needed more than once.</summary>
    public Geometry Shape => _index.Shapes.GeometryOf(_ordinal);

    /// <summary>Degrees.</summary>
    public Envelope Envelope => _index.Shapes.EnvelopeOf(_ordinal);

    internal PackedShapes Shapes => _index.Shapes;

    internal int Ordinal => _ordinal;

    public override string ToString() => $"{Code} {Name}";
}

/// <summary>Where a point lies. At least one level is not null.</summary>
public sealed record AreaLocation(Area? Grid, Area? Village, Area? Town, Area? County);
