using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Web.Shell;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary>What series and areas are called in the language of the request.</summary>
public sealed class StatisticNames(StatisticTerms terms, TownHistory towns)
{
    public StatisticTerms Terms => terms;

    /// <summary>The name of an area; its code when it has none.</summary>
    public string Area(string code) => towns.NameOf(code) ?? code;

    /// <summary>The name of a series by its code: 刑事 · 盗窃.</summary>
    public string Series(string code) => StatisticSeries.TryParse(code, out var series) ? Series(series) : code;

    /// <summary>The names of its narrowest terms: all calls are calls, those of a category are called by the category.</summary>
    public string Series(StatisticSeries series)
    {
        var narrow = new[] { series.Category.Length > 0 ? Of(TermKind.Category, series.Category) : null, series.Tag.Length > 0 ? Of(TermKind.Tag, series.Tag) : null }.OfType<string>().ToList();
        return narrow.Count > 0 ? string.Join(" · ", narrow) : Of(TermKind.Measure, series.Measure);
    }

    public static string Of(StatisticTerm term) => Cultures.IsEnglish ? term.NameEn : term.Name;

    private string Of(TermKind kind, string code) => terms.Find(kind, code) is { } term ? Of(term) : code;
}
