using System.ComponentModel;
using CommandCenter.Data.PoliceStatistics;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary>What became of a file, or would.</summary>
public sealed record StatisticsFileReport(
    [property: Description("The version that it is; null when nothing was taken.")] long? Version,
    [property: Description("given, remembered (from the last file with such headings) or guessed.")] LayoutOrigin LayoutFrom,
    [property: Description("How it was read; sent again with the file, it is read just so.")] FileLayout Layout,
    [property: Description("Its first rows.")] IReadOnlyList<IReadOnlyList<string>> Head,
    [property: Description("How many things keep it out.")] int ErrorCount,
    [property: Description("The first 200 of them.")] IReadOnlyList<StatisticsSuspicion> Errors,
    [property: Description("What it would change or changed; null when it can't be taken.")] StatisticsReceipt? Figures,
    [property: Description("The first 200 figures that it changes.")] IReadOnlyList<FileChange> Changes)
{
    internal static StatisticsFileReport Of(long? version, FileReading reading, StatisticPreview? preview, StatisticNames names) => new(
        version, reading.Origin, FileLayout.Of(reading.Layout), [.. reading.Head], reading.Content.Errors.Count,
        [.. reading.Content.Errors.First.Select(error => new StatisticsSuspicion(error.Key, error.Text, error.Series, error.Area, error.Day, error.Row, error.Column))],
        preview is null ? null : StatisticsReceipt.Of(version, preview),
        [.. (preview?.Changes ?? []).Select(change => new FileChange(
            change.Series, names.Series(change.Series), change.AreaCode, names.Area(change.AreaCode), change.Day, change.IsMonth, change.Before, change.After))]);
}

/// <summary>A figure that a file changes.</summary>
public sealed record FileChange(
    [property: Description("The series, as in questions for figures.")] string Series,
    [property: Description("Its name.")] string SeriesName,
    [property: Description("Code of the area.")] string Area,
    [property: Description("Its name.")] string AreaName,
    [property: Description("The day, or the first of the month.")] DateOnly Day,
    [property: Description("Whether it is the figure of the month.")] bool IsMonth,
    [property: Description("As it stands.")] decimal Before,
    [property: Description("As the file has it.")] decimal After);

/// <summary>How a file is read.</summary>
public sealed record FileLayout(
    [property: Description("Row of the headings, from 0.")] int HeadingRow,
    [property: Description("A use for each column.")] IReadOnlyList<FileColumn> Columns,
    [property: Description("The area of all figures, by code or name, where no column names it.")] string? Area,
    [property: Description("The series of all figures, where nothing names it.")] string? Series,
    [property: Description("The month or day of all figures, where nothing names it.")] string? Date,
    [property: Description("The year of months that are written without one.")] int? Year,
    [property: Description("Dates that are written as days mean their month.")] bool DatesAreMonths,
    [property: Description("What the file leaves out is 0 between its first and last day.")] bool MissingIsZero)
{
    internal static FileLayout Of(StatisticLayout layout) => new(
        layout.HeadingRow, [.. layout.Columns.Select(column => new FileColumn(column.Index, column.Role, column.Date, column.Series))], layout.Area, layout.Series, layout.Date,
        layout.Year, layout.DatesAreMonths, layout.MissingIsZero);
}

/// <summary>A column and what it holds.</summary>
public sealed record FileColumn(
    [property: Description("From 0.")] int Index,
    [property: Description("ignored, area, date, term, value or total.")] ColumnRole Role,
    [property: Description("Of figures that are all of one month or day.")] string? Date,
    [property: Description("Of figures that are all of one series.")] string? Series);
