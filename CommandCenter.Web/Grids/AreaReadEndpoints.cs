using System.ComponentModel;
using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Web.Access;
using Microsoft.Extensions.Localization;

namespace CommandCenter.Web.Grids;

/// <summary><c>GET /api/v1/areas</c> and <c>GET /api/v1/areas/locate</c>.</summary>
internal static class AreaReadEndpoints
{
    public const string GeoJson = "application/geo+json";

    public static void MapReading(this IEndpointRouteBuilder areas)
    {
        areas.MapGet("", ListAsync)
            .WithName("GetAreas")
            .WithSummary("The areas in force, as GeoJSON.")
            .WithDescription("Coordinates are WGS84, rounded to 6 decimals. The id of a feature is stable for the boundary version. Answers carry a strong ETag and come gzipped or in brotli when asked.")
            .Produces<object>(contentType: GeoJson)
            .Produces(StatusCodes.Status304NotModified)
            .ProducesValidationProblem()
            .Requires(Permission.SeeAreas);
        areas.MapGet("locate", LocateAsync)
            .WithName("LocateArea")
            .WithSummary("The grid, village, town and county that hold a point.")
            .WithDescription("A point on a shared edge belongs to the area with the lowest code. A point in a town but in no grid answers the levels that hold it.")
            .Produces<LocatedAreas>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Requires(Permission.SeeAreas);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        AreaDirectory directory,
        AreaDocuments documents,
        IStringLocalizer<GridText> text,
        [Description("county, town, village or grid; all when not given.")] string? level,
        [Description("Only this area and what lies below it, by code.")] string? within,
        [Description("The areas in force on this county day, yyyy-MM-dd; today when not given.")] string? on)
    {
        _ = (level, within, on); // Named for the OpenAPI document; read below so that every fault is told at once.
        var query = new QueryReader(context.Request, text, "level", "within", "on");
        var (chosen, below, day) = (query.Level(), query.Within(), query.Day("on"));
        return query.Errors is { } errors
            ? TypedResults.ValidationProblem(errors)
            : documents.Of(await directory.OnAsync(day, context.RequestAborted), chosen, below);
    }

    private static async Task<IResult> LocateAsync(
        HttpContext context,
        AreaDirectory directory,
        IStringLocalizer<GridText> text,
        [Description("Longitude in degrees.")] string? lon,
        [Description("Latitude in degrees.")] string? lat,
        [Description("wgs84 (when not given), cgcs2000, gcj02 or bd09.")] string? crs,
        [Description("Among the areas in force on this county day, yyyy-MM-dd; today when not given.")] string? on)
    {
        _ = (lon, lat, crs, on);
        var query = new QueryReader(context.Request, text, "lon", "lat", "crs", "on");
        var (system, day) = (query.Crs(), query.Day("on"));
        var (x, y) = (query.Degrees("lon", 180, "Longitude"), query.Degrees("lat", 90, "Latitude"));
        if (query.Errors is { } errors)
        {
            return TypedResults.ValidationProblem(errors);
        }

        (x, y) = CoordinateTransform.ToWgs84(system, x, y);
        var index = await directory.OnAsync(day, context.RequestAborted);
        return index.Locate(x, y) is { } found
            ? TypedResults.Ok(LocatedAreas.Of(found))
            : TypedResults.Problem(
                statusCode: StatusCodes.Status404NotFound,
                title: text["Outside"],
                detail: text["OutsideDetail", Degrees(x), Degrees(y), (day ?? directory.Today).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)]);
    }

    private static string Degrees(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}

/// <summary>Where a point lies. At least one is not null.</summary>
public sealed record LocatedAreas(
    [property: Description("The smallest area; null when no grid holds the point.")] LocatedArea? Grid,
    [property: Description("The village or community; null when none holds the point.")] LocatedArea? Village,
    [property: Description("The town or subdistrict; null when none holds the point.")] LocatedArea? Town,
    [property: Description("The county; null when none holds the point.")] LocatedArea? County)
{
    internal static LocatedAreas Of(AreaLocation location) =>
        new(LocatedArea.Of(location.Grid), LocatedArea.Of(location.Village), LocatedArea.Of(location.Town), LocatedArea.Of(location.County));
}

public sealed record LocatedArea(
    [property: Description("Code of the area.")] string Code,
    [property: Description("Its name.")] string Name)
{
    internal static LocatedArea? Of(Area? area) => area is null ? null : new(area.Code, area.Name);
}
