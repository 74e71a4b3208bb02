using System.Collections.Frozen;
using CommandCenter.Data.Accounts;
using Dapper;

namespace CommandCenter.Data.Disputes;

/// <summary>How far somebody sees in the register of disputes.</summary>
/// <remarks>
/// A department sees the categories that its duty list answers for, and whatever it mediates jointly. Duty lists speak of the
/// categories of incidents: 01 (矛盾纠纷) answers for all disputes, other codes for those that they concern.
/// </remarks>
internal static class DisputeSight
{
    private static readonly FrozenDictionary<string, string[]> Duties = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["01"] = ["0101"],
        ["02"] = ["0101"],
        ["03"] = ["0102", "0104"],
        ["04"] = ["0105"],
        ["05"] = ["0105"],
        ["07"] = ["0102"],
        ["08"] = ["0106"],
        ["09"] = ["06"],
        ["10"] = ["0103"],
        ["11"] = ["0103"],
        ["13"] = ["1103"],
        ["14"] = ["1103"],
        ["15"] = ["0802"],
        ["16"] = ["05"],
        ["17"] = ["0104"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The categories of disputes that a duty list answers for.</summary>
    /// <param name="duties">Categories of incidents, level 1 or 2.</param>
    public static IReadOnlyList<string> Categories(IReadOnlyList<string> duties) => duties.Contains("01", StringComparer.Ordinal)
        ? [.. DisputeCategories.All.Select(category => category.Code)]
        : [.. DisputeCategories.All.Select(category => category.Code).Where(code => Duties.GetValueOrDefault(code) is { } of && of.Any(duty => duties.Any(own => duty.StartsWith(own, StringComparison.Ordinal))))];

    /// <summary>Adds what keeps a query to the disputes that are seen.</summary>
    /// <param name="prefix">Of the columns: empty, or an alias and a dot.</param>
    public static void Add(Sight sight, string prefix, List<string> conditions, DynamicParameters arguments)
    {
        if (sight.Area is { } area)
        {
            // Codes are digits: everything that begins with them stands between them and them followed by ':' (the character after '9').
            conditions.Add($"{prefix}area_code >= @sightAreaFrom AND {prefix}area_code < @sightAreaTo");
            arguments.Add("sightAreaFrom", area);
            arguments.Add("sightAreaTo", area + ":");
        }

        if (sight.Source is { } source)
        {
            conditions.Add($"{prefix}source = @sightSource");
            arguments.Add("sightSource", source);
        }

        if (sight.Categories is { } duties)
        {
            var ways = new List<string>();
            if (Categories(duties) is { Count: > 0 } categories)
            {
                ways.Add($"{prefix}category IN @sightCategories");
                arguments.Add("sightCategories", categories);
            }

            if (sight.Department is { } department)
            {
                ways.Add($"{prefix}id IN (SELECT j.dispute_id FROM dispute_joint j WHERE j.department_id = @sightDepartment)");
                arguments.Add("sightDepartment", department);
            }

            conditions.Add(ways.Count == 0 ? "1 = 0" : $"({string.Join(" OR ", ways)})");
        }
    }
}
