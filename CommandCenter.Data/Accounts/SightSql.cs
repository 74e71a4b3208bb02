using Dapper;

namespace CommandCenter.Data.Accounts;

/// <summary>A sight as conditions on the table of incidents.</summary>
internal static class SightSql
{
    /// <summary>Adds what keeps a query to the incidents that are seen.</summary>
    /// <param name="prefix">Of the columns: empty, or an alias and a dot.</param>
    public static void Add(Sight sight, string prefix, List<string> conditions, DynamicParameters arguments)
    {
        if (sight.Area is { } area)
        {
            conditions.Add(Within("grid_code", area, "sightArea"));
        }

        if (sight.Source is { } source)
        {
            conditions.Add($"{prefix}source = @sightSource");
            arguments.Add("sightSource", source);
        }

        if (sight.Categories is { } categories)
        {
            // Nothing on the list is nothing seen.
            conditions.Add(categories.Count == 0 ? "1 = 0" : $"({string.Join(" OR ", categories.Select((category, i) => Within("category", category, $"sightCategory{i}")))})");
        }

        // Codes are digits: everything that begins with them stands between them and them followed by ':' (the character after '9').
        string Within(string column, string code, string name)
        {
            arguments.Add($"{name}From", code);
            arguments.Add($"{name}To", code + ":");
            return $"({prefix}{column} >= @{name}From AND {prefix}{column} < @{name}To)";
        }
    }
}
