using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Access;

namespace CommandCenter.Web.Incidents;

/// <summary>Takes a batch of reports in.</summary>
internal static class IncidentBatchEndpoint
{
    public const int MostBytes = 64 * 1024 * 1024;

    public static Task TakeInAsync(HttpContext context, IncidentStore store, AreaDirectory areas, TimeProvider time)
    {
        var sight = context.Sight(Permission.ReportIncidents);
        return BatchEndpoint.TakeInAsync(
            context,
            IncidentBatch.Of(sight, context.Request.Body, areas.Current, time.GetUtcNow().UtcDateTime),
            new BatchIntake<IncidentReport, TakenIn>(
                reports => store.TakeInAsync(reports, CancellationToken.None),
                (line, taken) => !IntakeBounds.MayName(sight, taken)
                    ? BatchEndpoint.Rejected(line, BatchEndpoint.Problem("externalId", "KnownElsewhere"))
                    : new BatchLineResult(line, taken.Created ? BatchResult.Created : BatchResult.Duplicate, taken.Id, taken.Number, Errors: null),
                refused => StoreMetrics.Refused("rejected", refused)));
    }
}
