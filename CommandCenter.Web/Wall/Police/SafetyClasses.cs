using CommandCenter.Web.Map;

namespace CommandCenter.Web.Wall.Police;

/// <summary>The safety index on the map: the least safe brightest, so that the eye goes where it is needed.</summary>
internal static class SafetyClasses
{
    public static readonly IReadOnlyList<string> Texts = ["≥90", "85–90", "80–85", "70–80", "<70"];

    public static IReadOnlyList<MapValue> Of(IEnumerable<TownSafety> towns) =>
        [.. towns.Select(town => new MapValue(town.Code, town.Score is { } score ? Class(score) : null, SafetyText.Of(town.Score)))];

    private static int Class(decimal score) => score switch { >= 90 => 0, >= 85 => 1, >= 80 => 2, >= 70 => 3, _ => 4 };
}
