using System.Net;
using System.Text.RegularExpressions;

namespace CommandCenter.Tests;

/// <summary>A form of a page, to be filled in over HTTP as a browser without scripts does.</summary>
internal sealed class PageForm
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string _page;
    private readonly Dictionary<string, string> _hidden;

    private PageForm(string page, Dictionary<string, string> hidden) => (_page, _hidden) = (page, hidden);

    /// <param name="name">The form's handler; null for the first form of the main part.</param>
    public static PageForm Of(string page, string? name)
    {
        var main = page[page.IndexOf("<main", StringComparison.Ordinal)..];
        var form = Regex.Matches(main, "<form.*?</form>", RegexOptions.Singleline, Patience).Select(match => match.Value)
            .FirstOrDefault(text => name is null || text.Contains($"value=\"{name}\"", StringComparison.Ordinal));
        form.ShouldNotBeNull($"no form {name} in {main}");
        var hidden = Regex.Matches(form, "<input[^>]*type=\"hidden\"[^>]*>", RegexOptions.Singleline, Patience)
            .Select(match => (Name: Attribute(match.Value, "name"), Value: Attribute(match.Value, "value")))
            .Where(field => field.Name.Length > 0)
            .GroupBy(field => field.Name)
            .ToDictionary(group => group.Key, group => group.First().Value);
        return new PageForm(main, hidden);
    }

    /// <summary>What stands on the page at <c>it</c> of a pattern.</summary>
    public string Text(string pattern)
    {
        var match = Regex.Match(_page, pattern, RegexOptions.ExplicitCapture, Patience);
        match.Success.ShouldBeTrue(_page);
        return WebUtility.HtmlDecode(match.Groups["it"].Value);
    }

    public FormUrlEncodedContent Filled(params (string Name, string? Value)[] fields)
    {
        var all = new Dictionary<string, string?>(_hidden.Select(field => KeyValuePair.Create(field.Key, (string?)field.Value)));
        foreach (var (name, value) in fields)
        {
            all[name] = value;
        }

        return new FormUrlEncodedContent(all);
    }

    public static byte[] FromBase32(string text)
    {
        var bytes = new List<byte>();
        var (buffer, bits) = (0, 0);
        foreach (var letter in text.Where(letter => letter != ' '))
        {
            buffer = (buffer << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal);
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits));
                buffer &= (1 << bits) - 1;
            }
        }

        return [.. bytes];
    }

    private static string Attribute(string tag, string name) =>
        WebUtility.HtmlDecode(Regex.Match(tag, $"\\b{name}=\"(?<it>[^\"]*)\"", RegexOptions.ExplicitCapture, Patience).Groups["it"].Value);
}
