using System.CommandLine;

namespace CommandCenter.Web.Commands;

/// <summary>What is wrong with a command line, and what was probably meant.</summary>
internal static class VerbProblems
{
    public static IReadOnlyList<string> Of(ParseResult given, bool languageIsKnown)
    {
        var problems = new List<string>();
        if (!languageIsKnown)
        {
            problems.Add(VerbText.Get("UnknownLanguage"));
        }

        var at = given.CommandResult.Command;
        problems.AddRange(given.UnmatchedTokens.Select(word => Unknown(word, at)));

        // The parser names each unknown word too, without what was meant; and where a verb is misspelt, that one is missing.
        if (given.UnmatchedTokens.Count == 0)
        {
            problems.AddRange(given.Errors.Where(error => at.Subcommands.Count == 0 || error.SymbolResult != given.CommandResult).Select(error => error.Message));
        }

        return problems;
    }

    /// <summary>What may follow a command, for people.</summary>
    public static string Words(Command command) => string.Join(VerbText.Get("Comma"), command.Subcommands.Select(next => next.Name));

    /// <summary>The words that lead to a command: <c> import areas</c>, with a blank before; "" for the program itself.</summary>
    public static string Path(Command command) =>
        command is RootCommand ? "" : $"{command.Parents.OfType<Command>().Select(Path).FirstOrDefault()} {command.Name}";

    private static string Unknown(string word, Command at)
    {
        var isOption = word.StartsWith('-');
        var known = isOption ? Options(at).ToList() : [.. at.Subcommands.Select(command => command.Name)];
        return Nearest(word.Split('=')[0], known) is { } meant ? VerbText.Get("DidYouMean", word, meant)
            : known.Count > 0 ? VerbText.Get(isOption ? "UnknownOption" : "UnknownVerb", word, string.Join(VerbText.Get("Comma"), known))
            : VerbText.Get("TooMuch", word);
    }

    private static IEnumerable<string> Options(Command at) =>
        at.Options.Where(option => !option.Hidden).Select(option => option.Name)
            .Concat(at.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive).Select(option => option.Name)))
            .Append("--lang").Append("--help").Distinct(StringComparer.Ordinal);

    /// <summary>The known word that takes the fewest slips to become the written one, when few enough.</summary>
    internal static string? Nearest(string written, IReadOnlyList<string> known)
    {
        var (meant, slips) = known.Select(word => (word, Slips(word, written.ToLowerInvariant()))).DefaultIfEmpty(("", int.MaxValue)).MinBy(word => word.Item2);
        return slips <= Math.Max(1, Math.Min(meant.Length, written.Length) / 3)
            ? meant
            : known.FirstOrDefault(word => written.TrimStart('-').Length >= 3 && word.StartsWith(written, StringComparison.OrdinalIgnoreCase));
    }

    // Letters missing, added, changed, or swapped with their neighbour.
    private static int Slips(string right, string written)
    {
        var slips = new int[right.Length + 1, written.Length + 1];
        for (var i = 0; i <= right.Length; i++)
        {
            for (var j = 0; j <= written.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    slips[i, j] = i + j;
                    continue;
                }

                var change = right[i - 1] == written[j - 1] ? 0 : 1;
                slips[i, j] = Math.Min(Math.Min(slips[i - 1, j] + 1, slips[i, j - 1] + 1), slips[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && right[i - 1] == written[j - 2] && right[i - 2] == written[j - 1])
                {
                    slips[i, j] = Math.Min(slips[i, j], slips[i - 2, j - 2] + 1);
                }
            }
        }

        return slips[right.Length, written.Length];
    }
}
