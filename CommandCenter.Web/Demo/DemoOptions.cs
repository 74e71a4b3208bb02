using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Demo;

/// <summary>Section <c>Demo</c>: the fictional county and its reports. Off unless asked for: on for <c>dotnet run</c> (launchSettings.json).</summary>
public sealed class DemoOptions : ICheckedOptions
{
    public const int MostReportsPerMinute = 6000;

    /// <summary>Whether an empty store is filled with 云溪县 and reports keep coming in. The screens then say 演示数据.</summary>
    public bool Enabled { get; set; }

    /// <summary>How many reports come in, averaged over a day; 0 for none. Handling goes on either way.</summary>
    public int ReportsPerMinute { get; set; } = 20;

    public IEnumerable<string> Problems()
    {
        if (ReportsPerMinute is < 0 or > MostReportsPerMinute)
        {
            yield return $"Demo:ReportsPerMinute is {ReportsPerMinute}; it must be 0 to {MostReportsPerMinute}.";
        }
    }
}
