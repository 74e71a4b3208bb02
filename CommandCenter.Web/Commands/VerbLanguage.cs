using System.Globalization;
using CommandCenter.Web.Shell;

namespace CommandCenter.Web.Commands;

/// <summary>In which of the two languages a verb speaks.</summary>
internal static class VerbLanguage
{
    private static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    /// <summary>Sets it from <c>--lang</c>, else from the environment, before the first text is read.</summary>
    /// <returns>False when <c>--lang</c> names another language.</returns>
    public static bool Choose(IReadOnlyList<string> words)
    {
        var given = Given(words);
        var culture = given is null ? FromEnvironment() : Known(given);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture ?? Cultures.Default);
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentUICulture;
        return culture is not null;
    }

    private static string? Given(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].StartsWith("--lang=", StringComparison.Ordinal))
            {
                return words[i]["--lang=".Length..];
            }

            if (words[i] == "--lang")
            {
                return i + 1 < words.Count ? words[i + 1] : "";
            }
        }

        return null;
    }

    private static string? Known(string language) =>
        language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Cultures.Default
        : language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en"
        : null;

    // A service or a container that names no language at all gets the product's own.
    private static string FromEnvironment() =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? Cultures.Default
        : CultureInfo.CurrentUICulture.Name.Length > 0 ? "en"
        : Variables.All(name => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))) ? Cultures.Default
        : "en";
}
