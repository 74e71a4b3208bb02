using System.Globalization;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>What an import would do, before it is done.</summary>
/// <param name="Cells">Figures of the draft.</param>
/// <param name="New">Of which nothing stands yet.</param>
/// <param name="Changed">Other than what stands.</param>
/// <param name="Same">As they stand.</param>
/// <param name="Superseded">That will not count, because what stands was said as of a later day.</param>
/// <param name="Suspicious">What somebody should look at before it is taken.</param>
/// <param name="Changes">The first of the changed, with what stands now.</param>
public sealed record StatisticPreview(int Cells, int New, int Changed, int Same, int Superseded, ProblemList Suspicious, IReadOnlyList<FigureChange> Changes)
{
    /// <summary>Whether somebody has to say that it is meant. That a later statement stands is told, and nothing to ask about.</summary>
    public bool IsSuspicious => Suspicious.First.Any(problem => problem.Key != "Superseded");
}

/// <summary>A figure that an import changes.</summary>
/// <param name="Day">The first of the month for a month's figure.</param>
public sealed record FigureChange(string Series, string AreaCode, DateOnly Day, bool IsMonth, decimal Before, decimal After);

/// <summary>Compares a draft with what stands. Errors: <see cref="StoreUnavailableException"/>.</summary>
public sealed class StatisticPreviews(Store store, FigureQueries figures, TimeProvider time)
{
    private const int MostChanges = 200;

    /// <param name="notes">What the file itself gave to think about; gets what is found here.</param>
    public async Task<StatisticPreview> CompareAsync(StatisticDraft draft, DateOnly asOf, ProblemList notes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(notes);
        var standing = draft.Cells == 0 ? [] : await StandingAsync(draft, cancellationToken);
        var counted = Count(draft, asOf, standing);
        var towns = await figures.TownsAsync(cancellationToken);
        new Suspicions(draft, standing, towns, CountyTime.Day(time.GetUtcNow().UtcDateTime), notes).Run();
        if (counted.Superseded > 0)
        {
            notes.Add(new StatisticProblem("Superseded", StatisticMessages.Format("Superseded", counted.Superseded)));
        }

        return counted with { Suspicious = notes };
    }

    // A year before the draft as well: what is suspicious is told from what went before.
    private Task<Dictionary<CellKey, StandingCell>> StandingAsync(StatisticDraft draft, CancellationToken cancellationToken)
    {
        var (from, to) = (MonthNumber.Of(draft.FirstDay!.Value) - Suspicions.MonthsBefore, MonthNumber.Of(draft.LastDay!.Value));
        var wanted = draft.ByKey.Keys.Select(key => (key.Series, key.AreaCode)).ToHashSet();
        return store.ReadAsync(
            async connection =>
            {
                var standing = new Dictionary<CellKey, StandingCell>();
                using var rows = await store.Dialect.OpenRowsAsync(
                    connection, transaction: null, "SELECT series, area_code, month, decimals, whole, days, total, given_days, as_of FROM statistic_month WHERE month >= @from AND month <= @to",
                    [("from", (long)from), ("to", (long)to)], cancellationToken);
                while (rows.Read())
                {
                    var key = new CellKey(rows.Code(0), rows.Code(1), (int)rows.Int64(2));
                    if (wanted.Contains((key.Series, key.AreaCode)))
                    {
                        var cell = MonthCell.From((int)rows.Int64(3), rows.IsNull(4) ? null : rows.Int64(4), rows.IsNull(5) ? null : rows.Bytes(5));
                        standing.Add(key, new StandingCell(
                            cell, MonthCell.ToDecimal(rows.Int64(6), cell.Decimals), (int)rows.Int64(7), DateOnly.ParseExact(rows.DayAsText(8), "yyyy-MM-dd", CultureInfo.InvariantCulture)));
                    }
                }

                return standing;
            },
            cancellationToken);
    }

    private static StatisticPreview Count(StatisticDraft draft, DateOnly asOf, Dictionary<CellKey, StandingCell> standing)
    {
        var (fresh, changed, same, superseded) = (0, 0, 0, 0);
        var changes = new List<FigureChange>();
        foreach (var (key, cell) in draft.ByKey)
        {
            var before = standing.GetValueOrDefault(key);
            for (var day = 0; day <= 31; day++)
            {
                if ((day == 0 ? Whole(cell) : cell.Day(day)) is not { } value)
                {
                    continue;
                }

                if ((day == 0 ? before is null ? null : Whole(before.Cell) : before?.Cell.Day(day)) is not { } stands)
                {
                    fresh++;
                }
                else if (stands == value)
                {
                    same++;
                }
                else if (before!.AsOf > asOf)
                {
                    superseded++;
                }
                else
                {
                    changed++;
                    if (changes.Count < MostChanges)
                    {
                        changes.Add(new FigureChange(key.Series, key.AreaCode, MonthNumber.First(key.Month).AddDays(Math.Max(0, day - 1)), day == 0, stands, value));
                    }
                }
            }
        }

        return new StatisticPreview(draft.Cells, fresh, changed, same, superseded, new ProblemList(), changes);
    }

    private static decimal? Whole(MonthCell cell) => cell.Whole is { } units ? MonthCell.ToDecimal(units, cell.Decimals) : null;
}

/// <summary>What stands of a series in an area and month.</summary>
internal sealed record StandingCell(MonthCell Cell, decimal Total, int GivenDays, DateOnly AsOf);
