using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;

namespace CommandCenter.Web.Wall;

/// <summary>What a wall was asked to show, and what the store has for it.</summary>
public abstract record WallScope
{
    /// <summary>The map draws the finest level that has at most this many areas: more cannot be told apart from a chair.</summary>
    public const int MostCells = 2000;

    private WallScope()
    {
    }

    /// <summary>The store holds no areas yet.</summary>
    public sealed record Empty : WallScope;

    /// <summary>Nobody was let in: the screen is not paired.</summary>
    public sealed record Nobody : WallScope;

    /// <summary>The area lies outside what is seen.</summary>
    public sealed record NotYours(string Code) : WallScope;

    /// <summary>No area with this code is in force.</summary>
    public sealed record Unknown(string Code) : WallScope;

    /// <summary>Several counties, and none was named.</summary>
    public sealed record Choice(IReadOnlyList<Area> Counties) : WallScope;

    /// <param name="Cells">The level the map is coloured by.</param>
    public sealed record One(Area Area, AreaLevel Cells) : WallScope;

    /// <param name="sight">How far who looks sees; null when nobody was let in.</param>
    /// <param name="asked">The code in the address, else the configured one; null or empty when neither.</param>
    public static WallScope Resolve(AreaIndex areas, Sight? sight, string? asked)
    {
        ArgumentNullException.ThrowIfNull(areas);
        if (sight is null)
        {
            return new Nobody();
        }

        var counties = areas.Of(AreaLevel.County);
        if (areas.Count == 0)
        {
            return new Empty();
        }

        if (!string.IsNullOrWhiteSpace(asked))
        {
            return !sight.Covers(asked.Trim()) ? new NotYours(asked.Trim()) : areas.Find(asked.Trim()) is { } area ? new One(area, Finest(areas, area)) : new Unknown(asked.Trim());
        }

        return counties.Count == 1 ? new One(counties[0], Finest(areas, counties[0])) : new Choice(counties);
    }

    private static AreaLevel Finest(AreaIndex areas, Area within)
    {
        for (var level = AreaLevel.Grid; level > within.Level; level--)
        {
            if (areas.Of(level, within.Code).Count is > 0 and <= MostCells)
            {
                return level;
            }
        }

        return within.Level;
    }
}
