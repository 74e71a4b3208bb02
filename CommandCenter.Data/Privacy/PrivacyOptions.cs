using System.Globalization;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Privacy;

/// <summary>The <c>Privacy</c> section.</summary>
public sealed class PrivacyOptions
{
    // Ten years of everything is no retention any more; a day is no time to answer a complaint in.
    private const int FewestDays = 30, MostDays = 36_500;

    /// <summary>
    /// The file that holds the keys of personal data, kept apart from the database. Empty for the embedded store means beside its
    /// file; on SQL Server it must be given, and is the same for all nodes.
    /// </summary>
    public string KeyFile { get; set; } = "";

    /// <summary>After how many days since closing people and free text are erased from an incident; 0: never.</summary>
    public int RetentionDays { get; set; } = 1095;

    /// <summary>Other days for some categories: <c>09=365,0104=1825</c>. A level-2 code goes before its level 1; 0: never.</summary>
    public string RetentionByCategory { get; set; } = "";

    /// <summary>After how many days since closing people and free text are erased from a dispute; 0: never.</summary>
    public int DisputeRetentionDays { get; set; } = 1825;

    /// <summary>Level-1 categories whose titles are not shown on walls, and of which small groups are hidden there.</summary>
    public string SensitiveCategories { get; set; } = "09";

    /// <summary>What is wrong, one sentence a problem, each naming its key and what would be right.</summary>
    public IEnumerable<string> Problems()
    {
        if (!IsDays(RetentionDays))
        {
            yield return $"Privacy:RetentionDays is {RetentionDays}; it must be 0 (never), or {FewestDays} to {MostDays}.";
        }

        if (!IsDays(DisputeRetentionDays))
        {
            yield return $"Privacy:DisputeRetentionDays is {DisputeRetentionDays}; it must be 0 (never), or {FewestDays} to {MostDays}.";
        }

        foreach (var part in Parts(RetentionByCategory))
        {
            if (part.Split('=') is not [var code, var days] || IncidentCategories.Find(code) is null
                || !int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !IsDays(number))
            {
                yield return $"Privacy:RetentionByCategory holds '{part}'; it must be a category and 0 (never) or {FewestDays} to {MostDays} days, like 09=365.";
            }
        }

        foreach (var code in Parts(SensitiveCategories).Where(code => code.Length != 2 || IncidentCategories.Find(code) is null))
        {
            yield return $"Privacy:SensitiveCategories holds '{code}'; it must be codes of level 1, like 09, separated by commas.";
        }
    }

    /// <summary>Whether walls show neither titles nor small figures of a category.</summary>
    /// <param name="category">Level-1 or level-2 code.</param>
    public bool IsSensitive(string category) => category.Length >= 2 && Parts(SensitiveCategories).Contains(category[..2], StringComparer.Ordinal);

    /// <summary>All categories that are not kept for ever, by the days that they are kept.</summary>
    internal IReadOnlyList<(int Days, IReadOnlyList<string> Categories)> CategoriesByDays()
    {
        var rules = Parts(RetentionByCategory).Select(part => part.Split('=')).ToDictionary(rule => rule[0], rule => int.Parse(rule[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        return
        [
            .. IncidentCategories.All
                .GroupBy(category => rules.TryGetValue(category.Code, out var own) ? own : category.Parent is { } parent && rules.TryGetValue(parent, out var above) ? above : RetentionDays)
                .Where(group => group.Key > 0)
                .Select(group => (group.Key, (IReadOnlyList<string>)[.. group.Select(category => category.Code)])),
        ];
    }

    private static bool IsDays(int days) => days is 0 or (>= FewestDays and <= MostDays);

    private static string[] Parts(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
