using System.Data;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Events;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>The index of a town on a day, as it was computed.</summary>
/// <param name="Position">Of the event by which it was computed; computed anew it gets another one, and this stays.</param>
public sealed record StoredSafetyIndex(string AreaCode, DateOnly Day, long Position, int WeightsVersion, SafetyIndex Index);

/// <summary>The safety index a town and day, with its parts. Errors: <see cref="StoreUnavailableException"/>.</summary>
public sealed class SafetyIndexStore(Store store, FigureQueries figures, StatisticTermStore terms, SafetyWeightStore weights)
{
    private const string Columns = "s.area_code AS AreaCode, s.day, s.position, s.weights_version AS WeightsVersion, s.score, s.provisional, s.parts";

    private static readonly RowTable Rows = new("safety_index",
    [
        new("area_code", DbType.String, 15), new("day", DbType.Date), new("position", DbType.Int64), new("weights_version", DbType.Int32), new("score", DbType.Int32),
        new("provisional", DbType.Boolean), new("parts", DbType.String, -1),
    ]);

    /// <summary>Computes the index of all towns of a county on some days; what comes out as it stands is not stored again.</summary>
    /// <param name="county">Six digits.</param>
    /// <returns>How many values are new or other than before.</returns>
    public async Task<int> ComputeAsync(string county, DateOnly from, DateOnly to, string actor, CancellationToken cancellationToken)
    {
        var version = (await weights.ListAsync(cancellationToken))[0];
        var computed = await new SafetyInputs(store, figures).ComputeAsync(await terms.ReadAsync(cancellationToken), county, Period.Between(from, to), version.Weights, cancellationToken);
        var standing = (await RangeAsync(county, from, to, cancellationToken)).ToDictionary(row => (row.AreaCode, row.Day));
        var changed = computed.FindAll(one => one.Index.Score is not null || standing.ContainsKey((one.Town, one.Day)))
            .FindAll(one => !(standing.TryGetValue((one.Town, one.Day), out var before) && before.WeightsVersion == version.Version && Same(before.Index, one.Index)));
        return changed.Count == 0 ? 0 : await store.WriteAsync(
            session =>
            {
                var (first, last, towns) = (changed.Min(one => one.Day), changed.Max(one => one.Day), changed.Select(one => one.Town).Distinct(StringComparer.Ordinal).Count());
                var position = session.Append(new SafetyIndexComputed(first, last, towns, version.Version), 0, actor);
                foreach (var (town, day, index) in changed)
                {
                    session.Insert(Rows, [town, session.Dialect.Day(day), position, version.Version, Tenths(index.Score), index.Provisional, SafetyJson.Write(index.Parts)]);
                }

                return changed.Count;
            },
            cancellationToken);
    }

    /// <summary>The index of the towns in sight on a day, by code.</summary>
    public Task<IReadOnlyList<StoredSafetyIndex>> OnAsync(Sight sight, string county, DateOnly day, CancellationToken cancellationToken) => InSightAsync(sight, county, day, day, cancellationToken);

    /// <summary>The index of a town, or of all of a county, day by day; nothing out of sight.</summary>
    public async Task<IReadOnlyList<StoredSafetyIndex>> InSightAsync(Sight sight, string area, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sight);
        return [.. (await RangeAsync(area, from, to, cancellationToken)).Where(row => sight.Covers(row.AreaCode))];
    }

    /// <summary>Everything that was ever computed for a town and day, the latest first; nothing out of sight.</summary>
    public Task<IReadOnlyList<StoredSafetyIndex>> HistoryAsync(Sight sight, string town, DateOnly day, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sight);
        return !sight.Covers(town)
            ? Task.FromResult<IReadOnlyList<StoredSafetyIndex>>([])
            : QueryAsync($"SELECT {Columns} FROM safety_index s WHERE s.area_code = @town AND s.day = @day ORDER BY s.position DESC", new { town, day = store.Dialect.Day(day) }, cancellationToken);
    }

    /// <summary>The last day that is reported in a county of what the index is made of; null when nothing is.</summary>
    public Task<DateOnly?> LastDayAsync(string county, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection => await connection.QuerySingleOrDefaultAsync<(int? Month, int? Day)>(new CommandDefinition(
                """
                SELECT MAX(m.month) AS Month, MAX(m.last_day) AS Day FROM statistic_month m
                WHERE m.area_code >= @county AND m.area_code < @countyTo AND m.series = 'calls/criminal' AND m.whole IS NULL
                  AND m.month = (SELECT MAX(x.month) FROM statistic_month x WHERE x.series = 'calls/criminal' AND x.area_code >= @county AND x.area_code < @countyTo AND x.whole IS NULL)
                """,
                new { county, countyTo = county + ":" },
                cancellationToken: cancellationToken)) is ({ } month, { } day) ? MonthNumber.First(month).AddDays(day - 1) : (DateOnly?)null,
            cancellationToken);

    private Task<IReadOnlyList<StoredSafetyIndex>> RangeAsync(string area, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        QueryAsync(
            $"""
            SELECT {Columns} FROM safety_index s
            WHERE s.day >= @from AND s.day <= @to AND s.area_code >= @area AND s.area_code < @areaTo
              AND s.position = (SELECT MAX(x.position) FROM safety_index x WHERE x.area_code = s.area_code AND x.day = s.day)
            ORDER BY s.day, s.area_code
            """,
            new { from = store.Dialect.Day(from), to = store.Dialect.Day(to), area, areaTo = area + ":" },
            cancellationToken);

    private Task<IReadOnlyList<StoredSafetyIndex>> QueryAsync(string sql, object arguments, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<StoredSafetyIndex>>(
            async connection => [.. (await connection.QueryAsync<Row>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken))).Select(row => row.ToIndex())],
            cancellationToken);

    private static bool Same(SafetyIndex one, SafetyIndex other) => one.Score == other.Score && one.Provisional == other.Provisional && SafetyJson.Write(one.Parts) == SafetyJson.Write(other.Parts);

    private static int? Tenths(decimal? score) => score is { } points ? (int)(points * 10) : null;

    private sealed record Row
    {
        public string AreaCode { get; init; } = "";

        public DateOnly Day { get; init; }

        public long Position { get; init; }

        public int WeightsVersion { get; init; }

        public int? Score { get; init; }

        public bool Provisional { get; init; }

        public string Parts { get; init; } = "";

        public StoredSafetyIndex ToIndex() => new(AreaCode, Day, Position, WeightsVersion, new SafetyIndex(Score / 10m, Provisional, SafetyJson.ReadParts(Parts)));
    }
}
