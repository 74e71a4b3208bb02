using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Edges;

/// <summary>Section <c>Limits</c>: how much one node takes from whom before it says "later".</summary>
public sealed class EdgeOptions : ICheckedOptions
{
    public const string Section = "Limits";

    /// <summary>Requests a second from one address that shows no credential, on average; files of pages and health don't count.</summary>
    public int AnonymousPerSecond { get; set; } = 50;

    /// <summary>How many of those may come at once: a whole county's browsers behind one gateway that open the sign-in page.</summary>
    public int AnonymousBurst { get; set; } = 400;

    /// <summary>Requests that are under way at one time from one address with a credential, live connections apart.</summary>
    public int UnderWayPerAddress { get; set; } = 256;

    /// <summary>Requests that are under way at one time from everybody, live connections apart.</summary>
    public int UnderWay { get; set; } = 1_024;

    /// <summary>Connections of walls, browsers and programs at one time.</summary>
    public int Connections { get; set; } = 10_000;

    public IEnumerable<string> Problems()
    {
        foreach (var (name, value) in new[]
        {
            (nameof(AnonymousPerSecond), AnonymousPerSecond), (nameof(AnonymousBurst), AnonymousBurst), (nameof(UnderWayPerAddress), UnderWayPerAddress),
            (nameof(UnderWay), UnderWay), (nameof(Connections), Connections),
        })
        {
            if (value is < 1 or > 1_000_000)
            {
                yield return $"{Section}:{name} is {value}; it must be between 1 and 1000000.";
            }
        }
    }
}
