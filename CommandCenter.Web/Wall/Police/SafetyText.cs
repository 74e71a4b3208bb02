using System.Globalization;
using CommandCenter.Data.PoliceStatistics;

namespace CommandCenter.Web.Wall.Police;

/// <summary>An index, always to one decimal, so that points stand below each other.</summary>
internal static class SafetyText
{
    public static string Of(decimal? score) => score is { } points ? points.ToString("0.0", CultureInfo.InvariantCulture) : FigureText.None;

    /// <summary>By how many points it moved: +1.0, −4.2.</summary>
    public static string Moved(decimal? by) => by is { } points ? (points > 0 ? "+" : points < 0 ? "−" : "") + Of(Math.Abs(points)) : FigureText.None;
}
