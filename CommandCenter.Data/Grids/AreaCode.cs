using System.Diagnostics.CodeAnalysis;

namespace CommandCenter.Data.Grids;

/// <summary>How a code breaks the code rule.</summary>
public enum AreaCodeFault
{
    None,

    /// <summary>Something other than the digits 0–9.</summary>
    NotDigits,

    /// <summary>Not 6, 9, 12 or 15 digits.</summary>
    Length,

    /// <summary>The length is that of another level than the one it was given for.</summary>
    Level,

    /// <summary>A county code starts with 1–9.</summary>
    County,

    /// <summary>Town 001–099 subdistrict, 100–199 town, 200–399 township.</summary>
    Town,

    /// <summary>Village 001–099 residents' committee, 200–299 villagers' committee.</summary>
    Village,

    /// <summary>Grids are numbered from 001.</summary>
    Grid,
}

/// <summary>
/// The code rule: county of GB/T 2260 (6 digits) + town (3) + village (3) + sequence (3). A parent's code is its child's
/// without the last part.
/// </summary>
public static class AreaCode
{
    /// <summary>The level a code of this length belongs to; null when no level has codes of this length.</summary>
    public static AreaLevel? LevelOf([NotNullWhen(true)] string? code) => code?.Length switch
    {
        6 => AreaLevel.County,
        9 => AreaLevel.Town,
        12 => AreaLevel.Village,
        15 => AreaLevel.Grid,
        _ => null,
    };

    /// <summary>How many digits codes of a level have.</summary>
    public static int LengthOf(AreaLevel level) => 3 + (3 * (int)level);

    /// <summary>The code of the area above; null for a county, and for what has not the length of a code.</summary>
    public static string? Parent(string code) => code.Length is 9 or 12 or 15 ? code[..^3] : null;

    /// <summary>Whether a code keeps the rule for its level.</summary>
    public static bool IsValid(string? code, AreaLevel level, out AreaCodeFault fault)
    {
        fault = FaultOf(code);
        if (fault == AreaCodeFault.None && LevelOf(code) != level)
        {
            fault = AreaCodeFault.Level;
        }

        return fault == AreaCodeFault.None;
    }

    /// <summary>Whether a code keeps the rule for the level that its length says.</summary>
    public static bool IsValid(string? code) => FaultOf(code) == AreaCodeFault.None;

    private static AreaCodeFault FaultOf(string? code)
    {
        if (string.IsNullOrEmpty(code))
        {
            return AreaCodeFault.Length;
        }

        if (code.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return AreaCodeFault.NotDigits;
        }

        if (LevelOf(code) is not { } level)
        {
            return AreaCodeFault.Length;
        }

        if (code[0] == '0')
        {
            return AreaCodeFault.County;
        }

        if (level >= AreaLevel.Town && Part(code, 6) is not (>= 1 and <= 399))
        {
            return AreaCodeFault.Town;
        }

        if (level >= AreaLevel.Village && Part(code, 9) is not ((>= 1 and <= 99) or (>= 200 and <= 299)))
        {
            return AreaCodeFault.Village;
        }

        return level == AreaLevel.Grid && Part(code, 12) == 0 ? AreaCodeFault.Grid : AreaCodeFault.None;
    }

    private static int Part(string code, int at) => ((code[at] - '0') * 100) + ((code[at + 1] - '0') * 10) + (code[at + 2] - '0');
}
