using System.Data.Common;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Disputes;

/// <summary>Rates of a period (DOMAIN, "Formulas"), with what they are made of.</summary>
/// <param name="From">First county day.</param>
/// <param name="To">Last county day.</param>
/// <param name="Accepted">Accepted in the period.</param>
/// <param name="Resolved">Of them, those whose parties have agreed since.</param>
/// <param name="Agreed">Ended in an agreement within the period.</param>
/// <param name="Failed">Failed within the period.</param>
/// <param name="OnTime">Of those that ended in the period, the ones that did within their month.</param>
/// <param name="Overdue">Open past their month now.</param>
/// <param name="ResolutionRate">0 to 1; null without any.</param>
/// <param name="SuccessRate">0 to 1; null without any.</param>
/// <param name="OnTimeRate">On time / (ended + open and overdue), 0 to 1; null without any.</param>
public sealed record DisputeRatesOfPeriod(
    DateOnly From, DateOnly To, int Accepted, int Resolved, int Agreed, int Failed, int OnTime, int Overdue,
    decimal? ResolutionRate, decimal? SuccessRate, decimal? OnTimeRate);

/// <summary>
/// What is counted of disputes, in memory: a narrow row of each that is open or was closed within <see cref="DaysKept"/>. Each question
/// first reads what changed since the last, by the position of its last event, so that an answer is as new as the store however many
/// nodes write, and costs what changed and not what there is.
/// </summary>
public sealed class DisputeCounts(Store store, TimeProvider time) : IDisposable
{
    /// <summary>How far back figures reach; more than a year, for a comparison with the last one.</summary>
    public const int DaysKept = 800;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly List<Row> _rows = [];
    private readonly Dictionary<long, int> _places = [];
    private long _position = -1;

    private DateOnly Today => CountyTime.Day(time.GetUtcNow().UtcDateTime);

