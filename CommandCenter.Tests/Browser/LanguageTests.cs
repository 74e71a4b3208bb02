using System.Globalization;
using System.Reflection;
using System.Resources;
using CommandCenter.Web.Shell;

namespace CommandCenter.Tests.Browser;

public sealed class LanguageTests
{
    private static readonly Assembly Web = typeof(ShellText).Assembly;

    public static TheoryData<string> Resources =>
        [.. Web.GetManifestResourceNames().Where(name => name.EndsWith("Text.resources", StringComparison.Ordinal)).Select(name => name[..^".resources".Length])];

    [Theory]
    [MemberData(nameof(Resources))]
    public void Both_languages_have_the_same_texts(string resource)
    {
        var (chinese, english) = (Read(resource, CultureInfo.InvariantCulture), Read(resource, CultureInfo.GetCultureInfo("en")));

        english.Keys.ShouldBe(chinese.Keys, ignoreOrder: true);
        foreach (var (key, text) in chinese)
        {
            Gaps(english[key]).ShouldBe(Gaps(text), ignoreOrder: true, $"placeholders of {key}");
        }
    }

    private static Dictionary<string, string> Read(string resource, CultureInfo culture) =>
        new ResourceManager(resource, Web).GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);

    private static IEnumerable<char> Gaps(string text) => text.Where((_, i) => i > 0 && text[i - 1] == '{').Distinct();
}
