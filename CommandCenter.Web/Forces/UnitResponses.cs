using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using CommandCenter.Data.Forces;
using CommandCenter.Data.Grids;

namespace CommandCenter.Web.Forces;

/// <summary>A unit as it is sent in.</summary>
public sealed record UnitSubmission(
    [property: Description("Its code: letters, digits, '.', '_' and '-', at most 32; one unit of all counties has it.")] string Code,
    [property: Description("Its name, at most 100 characters.")] string Name,
    [property: Description("jointStation, volunteerPatrol, minEmergencyUnit or patrol.")] string Kind,
    [property: Description("Code of the area it belongs to, of any level, in the county.")] string Area,
    [property: Description("Longitude of its station in degrees.")] double Lon,
    [property: Description("Latitude of its station in degrees.")] double Lat);

/// <summary>What became of a county's list.</summary>
public sealed record UnitReceipt(
    [property: Description("Code of the county.")] string County,
    [property: Description("Units of the list.")] int Taken,
    [property: Description("Those of them that are new, other than before, or back in service.")] int Changed,
    [property: Description("Units that the list left out, now out of service.")] int Retired);

/// <summary>A unit in service.</summary>
public record UnitSummary
{
    [Description("Its code.")]
    public required string Code { get; init; }

    [Description("Its name.")]
    public required string Name { get; init; }

    [Description("jointStation, volunteerPatrol, minEmergencyUnit or patrol.")]
    public required UnitKind Kind { get; init; }

    [Description("Code of the area it belongs to.")]
    public required string Area { get; init; }

    [Description("Name of that area today.")]
    public string? AreaName { get; init; }

    [Description("Longitude of its station in degrees, WGS84.")]
    public required double Lon { get; init; }

    [Description("Latitude of its station in degrees, WGS84.")]
    public required double Lat { get; init; }

    internal static UnitSummary Of(Unit unit, AreaIndex areas) => new()
    {
        Code = unit.Code,
        Name = unit.Name,
        Kind = unit.Kind,
        Area = unit.AreaCode,
        AreaName = areas.Find(unit.AreaCode)?.Name,
        Lon = unit.Lon,
        Lat = unit.Lat,
    };
}

/// <summary>A unit and how far it is.</summary>
public sealed record NearUnitSummary : UnitSummary
{
    [SetsRequiredMembers]
    public NearUnitSummary(UnitSummary summary)
        : base(summary)
    {
    }

    [JsonPropertyOrder(1), Description("Metres from the point to its station, to the nearest tenth.")]
    public double Distance { get; init; }

    internal static NearUnitSummary Of(NearUnit near, AreaIndex areas) =>
        new(UnitSummary.Of(near.Unit, areas)) { Distance = Math.Round(near.Metres, 1) };
}

/// <summary>A page of units, by code.</summary>
public sealed record UnitPage(
    [property: Description("The units.")] IReadOnlyList<UnitSummary> Items,
    [property: Description("Give this as after to get the next page; null on the last.")] string? Next);

/// <summary>The nearest units.</summary>
public sealed record NearUnits(
    [property: Description("The units, nearest first.")] IReadOnlyList<NearUnitSummary> Items);
