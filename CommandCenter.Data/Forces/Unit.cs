namespace CommandCenter.Data.Forces;

/// <summary>What kind of unit it is. The numbers are stored.</summary>
public enum UnitKind
{
    /// <summary>联动工作站: an outpost of police, town and departments.</summary>
    JointStation = 1,

    /// <summary>义警: civilians on patrol.</summary>
    VolunteerPatrol = 2,

    /// <summary>最小应急单元: two or three first responders.</summary>
    MinEmergencyUnit = 3,

    /// <summary>巡防: police or auxiliaries on patrol.</summary>
    Patrol = 4,
}

/// <summary>Who can be sent, and where they are stationed.</summary>
public sealed record Unit
{
    public string Code { get; init; } = "";

    public string Name { get; init; } = "";

    public UnitKind Kind { get; init; }

    /// <summary>Code of the area it belongs to, of any level; its first six digits are the county.</summary>
    public string AreaCode { get; init; } = "";

    /// <summary>Degrees, WGS84.</summary>
    public double Lon { get; init; }

    /// <summary>Degrees, WGS84.</summary>
    public double Lat { get; init; }

    /// <summary>The system that the point was sent in (<see cref="Grids.CoordinateTransform.NameOf"/>).</summary>
    public string SourceCrs { get; init; } = "";
}

/// <summary>A unit and how far from the point asked for it is, in metres.</summary>
public readonly record struct NearUnit(Unit Unit, double Metres);

/// <summary>What a listing asks for; what is null does not matter.</summary>
/// <param name="Area">An area code of any level, for all below it.</param>
public sealed record UnitFilter(string? Area, UnitKind? Kind, int Limit);

/// <summary>What became of a county's list of units.</summary>
/// <param name="Taken">Units of the list.</param>
/// <param name="Changed">Those of them that are new, other than before, or back.</param>
/// <param name="Retired">Units that the list left out.</param>
/// <param name="Elsewhere">Codes that belong to units of another county. When there are any, nothing was changed.</param>
public sealed record UnitReplacement(int Taken, int Changed, int Retired, IReadOnlyList<string> Elsewhere);
