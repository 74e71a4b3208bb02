using System.ComponentModel;
using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary><c>/api/v1/statistics/safety</c>: the safety index with its parts, and its weights.</summary>
internal static class SafetyEndpoints
{
    private const int MostBytes = 16 * 1024;

    public static void MapSafety(this IEndpointRouteBuilder statistics)
    {
        statistics.MapGet("safety", OnAsync)
            .WithName("GetSafetyIndex")
            .WithSummary("The safety index of towns on a day, with every part it is made of.")
            .WithDescription("Over the 30 days up to the day. n = 0 gives s = 100, else r = (n + 3) / (b + 3) and s = 120 − 40 r, between 0 and 100; a missing part is left out and the rest carries its weight.")
            .ProducesValidationProblem()
            .Requires(Permission.SeeStatistics);
        statistics.MapGet("safety/weights", WeightsAsync)
            .WithName("ListSafetyWeights")
            .WithSummary("The weights of the safety index, every version with its reason, the latest first.")
            .Requires(Permission.SeeStatistics);
        statistics.MapPost("safety/weights", ChangeAsync)
            .WithName("ChangeSafetyWeights")
            .WithSummary("Weighs the safety index otherwise from now on. What was computed before stays as it was.")
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .Produces<SafetyWeightsAnswer>(StatusCodes.Status201Created)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .Requires(Permission.ManageStatistics);
    }

    private static async Task<Results<Ok<SafetyAnswer>, ValidationProblem>> OnAsync(
        HttpContext context,
        SafetyIndexStore index,
        [Description("Code of a county or town.")] string? area,
        [Description("The day, yyyy-MM-dd; the last that is reported when not given.")] string? on,
        [Description("Other weights, to see what would be: crime:30,telecomFraud:10; nothing is stored.")] string? weights)
    {
        var errors = new FieldErrors();
        context.Request.RefuseUnknown(errors, "area", "on", "weights");
        var (code, day) = (FigureReader.Area(area, errors), FigureReader.Day("on", on, errors));
        SafetyWeights? other = null;
        if (weights is not null && !SafetyWeightText.TryParse(weights, out other))
        {
            errors.AddText("weights", StatisticMessages.Get("BadWeights"));
        }

        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        day ??= await index.LastDayAsync(code[..6], context.RequestAborted);
        var towns = day is { } asked ? await index.OnAsync(context.Sight(Permission.SeeStatistics), code, asked, context.RequestAborted) : [];
        return TypedResults.Ok(new SafetyAnswer(day, [.. towns.Select(town => SafetyTown.Of(town, other))]));
    }

    private static async Task<Ok<SafetyWeightsList>> WeightsAsync(HttpContext context, SafetyWeightStore weights) =>
        TypedResults.Ok(new SafetyWeightsList([.. (await weights.ListAsync(context.RequestAborted)).Select(SafetyWeightsAnswer.Of)]));

    private static async Task<IResult> ChangeAsync(HttpContext context, SafetyWeightStore weights, [FromBody] SafetyWeightsSubmission body)
    {
        if (context.Sight(Permission.ManageStatistics).Area is not null)
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status403Forbidden, title: "Only for the whole store.");
        }

        var errors = new FieldErrors();
        var text = string.Join(',', (body.Weights ?? new Dictionary<string, decimal>(StringComparer.Ordinal)).Select(weight => string.Create(CultureInfo.InvariantCulture, $"{weight.Key}:{weight.Value}")));
        if (!SafetyWeightText.TryParse(text, out var read))
        {
            errors.AddText("weights", StatisticMessages.Get("BadWeights"));
        }

        var reason = body.Reason?.Trim() ?? "";
        IncidentValidator.CheckText("reason", reason, SafetyWeightStore.LongestReason, errors);
        if (reason.Length == 0)
        {
            errors.Add("reason", "Required");
        }

        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var version = await weights.ChangeAsync(read!, reason, context.By(), CancellationToken.None);
        var stored = (await weights.ListAsync(CancellationToken.None)).First(one => one.Version == version);
        return TypedResults.Json(SafetyWeightsAnswer.Of(stored), statusCode: StatusCodes.Status201Created);
    }
}
