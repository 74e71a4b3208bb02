using System.Data.Common;
using CommandCenter.Data.Events;
using Dapper;

namespace CommandCenter.Data.Storage.Verification;

/// <summary>
/// Units and the events of their lists agree. An event says of its list only the county and how many: names, places and areas
/// stand in the rows alone.
/// </summary>
internal sealed class UnitCheck : DatabaseCheck
{
    // Written a moment after the event, in the same transaction.
    private static readonly TimeSpan OneTransaction = TimeSpan.FromMinutes(5);

    public override string Name => "units";

    public override Task RunAsync(Store store, FindingList findings, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async connection =>
            {
                await using var transaction = store.Dialect.BeginRead(connection);
                var lists = new Dictionary<long, StoredEvent>();
                await foreach (var happened in StoredLog.ReadAsync(connection, transaction, "e.position", long.MaxValue, subject: 0, cancellationToken))
                {
                    if (happened.Event is UnitsReplaced)
                    {
                        lists.Add(happened.Position, happened);
                    }
                }

                var units = (await connection.QueryAsync<Row>(new CommandDefinition(
                    "SELECT code, area_code AS AreaCode, changed_position AS ChangedPosition, retired_at AS RetiredAt FROM unit ORDER BY code",
                    transaction: transaction,
                    cancellationToken: cancellationToken))).AsList();
                await CheckPointsAsync(store.Dialect, connection, transaction, findings, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                CheckUnits(units, lists, findings);
                CheckLists(units, lists.Values, findings);
                return true;
            },
            cancellationToken);

    private static void CheckUnits(List<Row> units, Dictionary<long, StoredEvent> lists, FindingList findings)
    {
        foreach (var unit in units)
        {
            findings.LookedAtOne();
            if (!lists.TryGetValue(unit.ChangedPosition, out var list))
            {
                findings.Add(FindingKind.UnitWithoutEvent, unit.Code, unit.ChangedPosition);
                continue;
            }

            if (((UnitsReplaced)list.Event!).County is var county && !unit.AreaCode.StartsWith(county, StringComparison.Ordinal))
            {
                findings.Add(FindingKind.UnitDiffers, unit.Code, "area_code", unit.AreaCode, county);
            }

            if (unit.RetiredAt is { } retired && (retired - list.RecordedAt).Duration() > OneTransaction)
            {
                findings.Add(FindingKind.UnitDiffers, unit.Code, "retired_at", IncidentFold.Text(retired), IncidentFold.Text(list.RecordedAt));
            }
        }
    }

    // What a list changed may have been changed again by a later one, so only the last list of a county must be found whole.
    private static void CheckLists(List<Row> units, IEnumerable<StoredEvent> lists, FindingList findings)
    {
        var byPosition = units.ToLookup(unit => unit.ChangedPosition);
        foreach (var ofCounty in lists.GroupBy(list => ((UnitsReplaced)list.Event!).County))
        {
            var last = ofCounty.Last();
            foreach (var list in ofCounty)
            {
                var said = (UnitsReplaced)list.Event!;
                Count("changed", byPosition[list.Position].Count(unit => unit.RetiredAt is null), said.Changed);
                Count("retired", byPosition[list.Position].Count(unit => unit.RetiredAt is not null), said.Retired);
                if (list == last)
                {
                    Count("taken", units.Count(unit => unit.RetiredAt is null && unit.AreaCode.StartsWith(said.County, StringComparison.Ordinal)), said.Taken);
                }

                void Count(string what, int stored, int logged)
                {
                    if (list == last ? stored != logged : stored > logged)
                    {
                        findings.Add(FindingKind.UnitsDiffer, list.Position, said.County, what, stored, logged);
                    }
                }
            }
        }
    }

    private static async Task CheckPointsAsync(
        Dialect dialect, DbConnection connection, DbTransaction transaction, FindingList findings, CancellationToken cancellationToken)
    {
        if (PointCheck.Condition(dialect, "u") is { } differs)
        {
            foreach (var code in await connection.QueryAsync<string>(new CommandDefinition(
                $"SELECT u.code FROM unit u WHERE {differs} ORDER BY u.code", transaction: transaction, commandTimeout: 0, cancellationToken: cancellationToken)))
            {
                findings.Add(FindingKind.UnitPointDiffers, code);
            }
        }
    }

    private sealed class Row
    {
        public string Code { get; init; } = "";

        public string AreaCode { get; init; } = "";

        public long ChangedPosition { get; init; }

        public DateTime? RetiredAt { get; init; }
    }
}
