using System.ComponentModel;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Events;
using CommandCenter.Data.Forces;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Privacy;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Access;
using CommandCenter.Web.Audit;
using CommandCenter.Web.Forces;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.Incidents;

/// <summary><c>/api/v1/incidents</c>: reports in, their state and history out.</summary>
public static class IncidentEndpoints
{
    private static readonly UnitFilter NearestUnits = new(Area: null, Kind: null, Limit: 3);

    public static void MapIncidents(this IEndpointRouteBuilder endpoints)
    {
        var incidents = endpoints.MapGroup("/api/v1/incidents").WithTags("Incidents");
        incidents.MapPost("", TakeInAsync)
            .WithName("ReportIncident")
            .WithSummary("Takes a report in.")
            .WithDescription("Answered after the report is durable. The same source and externalId again is answered 200 with the first one.")
            .Accepts<IncidentSubmission>("application/json")
            .WithMetadata(new RequestSizeLimitAttribute(IncidentLimits.ReportBytes))
            .Produces<IncidentReceipt>(StatusCodes.Status201Created)
            .Produces<IncidentReceipt>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Requires(Permission.ReportIncidents);
        incidents.MapPost("batch", IncidentBatchEndpoint.TakeInAsync)
            .WithName("ReportIncidents")
            .WithSummary("Takes up to 10,000 reports in, streamed.")
            .WithDescription("NDJSON or a JSON array. Answers NDJSON: one result a report, in order, each after it is durable. Good ones are kept, bad ones named.")
            .Accepts<IncidentSubmission[]>("application/x-ndjson", "application/json", "application/ndjson", "application/jsonl")
            .WithMetadata(new RequestSizeLimitAttribute(IncidentBatchEndpoint.MostBytes))
            .Produces<BatchLineResult>(StatusCodes.Status200OK, "application/x-ndjson")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Requires(Permission.ReportIncidents);
        incidents.MapGet("", ListAsync)
            .WithName("ListIncidents")
            .WithSummary("Lists incidents, newest first, page by page.")
            .ProducesValidationProblem()
            .Requires(Permission.SeeIncidents);
        incidents.MapNear();
        incidents.MapGet("{id:long}", FindAsync)
            .WithName("GetIncident")
            .WithSummary("One incident with its full history.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Requires(Permission.SeeIncidents);
        incidents.MapPost("{id:long}/status", MoveAsync)
            .WithName("MoveIncident")
            .WithSummary("Moves an incident on: accepted, then inProgress, then closed.")
            .WithDescription("Answers the incident as it stands; to whoever may not read incidents, what they would be told of a report.")
            .Produces<IncidentDetail>()
            .Accepts<StatusChange>("application/json")
            .WithMetadata(new RequestSizeLimitAttribute(IncidentLimits.ReportBytes))
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Requires(Permission.MoveIncidents);
    }

    private static async Task<IResult> TakeInAsync(HttpContext context, IncidentStore store, AreaDirectory areas, TimeProvider time)
    {
        var (sight, errors) = (context.Sight(Permission.ReportIncidents), new FieldErrors());
        var report = IncidentBatch.Read((await context.BodyAsync()).Span, sight, areas.Current, time.GetUtcNow().UtcDateTime, errors);
        if (report is null || errors.Any)
        {
            StoreMetrics.Refused("rejected");
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        // Not cancelled with the request: whoever hung up may still be answered by sending again, and finds it taken in.
        var taken = (await store.TakeInAsync([report], CancellationToken.None))[0];
        if (!IntakeBounds.MayName(sight, taken))
        {
            errors.Add("externalId", "KnownElsewhere");
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var receipt = new IncidentReceipt(
            taken.Id, taken.Number, taken.GridCode, areas.Current.Find(taken.GridCode)?.Name, taken.OutsideGrids, taken.Status, taken.ReceivedAt);
        return taken.Created ? TypedResults.Created($"/api/v1/incidents/{taken.Id}", receipt) : TypedResults.Ok(receipt);
    }

    private static async Task<Results<Ok<IncidentPage>, ValidationProblem>> ListAsync(
        HttpContext context,
        IncidentQueries queries,
        AreaDirectory areas,
        [AsParameters] IncidentListParameters list)
    {
        var errors = new FieldErrors();
        var filter = IncidentFilterReader.Read(context.Request.Query, list, errors);
        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var items = await queries.ListAsync(context.Sight(Permission.SeeIncidents).Masked, filter, context.RequestAborted);
        return TypedResults.Ok(new IncidentPage(
            items.Select(incident => incident.ToSummary(areas.Current)).ToList(),
            items.Count == filter.Limit ? items[^1].Id : null));
    }

    private static async Task<Results<Ok<IncidentDetail>, ProblemHttpResult>> FindAsync(
        [Description("Id of the incident.")] long id,
        HttpContext context,
        IncidentQueries queries,
        EventLog log,
        AreaDirectory areas,
        UnitStore units,
        AuditLog audit,
        CancellationToken cancellationToken)
    {
        var sight = context.Sight(Permission.SeeIncidents);
        if (await queries.FindAsync(sight, id, cancellationToken) is not { } incident)
        {
            return NotFound(id);
        }

        // On record before it leaves.
        if (sight.Persons && incident is not { ReporterName: null, ReporterPhone: null, ReporterIdNumber: null, Address: null })
        {
            await audit.AppendAsync(context.Audit(PersonActions.Viewed, incident.Number), cancellationToken);
        }

        return TypedResults.Ok(await DetailAsync(sight, incident, log, areas.Current, units, cancellationToken));
    }

    private static async Task<IResult> MoveAsync(
        [Description("Id of the incident.")] long id,
        HttpContext context,
        IncidentStore store,
        IncidentQueries queries,
        EventLog log,
        AreaDirectory areas,
        UnitStore units,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var change = StatusChangeReader.Read((await context.BodyAsync()).Span, errors);
        if (change is null)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var to = StatusText.Parse(change.Status);
        if (to is null or IncidentStatus.Reported)
        {
            errors.Add("status", string.IsNullOrEmpty(change.Status) ? "Required" : "UnknownStatus", IncidentValidator.Shortened(change.Status ?? ""));
        }

        IncidentValidator.CheckText("note", change.Note, IncidentLimits.Note, errors);
        IncidentValidator.CheckText("actor", change.Actor, IncidentLimits.Actor, errors);
        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var subject = context.Subject();
        var actor = ApiRequest.Actor(subject, change.Actor);
        var note = string.IsNullOrWhiteSpace(change.Note) ? null : change.Note;
        var sight = context.Sight(Permission.MoveIncidents);
        var result = await store.MoveAsync(sight, id, to!.Value, actor, note, CancellationToken.None);
        switch (result.Outcome)
        {
            case MoveOutcome.Moved or MoveOutcome.AlreadyThere:
                var incident = await queries.FindAsync(sight.Masked, id, cancellationToken);
                return AccessPolicy.Allows(subject, Permission.SeeIncidents)
                    ? TypedResults.Ok(await DetailAsync(sight, incident!, log, areas.Current, units, cancellationToken))
                    : TypedResults.Ok(Receipt(incident!, areas.Current));
            case MoveOutcome.NotAllowed:
                var next = IncidentLifecycle.Next(result.Status);
                return TypedResults.Problem(
                    statusCode: StatusCodes.Status409Conflict,
                    title: "There is no such move.",
                    detail: next is { } only
                        ? $"The incident is {StatusText.Of(result.Status)}; from there it goes to {StatusText.Of(only)}. Nothing was changed."
                        : $"The incident is {StatusText.Of(result.Status)}; from there it goes nowhere. Nothing was changed.");
            case MoveOutcome.NotFound:
                return NotFound(id);
            default:
                throw new InvalidOperationException($"No answer is known for {result.Outcome}.");
        }
    }

    private static async Task<IncidentDetail> DetailAsync(Sight sight, Incident incident, EventLog log, AreaIndex areas, UnitStore units, CancellationToken cancellationToken)
    {
        var detail = incident.ToDetail(areas, await log.HistoryAsync(sight, incident.Id, cancellationToken));
        return incident is { Lon: { } lon, Lat: { } lat }
            ? detail with
            {
                NearestUnits = [.. (await units.NearAsync(lon, lat, within: null, NearestUnits, cancellationToken)).Select(near => NearUnitSummary.Of(near, areas))],
            }
            : detail;
    }

    private static IncidentReceipt Receipt(Incident incident, AreaIndex areas) => new(
        incident.Id, incident.Number, incident.GridCode, areas.Find(incident.GridCode)?.Name, incident.OutsideGrids, incident.Status, incident.ReceivedAt);

    private static ProblemHttpResult NotFound(long id) =>
        TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "There is no such incident.", detail: $"No incident has the id {id}.");
}
