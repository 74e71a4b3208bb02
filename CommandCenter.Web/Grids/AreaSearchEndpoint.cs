using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CommandCenter.Web.Grids;

/// <summary><c>POST /api/v1/areas/search</c>: the areas in a polygon.</summary>
internal static class AreaSearchEndpoint
{
    private const int MostItems = 1000;
    private const int UsualItems = 100;

    public static void MapSearch(this IEndpointRouteBuilder areas) =>
        areas.MapPost("search", SearchAsync)
            .WithName("SearchAreas")
            .WithSummary("The areas that lie in a polygon, by code, page by page.")
            .WithDescription(
                """
                The body is a GeoJSON Polygon or MultiPolygon, or a Feature that has one; holes and either orientation of rings will do.
                Its edges are straight in longitude and latitude and belong to it, as those of the areas do: an area that only touches it
                intersects it. A polygon across the 180th meridian is refused; send its two halves as a MultiPolygon.
                """)
            .Accepts<object>("application/geo+json", "application/json")
            .WithMetadata(new RequestSizeLimitAttribute(AreaSearchShape.MostBytes))
            .Produces<AreaPage>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Requires(Permission.SeeAreas);

    private static async Task<IResult> SearchAsync(
        HttpContext context,
        AreaStore store,
        AreaDirectory directory,
        IStringLocalizer<GridText> text,
        [Description("county, town, village or grid; grid when not given.")] string? level,
        [Description("intersects (when not given): at least one point in common; within: no point outside the polygon.")] string? relation,
        [Description("Coordinate system of the polygon: wgs84 (when not given), cgcs2000, gcj02 or bd09.")] string? crs,
        [Description("Among the areas in force on this county day, yyyy-MM-dd; today when not given.")] string? on,
        [Description("The next of the page before.")] string? after,
        [Description("How many, 1 to 1000; 100 when not given.")] string? limit)
    {
        _ = (level, relation, crs, on, after, limit); // Named for the OpenAPI document; read below so that every fault is told at once.
        var query = new QueryReader(context.Request, text, "level", "relation", "crs", "on", "after", "limit");
        var (system, day, chosen, how) = (query.Crs(), query.Day("on"), query.Level() ?? AreaLevel.Grid, query.Relation());
        var (last, most) = (query.Code("after"), query.Integer("limit", UsualItems, MostItems));
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
            var body = await context.BodyAsync();
            if (AreaSearchShape.Read(body.Span, system, out var rejection) is not { } shape)
            {
                var reason = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? rejection!.En : rejection!.Zh;
                return TypedResults.ValidationProblem(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["geometry"] = [reason] });
            }

            var found = await store.SearchAsync(new AreaSearch(shape, how, chosen, day ?? directory.Today, last, most), context.RequestAborted);
            return TypedResults.Ok(new AreaPage(
                [.. found.Select(row => new FoundArea(row.Code, row.Name, AreaLevels.NameOf(row.Level), AreaCode.Parent(row.Code)))],
                found.Count == most ? found[^1].Code : null));
        }
        catch (JsonException e)
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status400BadRequest,
                title: text["BadShape"],
                detail: e.LineNumber is { } line ? text["BadShapeDetail", line + 1, (e.BytePositionInLine ?? 0) + 1] : text["BadShapeText"]);
        }
    }
}

/// <summary>A page of areas, by code.</summary>
public sealed record AreaPage(
    [property: Description("The areas.")] IReadOnlyList<FoundArea> Items,
    [property: Description("Give this as after to get the next page; null on the last.")] string? Next);

/// <summary>An area that was searched for.</summary>
public sealed record FoundArea(
    [property: Description("Code of the area.")] string Code,
    [property: Description("Its name.")] string Name,
    [property: Description("county, town, village or grid.")] string Level,
    [property: Description("Code of the area above; null for a county.")] string? Parent);