    /// <summary>What is waiting, as somebody sees it.</summary>
    /// <param name="area">Area code, for all below it; null for all that is seen.</param>
    /// <param name="flowDays">Days of movement, today included; at most <see cref="DaysKept"/>.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<DisputeBacklog> BacklogAsync(Sight sight, string? area, int flowDays, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(flowDays, DaysKept);
        return CountAsync(sight, area, rows => DisputeBacklog.Of(rows.Select(row => row.Counted), Today, flowDays), cancellationToken);
    }

    /// <summary>Rates of a period, as somebody sees it.</summary>
    /// <param name="from">First county day.</param>
    /// <param name="to">Last county day.</param>
    /// <exception cref="StoreUnavailableException">The store can't serve.</exception>
    public Task<DisputeRatesOfPeriod> RatesAsync(Sight sight, string? area, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        CountAsync(sight, area, rows => Rates(rows, from, to, Today), cancellationToken);

    public void Dispose() => _one.Dispose();

    private static DisputeRatesOfPeriod Rates(IEnumerable<Row> rows, DateOnly from, DateOnly to, DateOnly today)
    {
        var (accepted, resolved, agreed, failed, onTime, overdue) = (0, 0, 0, 0, 0, 0);
        foreach (var row in rows)
        {
            if (row.Counted.AcceptedAt is not { } at)
            {
                continue;
            }

            var due = DisputeClock.DueOn(at, row.Counted.Extended);
            if (IsIn(CountyTime.Day(at)))
            {
                accepted++;
                resolved += row.Outcome == DisputeOutcome.Agreed ? 1 : 0;
            }

            if (row.OutcomeAt is not { } ended)
            {
                overdue += due < today ? 1 : 0;
            }
            else if (IsIn(CountyTime.Day(ended)))
            {
                agreed += row.Outcome == DisputeOutcome.Agreed ? 1 : 0;
                failed += row.Outcome == DisputeOutcome.Failed ? 1 : 0;
                onTime += CountyTime.Day(ended) <= due ? 1 : 0;
            }
        }

        return new DisputeRatesOfPeriod(
            from, to, accepted, resolved, agreed, failed, onTime, overdue, DisputeRates.Resolution(resolved, accepted), DisputeRates.Success(agreed, failed),
            agreed + failed + overdue == 0 ? null : (decimal)onTime / (agreed + failed + overdue));

        bool IsIn(DateOnly day) => day >= from && day <= to;
    }

    private async Task<T> CountAsync<T>(Sight sight, string? area, Func<IEnumerable<Row>, T> count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sight);
        await _one.WaitAsync(cancellationToken);
        try
        {
            await store.ReadAsync(connection => RefreshAsync(connection, cancellationToken), cancellationToken);
            var categories = sight.Categories is { } duties ? DisputeSight.Categories(duties).ToHashSet(StringComparer.Ordinal) : null;
            var all = area is null && sight is { Area: null, Source: null } && categories is null;
            return count(all ? _rows : _rows.Where(row => IsSeen(row, sight, categories) && (area is null || IsIn(row.Counted.Area, area))));
        }
        finally
        {
            _one.Release();
        }
    }

    // The same as DisputeSight's conditions.
    private static bool IsSeen(Row row, Sight sight, HashSet<string>? categories) =>
        sight.Covers(row.Counted.Area) && (sight.Source is null || sight.Source == row.Source)
        && (categories is null || categories.Contains(row.Category) || (sight.Department is { } department && Array.IndexOf(row.Joint, department) >= 0));

    private static bool IsIn(string? code, string area) => code?.StartsWith(area, StringComparison.Ordinal) == true;

    private async Task<bool> RefreshAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var since = CountyTime.StartOfDay(Today.AddDays(-DaysKept));
        await using var transaction = store.Dialect.BeginRead(connection);
        (string, object)[] arguments = [("known", _position), ("since", store.Dialect.Instant(since))];
        var joint = await JointAsync(connection, transaction, cancellationToken);
        var last = _position;
        using (var rows = await store.Dialect.OpenRowsAsync(
            connection,
            transaction,
            """
            SELECT id, changed_position, area_code, body_code, stage, risk, registered_at, accepted_at, extended, closed_at, category, source, outcome, outcome_at
            FROM dispute
            WHERE changed_position > @known AND (closed_at IS NULL OR closed_at >= @since)
            """,
            arguments,
            cancellationToken))
        {
            while (rows.Read())
            {
                Take(rows, joint);
                last = Math.Max(last, rows.Int64(1));
            }
        }

        await transaction.CommitAsync(cancellationToken);

        // Only now: rows come in no order, and a reading that broke off begins again where it began.
        _position = last;
        return true;
    }

    private async Task<Dictionary<long, long[]>> JointAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        var joint = new Dictionary<long, List<long>>();
        using var rows = await store.Dialect.OpenRowsAsync(
            connection,
            transaction,
            """
            SELECT j.dispute_id, j.department_id
            FROM dispute_joint j INNER JOIN dispute d ON d.id = j.dispute_id
            WHERE d.changed_position > @known
            """,
            [("known", _position)],
            cancellationToken);
        while (rows.Read())
        {
            if (!joint.TryGetValue(rows.Int64(0), out var departments))
            {
                joint.Add(rows.Int64(0), departments = []);
            }

            departments.Add(rows.Int64(1));
        }

        return joint.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }

    private void Take(RowReader row, Dictionary<long, long[]> joint)
    {
        var id = row.Int64(0);
        var taken = new Row(
            new CountedDispute(
                id, row.CodeOrNull(2), row.CodeOrNull(3), (DisputeStage)row.Int64(4), (DisputeRisk)row.Int64(5), row.Instant(6), row.InstantOrNull(7), row.Flag(8), row.InstantOrNull(9)),
            row.Code(10), row.Code(11), row.IsNull(12) ? null : (DisputeOutcome)row.Int64(12), row.InstantOrNull(13), joint.GetValueOrDefault(id) ?? []);
        if (_places.TryGetValue(id, out var place))
        {
            _rows[place] = taken;
        }
        else
        {
            _places.Add(id, _rows.Count);
            _rows.Add(taken);
        }
    }

    private sealed record Row(CountedDispute Counted, string Category, string Source, DisputeOutcome? Outcome, DateTime? OutcomeAt, long[] Joint);
}
