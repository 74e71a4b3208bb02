using System.ComponentModel;
using System.Security.Cryptography;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary><c>POST /api/v1/statistics</c>: figures in, each sending a version that can be undone.</summary>
internal static class StatisticIntake
{
    private const int MostBytes = 64 * 1024 * 1024;

    public static void MapStatisticIntake(this IEndpointRouteBuilder statistics)
    {
        statistics.MapPost("", TakeInAsync)
            .WithName("PostStatistics")
            .WithSummary("Takes figures in: all of them, or none.")
            .WithDescription(
                """
                Each sending is a version. The same content again, as of the same day, is answered 200 with the first one. What is suspicious (ten times as much as
                before, below zero, in the future, an area that was not there, totals that are not the sum of their parts) is answered 422 with the list and nothing is
                taken, unless acceptSuspicious. Figures are never edited: a correction is another sending as of the same or a later day. A key of an area sends
                only what lies inside it.
                """)
            .Accepts<StatisticsSubmission>("application/json")
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .Produces<StatisticsReceipt>(StatusCodes.Status201Created)
            .Produces<StatisticsReceipt>()
            .Produces<StatisticsReceipt>(StatusCodes.Status422UnprocessableEntity)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Requires(Permission.ManageStatistics);
        statistics.MapGet("versions", VersionsAsync)
            .WithName("ListStatisticsVersions")
            .WithSummary("Lists what was taken in, the latest first, page by page.")
            .ProducesValidationProblem()
            .Requires(Permission.ManageStatistics);
        statistics.MapPost("versions/{version:long}/undo", UndoAsync)
            .WithName("UndoStatisticsVersion")
            .WithSummary("Undoes a version: its figures count no more, those it had replaced count again.")
            .WithDescription("A key of an area undoes nothing. The version stays to be looked at.")
            .Produces<StatisticsVersion>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Requires(Permission.ManageStatistics);
    }

    private static async Task<IResult> TakeInAsync(
        HttpContext context,
        StatisticStore store,
        StatisticPreviews previews,
        StatisticTermStore terms,
        FigureQueries figures,
        [Description("true: check only; nothing is taken.")] string? dryRun,
        [Description("true: take it although something is suspicious.")] string? acceptSuspicious)
    {
        var errors = new FieldErrors();
        context.Request.RefuseUnknown(errors, "dryRun", "acceptSuspicious");
        var (dry, accept) = (ApiRequest.Flag("dryRun", dryRun, errors), ApiRequest.Flag("acceptSuspicious", acceptSuspicious, errors));
        var bytes = errors.Any ? default : await context.BodyAsync();
        var sight = context.Sight(Permission.ManageStatistics);
        var names = new AreaNames(await figures.TownsAsync(context.RequestAborted));
        var read = errors.Any ? null : StatisticSubmissionReader.Read(bytes, sight, await terms.ReadAsync(context.RequestAborted), names, errors);
        if (read is null)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var preview = await previews.CompareAsync(read.Draft, read.AsOf, new ProblemList(), context.RequestAborted);
        if (dry || (preview.IsSuspicious && !accept))
        {
            return TypedResults.Json(StatisticsReceipt.Of(null, preview), statusCode: dry ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
        }

        // Not cancelled with the request: whoever hung up may send the same again.
        var header = new StatisticHeader(read.Source, FileName: null, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), read.AsOf, read.Note);
        var taken = await store.ImportAsync(read.Draft, header, context.By(), CancellationToken.None);
        return TypedResults.Json(StatisticsReceipt.Of(taken.Import.Position, preview), statusCode: taken.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<Results<Ok<StatisticsVersions>, ValidationProblem>> VersionsAsync(
        HttpContext context,
        StatisticStore store,
        [Description("The next of the page before.")] string? after,
        [Description("How many, 1 to 500; 50 when not given.")] string? limit)
    {
        var errors = new FieldErrors();
        context.Request.RefuseUnknown(errors, "after", "limit");
        long? position = after is null ? null : ApiRequest.Integer("after", after, 1, long.MaxValue, errors);
        var count = ApiRequest.Limit(limit, usual: 50, errors);
        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var versions = await store.ListAsync(position, count, context.RequestAborted);
        return TypedResults.Ok(new StatisticsVersions([.. versions.Select(StatisticsVersion.Of)], versions.Count == count ? versions[^1].Position : null));
    }

    private static async Task<IResult> UndoAsync(
        HttpContext context, StatisticStore store, [Description("Its number.")] long version, [FromBody] UndoReason reason)
    {
        if (context.Sight(Permission.ManageStatistics).Area is not null)
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status403Forbidden, title: "Only for the whole store.");
        }

        if (string.IsNullOrWhiteSpace(reason.Reason) || reason.Reason.Length > StatisticHeader.LongestNote)
        {
            var errors = new FieldErrors();
            errors.Add("reason", "Required");
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        return await store.UndoAsync(version, reason.Reason.Trim(), context.By(), CancellationToken.None) || await store.FindAsync(version, context.RequestAborted) is not null
            ? TypedResults.Ok(StatisticsVersion.Of((await store.FindAsync(version, context.RequestAborted))!))
            : TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "No such version.");
    }
}
