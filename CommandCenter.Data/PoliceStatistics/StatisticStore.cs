using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Events;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>What became of an import.</summary>
/// <param name="Import">The version that it is; of a repeated one the first.</param>
/// <param name="Created">False: the same content stands already, as of the same day, and nothing was changed.</param>
public sealed record StatisticReceipt(StatisticImport Import, bool Created);

/// <summary>Imports of statistics, each a version that can be undone. Errors: <see cref="StoreUnavailableException"/>.</summary>
public sealed partial class StatisticStore(Store store, AuditLog audit)
{
    /// <summary>Takes a draft in: all of it, or nothing.</summary>
    /// <exception cref="ArgumentException">It holds nothing, or contradicts itself.</exception>
    public Task<StatisticReceipt> ImportAsync(StatisticDraft draft, StatisticHeader header, ChangedBy by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return draft.Cells == 0 || draft.Conflicts.Count > 0
            ? throw new ArgumentException("A draft that holds nothing or contradicts itself can't be imported.", nameof(draft))
            : store.WriteAsync(session => Import(session, draft, header, by), cancellationToken, mayRepeat: true);
    }

    /// <summary>Undoes an import: its figures count no more, those it had replaced count again. It stays to be looked at.</summary>
    /// <returns>False when there is none of this position that stands.</returns>
    public Task<bool> UndoAsync(long position, string reason, ChangedBy by, CancellationToken cancellationToken) =>
        store.WriteAsync(session => Undo(session, position, reason, by), cancellationToken);

    /// <summary>The imports, the latest first.</summary>
    /// <param name="after">The position that the last page ended with; null for the first.</param>
    public Task<IReadOnlyList<StatisticImport>> ListAsync(long? after, int limit, CancellationToken cancellationToken)
    {
        var (top, rest) = store.Dialect.First("@limit");
        return store.ReadAsync<IReadOnlyList<StatisticImport>>(
            async connection => (await connection.QueryAsync<StatisticImport>(new CommandDefinition(
                $"SELECT {top} {StatisticTables.ImportColumns} FROM statistic_import WHERE position < @after ORDER BY position DESC {rest}",
                new { after = after ?? long.MaxValue, limit },
                cancellationToken: cancellationToken))).AsList(),
            cancellationToken);
    }

    /// <summary>One import; null when there is none.</summary>
    public Task<StatisticImport?> FindAsync(long position, CancellationToken cancellationToken) =>
        store.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<StatisticImport?>(new CommandDefinition(
                $"SELECT {StatisticTables.ImportColumns} FROM statistic_import WHERE position = @position", new { position }, cancellationToken: cancellationToken)),
            cancellationToken);

    /// <summary>What an import brought, by series; empty when there is none.</summary>
    public Task<IReadOnlyList<ImportedSeries>> ContentsAsync(long position, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<ImportedSeries>>(
            async connection => [.. (await connection.QueryAsync<(string Series, int Areas, int First, int Last)>(new CommandDefinition(
                """
                SELECT series, COUNT(DISTINCT area_code) AS Areas, MIN(month) AS FromMonth, MAX(month) AS ToMonth FROM statistic_part
                WHERE import_position = @position GROUP BY series ORDER BY series
                """,
                new { position },
                cancellationToken: cancellationToken))).Select(row => new ImportedSeries(StatisticSeries.Parse(row.Series), row.Areas, MonthNumber.First(row.First), MonthNumber.First(row.Last)))],
            cancellationToken);

    private StatisticReceipt Import(WriteSession session, StatisticDraft draft, StatisticHeader header, ChangedBy by)
    {
        var asOf = session.Dialect.Day(header.AsOf);
        if (session.Scalar(
            "SELECT MAX(position) FROM statistic_import WHERE sha256 = @sha256 AND as_of = @asOf AND source = @source AND undone_position IS NULL",
            ("@sha256", header.Sha256), ("@asOf", asOf), ("@source", header.Source)) is { } known)
        {
            return new StatisticReceipt(Single(session, Convert.ToInt64(known, System.Globalization.CultureInfo.InvariantCulture)), Created: false);
        }

        var (first, last) = (draft.FirstDay!.Value, draft.LastDay!.Value);
        var position = session.Append(new StatisticsImported(header.Source, header.AsOf, first, last, draft.Cells), 0, by.Subject);
        session.Insert(StatisticTables.Imports,
        [
            position, session.Dialect.Instant(session.Now), by.Subject, header.Source, header.FileName, header.Sha256, asOf, header.Note, draft.Cells,
            session.Dialect.Day(first), session.Dialect.Day(last),
        ]);
        foreach (var (key, cell) in draft.ByKey.OrderBy(pair => pair.Key.Series, StringComparer.Ordinal).ThenBy(pair => pair.Key.AreaCode, StringComparer.Ordinal).ThenBy(pair => pair.Key.Month))
        {
            session.Insert(StatisticTables.Parts, [key.Series, key.AreaCode, key.Month, position, cell.Decimals, cell.Whole, cell.PackDays()]);
        }

        Restate(session, position);
        audit.Append(session, new AuditEntry(
            by.Subject, StatisticActions.Imported, $"statistics:{position}", AuditResult.Done, by.Address, $"{header.Source}, as of {header.AsOf:yyyy-MM-dd}, {draft.Cells} figures, {first:yyyy-MM-dd} to {last:yyyy-MM-dd}"));
        return new StatisticReceipt(Single(session, position), Created: true);
    }

    private bool Undo(WriteSession session, long position, string reason, ChangedBy by)
    {
        if (session.Scalar("SELECT source FROM statistic_import WHERE position = @position AND undone_position IS NULL", ("@position", position)) is not string source)
        {
            return false;
        }

        var undone = session.Append(new StatisticsUndone(position, source, reason), 0, by.Subject);
        session.Execute(
            "UPDATE statistic_import SET undone_position = @undone, undone_at = @at, undone_by = @by, undone_reason = @reason WHERE position = @position",
            ("@undone", undone), ("@at", session.Dialect.Instant(session.Now)), ("@by", by.Subject), ("@reason", reason), ("@position", position));
        Restate(session, position);
        audit.Append(session, new AuditEntry(by.Subject, StatisticActions.Undone, $"statistics:{position}", AuditResult.Done, by.Address, reason));
        return true;
    }

    private static StatisticImport Single(WriteSession session, long position)
    {
        session.Flush();
        return session.Connection.QuerySingle<StatisticImport>(
            $"SELECT {StatisticTables.ImportColumns} FROM statistic_import WHERE position = @position", new { position }, session.Transaction);
    }
}
