namespace CommandCenter.Web.Commands;

/// <summary>
/// The command line, cut in two: settings as the server takes them (<c>--Storage:Provider=SqlServer</c>, <c>--urls …</c>), and the
/// words of a verb.
/// </summary>
internal sealed record VerbArguments(IReadOnlyList<string> Words, IReadOnlyList<string> Settings)
{
    // Settings of the host that have no colon in their name.
    private static readonly string[] HostSettings =
        ["urls", "environment", "contentRoot", "applicationName", "webRoot", "http_ports", "https_ports", "wwwroot"];

    /// <summary>Whether these words ask for something else than serving.</summary>
    public bool AskForVerb => Words is [var first, ..]
        && (!first.StartsWith('-') || first is "--help" or "-h" or "-?" or "--version" or "--lang" || first.StartsWith("--lang=", StringComparison.Ordinal))
        && !(first.StartsWith('/') || first.Contains('=', StringComparison.Ordinal) && !first.StartsWith('-'));

    public static VerbArguments Of(IReadOnlyList<string> args)
    {
        var (words, settings) = (new List<string>(), new List<string>());
        for (var i = 0; i < args.Count; i++)
        {
            if (!IsSetting(args[i]))
            {
                words.Add(args[i]);
                continue;
            }

            settings.Add(args[i]);
            if (!args[i].Contains('=', StringComparison.Ordinal) && i + 1 < args.Count && !args[i + 1].StartsWith('-'))
            {
                settings.Add(args[++i]);
            }
        }

        return new(words, settings);
    }

    private static bool IsSetting(string word)
    {
        if (!word.StartsWith("--", StringComparison.Ordinal))
        {
            return false;
        }

        var name = word[2..].Split('=')[0];
        return name.Contains(':', StringComparison.Ordinal) || HostSettings.Contains(name, StringComparer.OrdinalIgnoreCase);
    }
}
