using CommandCenter.Data.Grids;
using CommandCenter.Data.Live;

namespace CommandCenter.Web.Wall;

/// <summary>An open incident past its finish-by instant, as the wall lists it.</summary>
/// <param name="Place">Town and grid; null when it lies in no grid.</param>
public sealed record OverdueIncident(OpenIncident Incident, string? Place)
{
    /// <summary>Those whose clock ran out first. Reads everything open: call it every few seconds, not for every change.</summary>
    /// <param name="area">Code prefix.</param>
    /// <param name="now">UTC.</param>
    public static IReadOnlyList<OverdueIncident> Longest(LiveBoard board, AreaIndex areas, string area, DateTime now, int count)
    {
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(areas);
        return
        [
            .. board.OpenNewestFirst
                .Where(incident => incident.IsOverdue(now) && (area.Length == 0 || incident.GridCode?.StartsWith(area, StringComparison.Ordinal) == true))
                .OrderBy(incident => incident.FinishBy)
                .Take(count)
                .Select(incident => new OverdueIncident(incident, PlaceOf(areas, incident.GridCode))),
        ];
    }

    private static string? PlaceOf(AreaIndex areas, string? gridCode) => areas.Find(gridCode) is not { } grid
        ? gridCode
        : grid.Parent?.Parent is { } town ? $"{town.Name} {grid.Name}" : grid.Name;
}
