using System.Globalization;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Web.Demo;

/// <summary>How reports of one level-2 category are worded, how often they come, how urgent they are and who sends them.</summary>
/// <param name="Weight">How often, against the other categories.</param>
/// <param name="Titles">With slots in braces (<see cref="DemoAddresses"/>).</param>
internal sealed record Phrases(
    string Category,
    int Weight,
    Weighted<Urgency> Urgencies,
    Weighted<string> Sources,
    IReadOnlyList<string> Titles,
    IReadOnlyList<string> Descriptions,
    Handling Handling);

/// <summary>Who handles the matters of one level-1 category, and what they write down.</summary>
internal sealed record Handling(string Department, IReadOnlyList<string> AtWork, IReadOnlyList<string> Closed);

/// <summary>
/// The words of the demonstration county, read from the text files beside this one. In them <c>!</c> names the department,
/// <c>@</c> begins a category (code, name, weight, shares of urgency, shares of sources), <c>-</c> is a title, <c>&gt;</c> a
/// description, <c>~</c> a note when work begins and <c>=</c> one when it is done.
/// </summary>
internal sealed class PhraseBook
{
    private static readonly Lazy<PhraseBook> Read = new(() => new PhraseBook());
    private readonly Dictionary<string, Phrases> _byCategory;

    private PhraseBook()
    {
        var assembly = typeof(PhraseBook).Assembly;
        All = [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("demo/phrases/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .SelectMany(name => Parse(new StreamReader(assembly.GetManifestResourceStream(name)!).ReadToEnd()))];
        ByWeight = new Weighted<Phrases>(All.Select(p => (p, p.Weight)));
        _byCategory = All.ToDictionary(p => p.Category, StringComparer.Ordinal);
    }

    public static PhraseBook Instance => Read.Value;

    public IReadOnlyList<Phrases> All { get; }

    public Weighted<Phrases> ByWeight { get; }

    public Phrases? Find(string category) => _byCategory.GetValueOrDefault(category);

    private static IEnumerable<Phrases> Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var handling = new Handling(Marked(lines, '!')[0], Marked(lines, '~'), Marked(lines, '='));
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i][0] == '@')
            {
                string[] own = [.. lines.Skip(i + 1).TakeWhile(line => line[0] != '@')];
                yield return Category(lines[i], own, handling);
            }
        }
    }

    private static Phrases Category(string head, string[] lines, Handling handling)
    {
        var words = head.Split(' ');
        return new Phrases(
            words[0][1..],
            int.Parse(words[2].AsSpan(1), CultureInfo.InvariantCulture),
            new Weighted<Urgency>(words.Skip(3).Where(w => !w.Contains(':', StringComparison.Ordinal)).Select(Share)),
            new Weighted<string>(words.Where(w => w.Contains(':', StringComparison.Ordinal)).Select(w => w.Split(':')).Select(w => (w[0], int.Parse(w[1], CultureInfo.InvariantCulture)))),
            Marked(lines, '-'),
            Marked(lines, '>'),
            handling);
    }

    private static (Urgency Urgency, int Share) Share(string word) => (
        word[0] switch
        {
            'C' => Urgency.Critical,
            'U' => Urgency.Urgent,
            'N' => Urgency.Normal,
            'X' => Urgency.Complex,
            _ => throw new FormatException($"'{word}' is not a share of urgency."),
        },
        int.Parse(word.AsSpan(1), CultureInfo.InvariantCulture));

    private static string[] Marked(string[] lines, char mark) => [.. lines.Where(line => line[0] == mark).Select(line => line[1..].Trim())];
}
