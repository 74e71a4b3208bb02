using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Incidents;

/// <summary>Reads the parameters of a listing, all of them before it complains.</summary>
internal static class IncidentFilterReader
{
    private const int UsualItems = 50;

    // culture chooses the language of messages, on every path.
    private static readonly HashSet<string> Known =
        new(["status", "category", "area", "from", "to", "after", "limit", "culture"], StringComparer.OrdinalIgnoreCase);

    /// <param name="further">Names of parameters that the caller reads itself.</param>
    public static IncidentFilter Read(IQueryCollection query, IncidentListParameters list, FieldErrors errors, params string[] further)
    {
        foreach (var name in query.Keys.Where(name => !Known.Contains(name) && !further.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            errors.Add(name, "UnknownParameter");
        }

        if (list.Category is { } category && IncidentCategories.Find(category) is null)
        {
            errors.Add("category", "UnknownCategory", category);
        }

        if (list.Area is not null && !AreaCode.IsValid(list.Area))
        {
            errors.Add("area", "QueryArea");
        }

        var filter = new IncidentFilter(
            Statuses(list.Status, errors), list.Category, list.Area, Instant("from", list.From, errors), End(list.To, errors),
            list.After is null ? null : ApiRequest.Integer("after", list.After, 1, long.MaxValue, errors),
            ApiRequest.Limit(list.Limit, UsualItems, errors));
        if (filter is { From: { } first, To: { } end } && first > end)
        {
            errors.Add("from", "QueryOrder");
        }

        return filter;
    }

    private static List<IncidentStatus>? Statuses(string? text, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var statuses = new List<IncidentStatus>();
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (StatusText.Parse(word) is { } status)
            {
                statuses.Add(status);
            }
            else
            {
                errors.Add("status", "QueryStatus", word);
            }
        }

        return statuses;
    }

    // Whoever gives a bare day as the end means that day too.
    public static DateTime? End(string? to, FieldErrors errors) =>
        Instant("to", to, errors) is { } end ? to!.Length == "yyyy-MM-dd".Length ? end.AddDays(1) : end : null;

    public static DateTime? Instant(string name, string? text, FieldErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        if (CountyTime.TryParse(text, out var utc))
        {
            return utc;
        }

        errors.Add(name, "NotATime");
        return null;
    }
}
