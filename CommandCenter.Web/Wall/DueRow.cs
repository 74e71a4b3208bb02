using CommandCenter.Data.Grids;
using CommandCenter.Data.Live;

namespace CommandCenter.Web.Wall;

/// <summary>An open incident that is overdue or due soon, as the wall lists it.</summary>
/// <param name="Place">Town and grid; null when it lies in no grid.</param>
public sealed record DueRow(OpenIncident Incident, string? Place)
{
    public static IReadOnlyList<DueRow> Of(DueIncidents due, AreaIndex areas, BoardMask mask, bool visitor)
    {
        ArgumentNullException.ThrowIfNull(due);
        ArgumentNullException.ThrowIfNull(areas);
        ArgumentNullException.ThrowIfNull(mask);
        return [.. due.First.Select(incident => new DueRow(mask.Shown(incident, visitor), PlaceOf(areas, incident.GridCode)))];
    }

    private static string? PlaceOf(AreaIndex areas, string? gridCode) => areas.Find(gridCode) is not { } grid
        ? gridCode
        : grid.Parent?.Parent is { } town ? $"{town.Name} {grid.Name}" : grid.Name;
}
