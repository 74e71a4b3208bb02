using CommandCenter.Data.PoliceStatistics;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary>The series that pages offer: measures, and of calls each category and each tag.</summary>
internal static class SeriesChoices
{
    public static IEnumerable<(StatisticSeries Series, string Name)> Of(StatisticNames names) =>
        Categories(names.Terms).Concat(Tags(names.Terms)).Concat(Measures(names.Terms)).Select(series => (series, names.Series(series)));

    /// <summary>All calls, and those of each category.</summary>
    public static IEnumerable<StatisticSeries> Categories(StatisticTerms terms) =>
        terms.Of(TermKind.Category).Select(term => StatisticSeries.Of(StatisticTerms.Calls, term.Code)).Prepend(StatisticSeries.Of(StatisticTerms.Calls));

    /// <summary>The calls of each tag.</summary>
    public static IEnumerable<StatisticSeries> Tags(StatisticTerms terms) => terms.Of(TermKind.Tag).Select(term => StatisticSeries.Of(StatisticTerms.Calls, "", term.Code));

    /// <summary>What is not calls.</summary>
    public static IEnumerable<StatisticSeries> Measures(StatisticTerms terms) =>
        terms.Of(TermKind.Measure).Where(term => term.Code != StatisticTerms.Calls).Select(term => StatisticSeries.Of(term.Code));
}
