namespace CommandCenter.Web.Shell;

/// <summary>What a browser calls itself, as short as people call it: <c>Chrome 140 · Windows</c>.</summary>
internal static class BrowserName
{
    // The first that is found: each but the last carries the names of those below it, too.
    private static readonly (string Sign, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("QQBrowser/", "QQ"), ("Firefox/", "Firefox"), ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"), ("Version/", "Safari")];

    private static readonly (string Sign, string Name)[] Systems =
        [("Windows", "Windows"), ("OpenHarmony", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS", "macOS"), ("Linux", "Linux")];

    /// <param name="agent">Of the <c>User-Agent</c> header.</param>
    /// <returns>What it says when it names nothing that is known here; a dash when it says nothing.</returns>
    public static string Of(string? agent)
    {
        if (string.IsNullOrWhiteSpace(agent))
        {
            return "—";
        }

        var browser = Browsers.FirstOrDefault(known => agent.Contains(known.Sign, StringComparison.Ordinal));
        var system = Systems.FirstOrDefault(known => agent.Contains(known.Sign, StringComparison.Ordinal)).Name;
        if (browser.Name is null)
        {
            return system is null ? agent : $"{system} · {agent}";
        }

        var version = agent[(agent.IndexOf(browser.Sign, StringComparison.Ordinal) + browser.Sign.Length)..].TakeWhile(char.IsAsciiDigit);
        var name = $"{browser.Name} {string.Concat(version)}".TrimEnd();
        return system is null ? name : $"{name} · {system}";
    }
}
