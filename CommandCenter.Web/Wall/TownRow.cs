using CommandCenter.Data.Grids;
using CommandCenter.Data.Live;
using CommandCenter.Web.Wall.Police;

namespace CommandCenter.Web.Wall;

/// <summary>A town in the ranking.</summary>
/// <param name="Name">Null for what remains when there are more towns than lines: then <paramref name="Count"/> says how many.</param>
public sealed record TownRow(string Code, string? Name, TownFigures Figures, int Count = 1)
{
    private const int Lines = 12;

    /// <summary>How safe it is; null where there is no index.</summary>
    public TownSafety? Safety { get; private init; }

    /// <summary>
    /// All towns of the area, also those with nothing to count: the least safe first, where there is no index by open incidents; the
    /// tail summed up in one line.
    /// </summary>
    public static IReadOnlyList<TownRow> Ranked(IReadOnlyList<Area> towns, IReadOnlyList<TownFigures> figures, IReadOnlyList<TownSafety> safety)
    {
        ArgumentNullException.ThrowIfNull(towns);
        var byCode = figures.ToDictionary(town => town.Code, StringComparer.Ordinal);
        var safe = safety.ToDictionary(town => town.Code, StringComparer.Ordinal);
        TownRow[] all =
        [
            .. towns.Select(town => new TownRow(town.Code, town.Name, byCode.GetValueOrDefault(town.Code) ?? None(town.Code)) { Safety = safe.GetValueOrDefault(town.Code) })
                .OrderBy(row => row.Safety?.Score ?? decimal.MaxValue)
                .ThenByDescending(row => row.Figures.Open)
                .ThenByDescending(row => row.Figures.Overdue)
                .ThenBy(row => row.Code, StringComparer.Ordinal),
        ];
        return all.Length <= Lines ? all : [.. all[..(Lines - 1)], Sum(all[(Lines - 1)..])];
    }

    private static TownFigures None(string code) => new(code, 0, 0, 0, 0, new OnTimeRate(0, 0, 0));

    private static TownRow Sum(TownRow[] rows) => new(
        "", null,
        new TownFigures(
            "", rows.Sum(row => row.Figures.Open), rows.Sum(row => row.Figures.Overdue),
            rows.Sum(row => row.Figures.ReportedToday), rows.Sum(row => row.Figures.ClosedToday),
            new OnTimeRate(
                rows.Sum(row => row.Figures.OnTime.ClosedOnTime), rows.Sum(row => row.Figures.OnTime.Closed), rows.Sum(row => row.Figures.OnTime.OpenOverdue))),
        rows.Length);
}
