using System.Text.RegularExpressions;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>A table, index or trigger of the schema.</summary>
/// <param name="Kind">table, index or trigger.</param>
/// <param name="Table">The table it belongs to; a table's own name.</param>
/// <param name="Sql">What made it; null where nobody keeps that.</param>
internal sealed partial record SchemaObject(string Kind, string Name, string Table, string? Sql)
{
    /// <summary>Whether both texts say the same: line ends, spacing and what stands before CREATE make no difference.</summary>
    public static bool IsSame(string one, string other) => OneLine(one) == OneLine(other);

    /// <summary>A definition as one line, from its CREATE on.</summary>
    public static string OneLine(string sql)
    {
        var text = Spaces().Replace(sql, " ").Trim().TrimEnd(';', ' ');
        var start = text.IndexOf("CREATE ", StringComparison.OrdinalIgnoreCase);
        return start > 0 ? text[start..] : text;
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
