namespace CommandCenter.Data.Live;

/// <summary>Under which keys an incident is counted.</summary>
internal static class Place
{
    /// <summary>Key of what has a point that lies in no grid. Not a code, so that no area contains it but "", the whole store.</summary>
    public const string Outside = "outside";

    /// <summary>Key of what has neither point nor grid.</summary>
    public const string Nowhere = "nowhere";

    private const int TownLength = 9;

    public static string Town(string? gridCode, bool outsideGrids) => gridCode switch
    {
        null => outsideGrids ? Outside : Nowhere,
        { Length: > TownLength } => gridCode[..TownLength],
        _ => gridCode,
    };

    public static bool IsTown(string key) => key is not (Outside or Nowhere);

    /// <summary>The level-1 number of a category code: 4 for <c>0401</c>.</summary>
    public static int Category(string code) =>
        code.Length >= 2 && char.IsAsciiDigit(code[0]) && char.IsAsciiDigit(code[1]) ? ((code[0] - '0') * 10) + code[1] - '0' : 0;
}
