using CommandCenter.Data.Grids;
using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Wall;

/// <summary>Section <c>Wall</c>.</summary>
public sealed class WallOptions : ICheckedOptions
{
    public const string Section = "Wall";

    /// <summary>Code of the area that <c>/wall</c> shows when the address names none; empty: the only county of the store.</summary>
    public string Area { get; set; } = "";

    public IEnumerable<string> Problems()
    {
        if (Area.Length > 0 && !AreaCode.IsValid(Area))
        {
            yield return $"Wall:Area is '{Area}'; it must be an area code of 6, 9, 12 or 15 digits, or empty.";
        }
    }
}
