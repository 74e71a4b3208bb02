using System.ComponentModel;
using System.Text.Json;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Grids;
using CommandCenter.Web.Access;
using CommandCenter.Web.Audit;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CommandCenter.Web.Grids;

/// <summary><c>PUT /api/v1/areas</c>: a file of boundaries in, a report out.</summary>
internal static class AreaUploadEndpoint
{
    public static void MapUpload(this IEndpointRouteBuilder areas)
    {
        areas.MapPut("", UploadAsync)
            .WithName("PutAreas")
            .WithSummary("Takes a GeoJSON FeatureCollection of counties, towns, villages and grids.")
            .WithDescription(
                """
                The body is the file itself, up to 300 MB, read as it comes in. Properties of a feature: code, name, level (county, town, village
                or grid), optionally population, households, type; the parent follows from the code. For each parent that the file lists a child of, the file is the complete set of its
                children from validFrom on: what is left out ends there, with all below it. Areas under other parents stay as they are.
                All or nothing, unless partial. A key of an area takes only features whose code begins with its own and is longer; their shapes are not compared with its shape. A refused file is answered 422 with the same report.
                """)
            .Accepts<object>("application/geo+json", "application/json")
            .WithMetadata(new RequestSizeLimitAttribute(AreaImportRequest.MaxBytes))
            .Produces<AreaUploadReport>()
            .Produces<AreaUploadReport>(StatusCodes.Status422UnprocessableEntity)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Requires(Permission.ReplaceAreas);
        areas.MapGet("previews/{token}", Preview)
            .WithName("GetAreaPreview")
            .WithSummary("What a map can show of a file that was checked with dryRun=true in the last ten minutes.")
            .Produces<object>(contentType: AreaReadEndpoints.GeoJson)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Requires(Permission.ReplaceAreas);
    }

    private static async Task<IResult> UploadAsync(
        HttpContext context,
        AreaImport import,
        AuditLog audit,
        AreaPreviews previews,
        IStringLocalizer<GridText> text,
        [Description("Coordinate system of the file: wgs84 (when not given), cgcs2000, gcj02 or bd09.")] string? crs,
        [Description("First county day on which the areas apply, yyyy-MM-dd; today when not given.")] string? validFrom,
        [Description("true: take what is good and report the rest.")] string? partial,
        [Description("true: check only, and make a preview.")] string? dryRun)
    {
        _ = (crs, validFrom, partial, dryRun); // Named for the OpenAPI document; read below so that every fault is told at once.
        var query = new QueryReader(context.Request, text, "crs", "validFrom", "partial", "dryRun");
        var request = new AreaImportRequest(query.Crs(), query.Day("validFrom"), query.Flag("partial"), query.Flag("dryRun"), Within: context.Subject().Area)
        {
            Record = (session, done) => audit.Append(session, context.Audit(AuditActions.AreasReplaced, $"{done.ValidFrom:yyyy-MM-dd}", detail: $"{done.Taken} taken, {done.Retired} retired")),
        };
        if (query.Errors is { } errors)
        {
            return TypedResults.ValidationProblem(errors);
        }

        if (PlainBody.Refuse(context.Request, text) is { } notPlain)
        {
            return notPlain;
        }

        try
        {
            var result = await import.RunAsync(context.Request.Body, request, context.RequestAborted);
            var preview = result.Preview is { Drawn: > 0 } shown ? previews.Keep(shown) : null;
            return TypedResults.Json(
                AreaUploadReport.Of(result.Report, preview),
                statusCode: result.Report.Accepted ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
        }
        catch (JsonException e)
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status400BadRequest,
                title: text["BadJson"],
                detail: e.LineNumber is { } line ? text["BadJsonDetail", line + 1, (e.BytePositionInLine ?? 0) + 1] : text["BadJsonText"]);
        }
        catch (AreaFileTooLargeException e)
        {
            var megabytes = e.MaxBytes / (1024 * 1024);
            return TypedResults.Problem(
                statusCode: StatusCodes.Status413PayloadTooLarge,
                title: text["TooLarge"],
                detail: e.Feature is { } feature ? text["FeatureTooLargeDetail", feature, megabytes] : text["TooLargeDetail", megabytes]);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            // The server's own limit, which it also applies to a length that was only announced.
            return TypedResults.Problem(
                statusCode: StatusCodes.Status413PayloadTooLarge,
                title: text["TooLarge"],
                detail: text["TooLargeDetail", AreaImportRequest.MaxBytes / (1024 * 1024)]);
        }
    }

    private static IResult Preview([Description("The token of the dry run's report.")] string token, AreaPreviews previews, IStringLocalizer<GridText> text) =>
        previews.Find(token) is { } geoJson
            ? TypedResults.Bytes(geoJson, AreaReadEndpoints.GeoJson)
            : TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: text["NoPreview"], detail: text["NoPreviewDetail"]);
}
