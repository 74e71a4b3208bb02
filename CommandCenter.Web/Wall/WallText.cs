namespace CommandCenter.Web.Wall;

/// <summary>Names the resources of the wall (<c>WallText.resx</c>, <c>WallText.en.resx</c>).</summary>
public sealed class WallText;
