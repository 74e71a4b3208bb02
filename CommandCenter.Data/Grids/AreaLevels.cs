using System.Diagnostics.CodeAnalysis;

namespace CommandCenter.Data.Grids;

/// <summary>The names of levels in files and interfaces.</summary>
public static class AreaLevels
{
    /// <summary><c>county</c>, <c>town</c>, <c>village</c> or <c>grid</c>.</summary>
    public static string NameOf(AreaLevel level) => level switch
    {
        AreaLevel.County => "county",
        AreaLevel.Town => "town",
        AreaLevel.Village => "village",
        AreaLevel.Grid => "grid",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "Not a level."),
    };

    /// <summary>Reads what <see cref="NameOf"/> writes, in any case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AreaLevel level)
    {
        (var known, level) = text?.ToUpperInvariant() switch
        {
            "COUNTY" => (true, AreaLevel.County),
            "TOWN" => (true, AreaLevel.Town),
            "VILLAGE" => (true, AreaLevel.Village),
            "GRID" => (true, AreaLevel.Grid),
            _ => (false, default),
        };
        return known;
    }
}
