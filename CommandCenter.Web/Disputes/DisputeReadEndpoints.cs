using System.ComponentModel;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Privacy;
using CommandCenter.Web.Access;
using CommandCenter.Web.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CommandCenter.Web.Disputes;

/// <summary>Disputes out of the register.</summary>
internal static class DisputeReadEndpoints
{
    public static void MapDisputeReading(this IEndpointRouteBuilder disputes)
    {
        disputes.MapGet("", ListAsync)
            .WithName("ListDisputes")
            .WithSummary("Lists disputes, the last registered first, page by page.")
            .ProducesValidationProblem()
            .Requires(Permission.SeeDisputes);
        disputes.MapGet("{id:long}", FindAsync)
            .WithName("GetDispute")
            .WithSummary("One dispute with its parties and its full history.")
            .WithDescription("Whoever may see people sees them as they are, and that is put on record.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Requires(Permission.SeeDisputes);
        disputes.MapGet("{id:long}/history", HistoryAsync)
            .WithName("GetDisputeHistory")
            .WithSummary("Everything that happened to a dispute, oldest first.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Requires(Permission.SeeDisputes);
    }

    /// <summary>Puts on record that somebody sees the people of a dispute, before they do.</summary>
    public static async Task RecordAsync(HttpContext context, Sight sight, DisputeFile file, AuditLog audit)
    {
        if (sight.Persons && (file.Parties.Count > 0 || file.Dispute.Place is not null))
        {
            await audit.AppendAsync(context.Audit(PersonActions.Viewed, file.Dispute.Number), context.RequestAborted);
        }
    }

    private static async Task<Results<Ok<DisputePage>, ValidationProblem>> ListAsync(
        HttpContext context, DisputeQueries queries, AreaDirectory areas, [AsParameters] DisputeListParameters list)
    {
        var errors = new FieldErrors();
        var filter = DisputeFilterReader.Read(context.Request, list, errors);
        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var items = await queries.ListAsync(context.Sight(Permission.SeeDisputes).Masked, filter, context.RequestAborted);
        return TypedResults.Ok(new DisputePage([.. items.Select(dispute => dispute.ToSummary(areas.Current, areas.Today))], items.Count == filter.Limit ? items[^1].Id : null));
    }

    private static async Task<IResult> FindAsync(
        [Description("Id of the dispute.")] long id, HttpContext context, DisputeQueries queries, MediationStore mediation, AreaDirectory areas, AuditLog audit)
    {
        var sight = context.Sight(Permission.SeeDisputes);
        if (await queries.FindAsync(sight, id, context.RequestAborted) is not { } file)
        {
            return DisputeProblem.NotFound(id);
        }

        await RecordAsync(context, sight, file, audit);
        return TypedResults.Ok(file.ToDetail(
            areas.Current, areas.Today, await mediation.ReadAsync(context.RequestAborted), await queries.HistoryAsync(sight, id, context.RequestAborted)));
    }

    private static async Task<IResult> HistoryAsync([Description("Id of the dispute.")] long id, HttpContext context, DisputeQueries queries)
    {
        var history = await queries.HistoryAsync(context.Sight(Permission.SeeDisputes), id, context.RequestAborted);
        return history.Count == 0 ? DisputeProblem.NotFound(id) : TypedResults.Ok(new DisputeHistory([.. history.Select(DisputeMapping.ToEntry)]));
    }
}
