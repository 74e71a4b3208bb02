using System.Globalization;
using System.Security.Cryptography;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>Where the layout comes from by which a file was read.</summary>
public enum LayoutOrigin
{
    /// <summary>Whoever imports it said so.</summary>
    Given,

    /// <summary>A file with such headings was taken before.</summary>
    Remembered,
    Guessed,
}

/// <summary>A file as it was read, before anything is taken.</summary>
/// <param name="Head">Its first rows, as they stand there.</param>
/// <param name="Headings">Of the columns, as the layout places them.</param>
public sealed record FileReading(IReadOnlyList<string[]> Head, IReadOnlyList<string> Headings, StatisticLayout Layout, LayoutOrigin Origin, FileContent Content, string Sha256)
{
    /// <summary>Whether it can be taken at all.</summary>
    public bool IsGood => Content.Errors.Count == 0;
}

/// <summary>Files of statistics, from their bytes to a version. Errors: <see cref="Storage.StoreUnavailableException"/>.</summary>
public sealed class StatisticFiles(StatisticLayoutStore layouts, StatisticTermStore terms, FigureQueries figures, StatisticStore imports, TimeProvider time)
{
    /// <summary>How many rows of a file are shown.</summary>
    public const int RowsShown = 12;

    /// <summary>Reads a file as it is told, or as files with such headings were read before, or as it looks.</summary>
    /// <param name="sight">Holds the figures to an area.</param>
    /// <param name="layout">Null: found out.</param>
    /// <exception cref="TableFileException">It can't be read at all.</exception>
    public async Task<FileReading> ReadAsync(Sight sight, byte[] content, StatisticLayout? layout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sight);
        ArgumentNullException.ThrowIfNull(content);
        var head = TableFile.Read(content).Take(RowsShown).ToList();
        if (head.Count == 0)
        {
            throw new TableFileException(FileFault.Empty);
        }

        var known = await terms.ReadAsync(cancellationToken);
        var names = new AreaNames(await figures.TownsAsync(cancellationToken));
        var (used, origin) = layout is not null ? (layout, LayoutOrigin.Given) : await FindAsync(head, known, cancellationToken);
        var headings = used.HeadingRow < head.Count ? head[used.HeadingRow] : [];
        used = used.Over(headings.Length);
        var read = Unusable(used, known) is { Count: > 0 } errors
            ? new FileContent(new StatisticDraft(), errors, new ProblemList())
            : StatisticFileReader.Read(TableFile.Read(content), used, known, names);
        foreach (var foreign in read.Draft.ByKey.Keys.Select(key => key.AreaCode).Distinct(StringComparer.Ordinal).Where(area => !sight.Covers(area)))
        {
            read.Errors.Add(new StatisticProblem("NotYourArea", StatisticMessages.Format("NotYourArea", foreign), Area: foreign));
        }

        return new FileReading(head, headings, used, origin, read, Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    /// <summary>Takes what was read: all of it, or nothing; and remembers how it was read.</summary>
    /// <exception cref="ArgumentException">It is not good.</exception>
    public async Task<StatisticReceipt> TakeAsync(FileReading reading, string source, string? fileName, DateOnly asOf, string? note, ChangedBy by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reading);
        if (!reading.IsGood)
        {
            throw new ArgumentException("A file with errors can't be taken.", nameof(reading));
        }

        var taken = await imports.ImportAsync(reading.Content.Draft, new StatisticHeader(source, fileName, reading.Sha256, asOf, note), by, cancellationToken);
        await layouts.RememberAsync(reading.Headings, reading.Layout, by.Subject, cancellationToken);
        return taken;
    }

    private async Task<(StatisticLayout Layout, LayoutOrigin Origin)> FindAsync(List<string[]> head, StatisticTerms known, CancellationToken cancellationToken)
    {
        var year = CountyTime.Day(time.GetUtcNow().UtcDateTime).Year;
        var guess = LayoutGuess.Of(head, known, year);

        // The row that looks like headings first; a mapping made by hand may have found others.
        foreach (var row in Enumerable.Range(0, Math.Min(head.Count, LayoutGuess.RowsLookedAt)).OrderBy(row => row != guess.HeadingRow))
        {
            if (head[row].Count(cell => cell.Length > 0) > 1 && await layouts.FindAsync(head[row], cancellationToken) is { } before)
            {
                // Months without a year are of the year of the file, not of that of the file before.
                return (before with { HeadingRow = row, Year = before.Year is null ? null : guess.Year ?? year }, LayoutOrigin.Remembered);
            }
        }

        return (guess, LayoutOrigin.Guessed);
    }

    private static ProblemList Unusable(StatisticLayout layout, StatisticTerms known)
    {
        var errors = new ProblemList();
        foreach (var code in layout.Columns.Select(column => column.Series).Append(layout.Series).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (!(StatisticSeries.TryParse(code, out var series) && known.Knows(series)))
            {
                errors.Add(new StatisticProblem("UnknownTerm", StatisticMessages.Format("UnknownTerm", code)));
            }
        }

        foreach (var text in layout.Columns.Select(column => column.Date).Append(layout.Date).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (!DateText.TryParse(text.Length == 2 ? $"{text}月" : text, layout.Year, out _, out _))
            {
                errors.Add(new StatisticProblem("BadDate", StatisticMessages.Format("BadDate", text.Length > 60 ? string.Create(CultureInfo.InvariantCulture, $"{text[..60]}…") : text)));
            }
        }

        return errors;
    }
}
