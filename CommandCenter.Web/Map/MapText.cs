namespace CommandCenter.Web.Map;

/// <summary>Names the resources of the map (<c>MapText.resx</c>, <c>MapText.en.resx</c>).</summary>
public sealed class MapText
{
    /// <summary>Level-1 category codes that have a character of their own (<c>Glyph01</c> …).</summary>
    public static readonly string[] Categories = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11"];
}
