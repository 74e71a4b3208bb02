namespace CommandCenter.Data.PoliceStatistics;

/// <summary>Codes by which the record names what was done to statistics; the audit's resources name them for people.</summary>
public static class StatisticActions
{
    public const string Imported = "statistics.imported";
    public const string Undone = "statistics.undone";
    public const string TermChanged = "statistics.term";
    public const string Published = "statistics.published";
    public const string Withdrawn = "statistics.withdrawn";
    public const string WeightsChanged = "safety.weights";
}
