using CommandCenter.Data.Grids;

namespace CommandCenter.Web.Live;

/// <summary>What the live slice asks of the boundaries in force: names of codes, and what an area's figures are made of.</summary>
public sealed class LiveAreas(Func<AreaIndex> current)
{
    private const int TownLength = 9;

    /// <summary>The boundaries at this moment.</summary>
    public AreaIndex Current => current();

    /// <summary>
    /// The code prefix that an area stands for on the board. The only county of a store is the whole store, so that what lies
    /// outside all grids counts for it; where there are several counties, nobody can say which of them that belongs to.
    /// </summary>
    /// <param name="area">Area code; null or empty for the whole store.</param>
    public string Scope(string? area) =>
        string.IsNullOrEmpty(area) || (Current.Of(AreaLevel.County) is [{ Code: var only }] && only == area) ? "" : area;

    /// <summary>The names of a grid and of its town; null where the boundaries in force do not know them.</summary>
    public static (string? Grid, string? Town) NamesOf(AreaIndex areas, string? gridCode) => gridCode is null
        ? (null, null)
        : (areas.Find(gridCode)?.Name, gridCode.Length >= TownLength ? areas.Find(gridCode[..TownLength])?.Name : null);
}
