namespace CommandCenter.Web.PoliceStatistics;

/// <summary>Names the resources of the page on which statistics are imported.</summary>
public sealed class ImportText;
