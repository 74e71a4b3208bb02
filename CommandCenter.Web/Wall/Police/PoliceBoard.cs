using CommandCenter.Data.PoliceStatistics;

namespace CommandCenter.Web.Wall.Police;

/// <summary>What walls show of the statistics of an area: read once, shown by all.</summary>
/// <param name="Today">The county day on which it was read.</param>
/// <param name="Headlines">What a county speaks of, year to date; empty where there are no statistics at all.</param>
/// <param name="Categories">Calls by category, year to date.</param>
/// <param name="Months">Criminal calls of a day, month by month of the year of <paramref name="Period"/>.</param>
/// <param name="Weeks">Telecom-fraud calls of the last weeks.</param>
/// <param name="Towns">The least safe first.</param>
/// <param name="IndexDay">The day of the safety index; null while there is none.</param>
/// <param name="Period">Year to date, as far as anything was reported; null where there are no statistics at all.</param>
public sealed record PoliceBoard(
    DateOnly Today,
    IReadOnlyList<Headline> Headlines,
    IReadOnlyList<CategoryChange> Categories,
    IReadOnlyList<TrendPoint> Months,
    IReadOnlyList<TrendPoint> Weeks,
    IReadOnlyList<TownSafety> Towns,
    DateOnly? IndexDay,
    Period? Period)
{
    public static PoliceBoard None(DateOnly today) => new(today, [], [], [], [], [], IndexDay: null, Period: null);

    public bool HasAny => Period is not null;

    public bool HasIndex => IndexDay is not null;

    /// <summary>The newest day that a source speaks of.</summary>
    public DateOnly? AsOf => Headlines.Max(headline => headline.AsOf);

    public Headline? Find(string key) => Headlines.FirstOrDefault(headline => headline.Key == key);
}

/// <summary>Calls of a category.</summary>
public sealed record CategoryChange(string Code, string NameZh, string NameEn, Headline Calls);

/// <summary>A town and how safe it is.</summary>
/// <param name="Score">0 to 100; null where it is not known.</param>
/// <param name="Before">Four weeks before.</param>
/// <param name="Provisional">Fewer than three base years.</param>
/// <param name="Criminal">Criminal calls, year to date.</param>
public sealed record TownSafety(string Code, string Name, decimal? Score, decimal? Before, bool Provisional, Headline? Criminal)
{
    public SafetyLevel? Level => Score is { } score ? SafetyIndex.LevelOf(score) : null;
}
