using CommandCenter.Data.PoliceStatistics;

namespace CommandCenter.Web.Wall.Police;

/// <summary>The mark beside a safety index: a shape for each level, so that colour is never alone (wall.css).</summary>
internal static class SafetyMark
{
    public static string Of(SafetyLevel? level) => level switch
    {
        SafetyLevel.Green => "green",
        SafetyLevel.Yellow => "yellow",
        SafetyLevel.Orange => "orange",
        SafetyLevel.Red => "red",
        null => "none",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "Not a level."),
    };
}
