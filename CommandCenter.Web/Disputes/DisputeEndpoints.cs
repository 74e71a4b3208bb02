using CommandCenter.Data.Accounts;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Incidents;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.Disputes;

/// <summary><c>/api/v1/disputes</c>: disputes into the register.</summary>
internal static class DisputeEndpoints
{
    public static void MapDisputeIntake(this IEndpointRouteBuilder disputes)
    {
        disputes.MapPost("", RegisterAsync)
            .WithName("RegisterDispute")
            .WithSummary("Registers a dispute.")
            .WithDescription("Answered after it is durable. The same source and externalId again is answered 200 with the first one.")
            .Accepts<DisputeSubmission>("application/json")
            .WithMetadata(new RequestSizeLimitAttribute(DisputeLimits.Bytes))
            .Produces<DisputeReceipt>(StatusCodes.Status201Created)
            .Produces<DisputeReceipt>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Requires(Permission.RegisterDisputes);
        disputes.MapPost("batch", RegisterManyAsync)
            .WithName("RegisterDisputes")
            .WithSummary("Registers up to 10,000 disputes, streamed.")
            .WithDescription("NDJSON or a JSON array. Answers NDJSON: one result a dispute, in order, each after it is durable. Good ones are kept, bad ones named.")
            .Accepts<DisputeSubmission[]>("application/x-ndjson", "application/json", "application/ndjson", "application/jsonl")
            .WithMetadata(new RequestSizeLimitAttribute(IncidentBatchEndpoint.MostBytes))
            .Produces<BatchLineResult>(StatusCodes.Status200OK, "application/x-ndjson")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Requires(Permission.RegisterDisputes);
        disputes.MapPost("from-incident", FromIncidentAsync)
            .WithName("RegisterDisputeFromIncident")
            .WithSummary("Makes a dispute of an incident of category 01.")
            .WithDescription("Both know of each other from then on; the incident goes on by itself. The same incident again is answered 200 with the first one.")
            .Accepts<FromIncidentRequest>("application/json")
            .WithMetadata(new RequestSizeLimitAttribute(DisputeLimits.Bytes))
            .Produces<DisputeReceipt>(StatusCodes.Status201Created)
            .Produces<DisputeReceipt>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Requires(Permission.RegisterDisputes);
    }

    private static async Task<IResult> RegisterAsync(HttpContext context, DisputeStore store, AreaDirectory areas, TimeProvider time)
    {
        var (sight, errors) = (context.Sight(Permission.RegisterDisputes), new FieldErrors());
        var draft = Read((await context.BodyAsync()).Span, sight, areas.Current, time.GetUtcNow().UtcDateTime, errors);
        if (draft is null)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        // Not cancelled with the request: whoever hung up may still be answered by sending again, and finds it registered.
        var registered = (await store.RegisterAsync([draft], context.Subject().Label, CancellationToken.None))[0];
        return MayName(sight, registered)
            ? Answer(registered)
            : TypedResults.ValidationProblem(BatchEndpoint.Problem("externalId", "KnownElsewhere").ToDictionary());
    }

    private static Task RegisterManyAsync(HttpContext context, DisputeStore store, AreaDirectory areas, TimeProvider time)
    {
        var (sight, actor, current, now) = (context.Sight(Permission.RegisterDisputes), context.Subject().Label, areas.Current, time.GetUtcNow().UtcDateTime);
        return BatchEndpoint.TakeInAsync(
            context,
            new IntakeBatch<DisputeDraft>(context.Request.Body, (json, errors) => Read(json, sight, current, now, errors), DisputeLimits.Bytes, DisputeLimits.Batch),
            new BatchIntake<DisputeDraft, RegisteredDispute>(
                drafts => store.RegisterAsync(drafts, actor, CancellationToken.None),
                (line, registered) => MayName(sight, registered)
                    ? new BatchLineResult(line, registered.Created ? BatchResult.Created : BatchResult.Duplicate, registered.Id, registered.Number, Errors: null)
                    : BatchEndpoint.Rejected(line, BatchEndpoint.Problem("externalId", "KnownElsewhere"))));
    }

    private static async Task<IResult> FromIncidentAsync(HttpContext context, DisputeStore store)
    {
        var errors = new FieldErrors();
        var wanted = JsonFields.Read((await context.BodyAsync()).Span, errors, fields => new FromIncidentRequest(
            fields.WholeNumber("incident", 1, long.MaxValue), fields.Text("category"), fields.Text("scale"), fields.Text("risk"), fields.Text("riskReason")));
        if (wanted is not null)
        {
            Check(wanted, errors);
        }

        if (wanted is null || errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var said = new FromIncident(
            wanted.Category, DisputeWords.Find(DisputeWords.Scales, wanted.Scale) ?? DisputeScale.Individual, DisputeWords.Find(DisputeWords.Risks, wanted.Risk) ?? DisputeRisk.Blue,
            wanted.RiskReason);
        var (outcome, dispute) = await store.FromIncidentAsync(
            context.Sight(Permission.RegisterDisputes), wanted.Incident!.Value, said, context.Subject().Label, CancellationToken.None);
        return outcome switch
        {
            FromIncidentOutcome.Created or FromIncidentOutcome.Existed => Answer(dispute),
            FromIncidentOutcome.NotFound => TypedResults.Problem(
                statusCode: StatusCodes.Status404NotFound, title: "There is no such incident.", detail: $"No incident has the id {wanted.Incident}."),
            FromIncidentOutcome.NotADispute => TypedResults.Problem(
                statusCode: StatusCodes.Status409Conflict, title: "The incident is no dispute.", detail: "Only incidents of category 01 become disputes. Nothing was changed."),
            _ => throw new InvalidOperationException($"No answer is known for {outcome}."),
        };
    }

    private static void Check(FromIncidentRequest wanted, FieldErrors errors)
    {
        if (wanted.Incident is null)
        {
            errors.Add("incident", "Required");
        }

        if (wanted.Category is { } category && DisputeCategories.Find(category) is null)
        {
            errors.Add("category", "UnknownDisputeCategory", IncidentValidator.Shortened(category));
        }

        DisputeValidator.Word("scale", DisputeWords.Scales, wanted.Scale, DisputeScale.Individual, errors);
        IncidentValidator.CheckText("riskReason", wanted.RiskReason, DisputeLimits.Reason, errors);
        if (DisputeValidator.Word("risk", DisputeWords.Risks, wanted.Risk, DisputeRisk.Blue, errors) != DisputeRisk.Blue && string.IsNullOrWhiteSpace(wanted.RiskReason))
        {
            errors.Add("riskReason", "Required");
        }
    }

    private static DisputeDraft? Read(ReadOnlySpan<byte> json, Sight sight, AreaIndex areas, DateTime now, FieldErrors errors) =>
        DisputeSubmission.Read(json, errors) is { } sent && DisputeValidator.Validate(sight, sent, areas, now, errors) is { } draft && !errors.Any ? draft : null;

    // One that was known before may be somebody else's.
    private static bool MayName(Sight sight, RegisteredDispute registered) => registered.Created || sight.Covers(registered.Area);

    private static IResult Answer(RegisteredDispute registered)
    {
        var receipt = new DisputeReceipt(registered.Id, registered.Number, registered.Area, registered.Stage, registered.RegisteredAt);
        return registered.Created ? TypedResults.Created($"/api/v1/disputes/{registered.Id}", receipt) : TypedResults.Ok(receipt);
    }
}
