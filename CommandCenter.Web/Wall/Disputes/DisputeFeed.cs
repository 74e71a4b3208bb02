using CommandCenter.Data.Accounts;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Live;
using CommandCenter.Web.Live;

namespace CommandCenter.Web.Wall.Disputes;

/// <summary>Reads what is waiting of an area for walls. Who may see the area may see it: it names nobody.</summary>
public sealed class DisputeFeed(DisputeCounts counts, MediationStore mediation, LiveBoardHost host, LiveAreas areas, TimeProvider time, ILogger<DisputeFeed> logger)
    : SnapshotFeed<DisputeBoard>(host, areas, time, logger)
{
    /// <summary>Days of movement that are shown.</summary>
    public const int FlowDays = 60;

    protected override bool Concerns(StreamEntryKind kind) => kind == StreamEntryKind.DisputesChanged;

    protected override async Task<DisputeBoard> ReadAsync(string area, DateOnly today, CancellationToken cancellationToken)
    {
        var within = area.Length == 0 ? null : area;
        var backlog = await counts.BacklogAsync(Sight.OfTheProgram, within, FlowDays, cancellationToken);
        var rates = await counts.RatesAsync(Sight.OfTheProgram, within, new DateOnly(today.Year, 1, 1), today, cancellationToken);
        var bodies = await mediation.ReadAsync(cancellationToken);
        var byTown = backlog.ByTown.ToDictionary(town => town.Code, StringComparer.Ordinal);
        IEnumerable<DisputeHolder> towns =
            from town in Areas.Of(AreaLevel.Town, area)
            let held = byTown.GetValueOrDefault(town.Code)
            orderby held?.Open ?? 0 descending, town.Code
            select new DisputeHolder(town.Code, town.Name, held?.Open ?? 0, held?.Overdue ?? 0, held?.OldestDays ?? 0);
        return new DisputeBoard(
            Now, backlog, rates, [.. towns],
            [.. backlog.ByBody.OrderByDescending(body => body.OldestDays).Select(body => new DisputeHolder(body.Code, bodies.Body(body.Code)?.Name, body.Open, body.Overdue, body.OldestDays))]);
    }
}
