using System.ComponentModel;
using CommandCenter.Data.PoliceStatistics;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary>Figures as they are sent in.</summary>
public sealed record StatisticsSubmission(
    [property: Description("Who says so, for people: 公安局, 信访局; at most 100 characters.")] string Source,
    [property: Description("The day up to which the source speaks, yyyy-MM-dd. Where sendings overlap, that of the later day counts.")] string AsOf,
    [property: Description("At most 400 characters.")] string? Note,
    [property: Description("Up to 300,000.")] IReadOnlyList<FigureSubmission> Figures);

/// <summary>A figure as it is sent in.</summary>
public sealed record FigureSubmission(
    [property: Description("Code or name of a county or town.")] string Area,
    [property: Description("calls (when not given), petitionBatches, petitionPersons, lawsuits, population, migrants, or what an administrator added.")] string? Measure,
    [property: Description("Of calls: criminal, publicOrder, traffic, dispute, help, other, or what an administrator added; all of them when not given.")] string? Category,
    [property: Description("Of calls: theft, robbery, telecomFraud, prostitution, gambling, drugs, assault, fatalAccident, fire, or what an administrator added.")] string? Tag,
    [property: Description("The day, yyyy-MM-dd; this or month.")] string? Day,
    [property: Description("The month, yyyy-MM; this or day.")] string? Month,
    [property: Description("At most four decimals; as many as are given are kept.")] decimal Value);

/// <summary>What became of a sending, or would.</summary>
public sealed record StatisticsReceipt(
    [property: Description("The version that it is; null when nothing was taken.")] long? Version,
    [property: Description("Figures of the sending.")] int Figures,
    [property: Description("Those of which nothing stood.")] int New,
    [property: Description("Those other than what stood.")] int Changed,
    [property: Description("Those that stood already.")] int Same,
    [property: Description("Those that do not count, because what stands was said as of a later day.")] int Superseded,
    [property: Description("How many things are suspicious.")] int SuspiciousCount,
    [property: Description("The first 200 of them.")] IReadOnlyList<StatisticsSuspicion> Suspicious)
{
    internal static StatisticsReceipt Of(long? version, StatisticPreview preview) => new(
        version, preview.Cells, preview.New, preview.Changed, preview.Same, preview.Superseded, preview.Suspicious.Count,
        [.. preview.Suspicious.First.Select(problem => new StatisticsSuspicion(problem.Key, problem.Text, problem.Series, problem.Area, problem.Day, problem.Row, problem.Column))]);
}

/// <summary>Something that somebody should look at.</summary>
public sealed record StatisticsSuspicion(
    [property: Description("Jump, Negative, Future, AreaNotInForce, SumOfCategories, SumOfTowns, RowTotal or Superseded.")] string Kind,
    [property: Description("For people.")] string Message,
    [property: Description("The series, as in questions for figures.")] string? Series,
    [property: Description("Code of the area.")] string? Area,
    [property: Description("The day, or the first of the month.")] DateOnly? Day,
    [property: Description("Of a file the row, from 1.")] int? Row = null,
    [property: Description("Of a file the column, from 1.")] int? Column = null);

/// <summary>A version: a sending or file that was taken.</summary>
public sealed record StatisticsVersion(
    [property: Description("Its number.")] long Version,
    [property: Description("UTC.")] DateTime TakenAt,
    [property: Description("Who took it in.")] string Actor,
    [property: Description("Who says so.")] string Source,
    [property: Description("Null for what a program sent.")] string? FileName,
    [property: Description("SHA-256 of what was sent.")] string Sha256,
    [property: Description("The day up to which the source speaks.")] DateOnly AsOf,
    [property: Description("In the sender's words.")] string? Note,
    [property: Description("Figures.")] int Figures,
    [property: Description("The first day that a figure speaks of.")] DateOnly FirstDay,
    [property: Description("The last.")] DateOnly LastDay,
    [property: Description("When it was undone, UTC; null while it stands.")] DateTime? UndoneAt,
    [property: Description("Why.")] string? UndoneReason)
{
    internal static StatisticsVersion Of(StatisticImport import) => new(
        import.Position, import.RecordedAt, import.Actor, import.Source, import.FileName, import.Sha256, import.AsOf, import.Note, import.Cells, import.FirstDay, import.LastDay,
        import.UndoneAt, import.UndoneReason);
}

/// <summary>A page of versions, the latest first.</summary>
public sealed record StatisticsVersions(
    [property: Description("The versions.")] IReadOnlyList<StatisticsVersion> Items,
    [property: Description("Give this as after to get the next page; null on the last.")] long? Next);

/// <summary>Why a version is undone.</summary>
public sealed record UndoReason([property: Description("1 to 400 characters.")] string Reason);
