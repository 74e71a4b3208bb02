namespace CommandCenter.Web.Hosting;

/// <summary>Section <c>Health</c>: from where on a node warns, and from where on it says that it is not ready.</summary>
public sealed class HealthOptions : ICheckedOptions
{
    /// <summary>Free room on the store's disk below which it is told, in MB of 2^20 bytes.</summary>
    public int DiskWarningMegabytes { get; set; } = 2048;

    /// <summary>Free room below which the node is not ready; 0 for never.</summary>
    public int DiskFailMegabytes { get; set; } = 64;

    /// <summary>Age of the live board from which on it is told.</summary>
    public int TailerWarningSeconds { get; set; } = 2;

    /// <summary>Age of the live board from which on the node is not ready.</summary>
    public int TailerFailSeconds { get; set; } = 15;

    public IEnumerable<string> Problems()
    {
        if (DiskWarningMegabytes < 0)
        {
            yield return $"Health:DiskWarningMegabytes is {DiskWarningMegabytes}; it must be 0 or more.";
        }

        if (DiskFailMegabytes < 0 || DiskFailMegabytes > Math.Max(0, DiskWarningMegabytes))
        {
            yield return $"Health:DiskFailMegabytes is {DiskFailMegabytes}; it must be between 0 and Health:DiskWarningMegabytes ({DiskWarningMegabytes}).";
        }

        if (TailerWarningSeconds is < 1 or > 3600)
        {
            yield return $"Health:TailerWarningSeconds is {TailerWarningSeconds}; it must be between 1 and 3600.";
        }

        if (TailerFailSeconds < TailerWarningSeconds || TailerFailSeconds > 3600)
        {
            yield return $"Health:TailerFailSeconds is {TailerFailSeconds}; it must be between Health:TailerWarningSeconds ({TailerWarningSeconds}) and 3600.";
        }
    }
}
