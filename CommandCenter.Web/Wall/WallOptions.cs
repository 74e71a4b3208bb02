namespace CommandCenter.Web.Wall;

/// <summary>Section <c>Wall</c>.</summary>
public sealed class WallOptions
{
    public const string Section = "Wall";

    /// <summary>Code of the area that <c>/wall</c> shows when the address names none; empty: the only county of the store.</summary>
    public string Area { get; set; } = "";
}
