namespace CommandCenter.Web.Grids;

/// <summary>Names the messages of the area endpoints (<c>GridText.resx</c> in Chinese, <c>GridText.en.resx</c> in English).</summary>
public sealed class GridText;
