namespace CommandCenter.Web.Walls;

/// <summary>Names the resources of pairing walls and of the page of walls (<c>WallsText.resx</c> in Chinese, <c>WallsText.en.resx</c> in English).</summary>
public sealed class WallsText;
