using System.ComponentModel;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Forces;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Access;
using CommandCenter.Web.Audit;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Incidents;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.Forces;

/// <summary><c>/api/v1/units</c>: a county's units in, as one list; out by code and by distance.</summary>
internal static class UnitEndpoints
{
    private const int MostBytes = 2 * 1024 * 1024;
    private const double Farthest = 200_000;

    public static void MapUnits(this IEndpointRouteBuilder units)
    {
        units.MapPut("", ReplaceAsync)
            .WithName("PutUnits")
            .WithSummary("Makes a county's units those of a list.")
            .WithDescription("The list is complete: what it leaves out goes out of service. All or nothing. The same list again changes nothing. An empty list is refused without retireAll=true.")
            .Accepts<UnitSubmission[]>("application/json")
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Requires(Permission.ReplaceUnits);
        units.MapGet("", ListAsync)
            .WithName("ListUnits")
            .WithSummary("Lists units in service by code, page by page.")
            .ProducesValidationProblem()
            .Requires(Permission.SeeUnits);
        units.MapGet("near", NearAsync)
            .WithName("ListUnitsNear")
            .WithSummary("The units in service nearest to a point, nearest first.")
            .WithDescription("Distances are metres along the WGS84 ellipsoid; of two at the same distance the one with the lower code comes first.")
            .ProducesValidationProblem()
            .Requires(Permission.SeeUnits);
    }

    private static async Task<Results<Ok<UnitReceipt>, ValidationProblem>> ReplaceAsync(
        HttpContext context,
        UnitStore store,
        AreaDirectory areas,
        AuditLog audit,
        [Description("Code of the county whose units the list holds, six digits.")] string? county,
        [Description("Coordinate system of the points: wgs84 (when not given), cgcs2000, gcj02 or bd09.")] string? crs,
        [Description("true: an empty list is meant, and takes all units of the county out of service; refused otherwise.")] string? retireAll)
    {
        var errors = new FieldErrors();
        context.Request.RefuseUnknown(errors, "county", "crs", "retireAll");
        var mayBeEmpty = ApiRequest.Flag("retireAll", retireAll, errors);
        if (!AreaCode.IsValid(county, AreaLevel.County, out _))
        {
            errors.Add("county", "UnitCounty");
        }

        var system = CoordinateSystem.Wgs84;
        if (crs is not null && !CoordinateTransform.TryParse(crs, out system))
        {
            errors.Add("crs", "UnknownCrs", IncidentValidator.Shortened(crs));
        }

        if (!errors.Any)
        {
            var units = UnitListReader.Read(await context.BodyAsync(), county!, system, areas.Current, errors);
            if (!errors.Any && units.Count == 0 && !mayBeEmpty)
            {
                errors.Add("", "UnitsEmpty");
            }

            if (!errors.Any)
            {
                // Not cancelled with the request: whoever hung up may send the same list again.
                var result = await store.ReplaceAsync(county!, units, "api", CancellationToken.None, (session, done) => audit.Append(
                    session, context.Audit(AuditActions.UnitsReplaced, $"county:{county}", detail: $"{done.Taken} taken, {done.Changed} changed, {done.Retired} retired")));
                if (result.Elsewhere.Count == 0)
                {
                    return TypedResults.Ok(new UnitReceipt(county!, result.Taken, result.Changed, result.Retired));
                }

                foreach (var (i, unit) in units.Index().Where(unit => result.Elsewhere.Contains(unit.Item.Code, StringComparer.Ordinal)))
                {
                    errors.Add(FormattableString.Invariant($"[{i}].code"), "UnitElsewhere", unit.Code);
                }
            }
        }

        return TypedResults.ValidationProblem(errors.ToDictionary());
    }

    private static async Task<Results<Ok<UnitPage>, ValidationProblem>> ListAsync(
        HttpContext context,
        UnitStore store,
        AreaDirectory areas,
        [AsParameters] UnitParameters which,
        [Description("The next of the page before.")] string? after,
        [Description("How many, 1 to 500; 100 when not given.")] string? limit)
    {
        var errors = new FieldErrors();
        context.Request.RefuseUnknown(errors, "area", "kind", "after", "limit");
        var filter = Filter(which, limit, usual: 100, errors);
        if (after is { Length: > UnitStore.LongestCode })
        {
            errors.Add("after", "QueryAfter");
        }

        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var units = await store.ListAsync(filter, after, context.RequestAborted);
        return TypedResults.Ok(new UnitPage(
            [.. units.Select(unit => UnitSummary.Of(unit, areas.Current))], units.Count == filter.Limit ? units[^1].Code : null));
    }

    private static async Task<Results<Ok<NearUnits>, ValidationProblem>> NearAsync(
        HttpContext context,
        UnitStore store,
        AreaDirectory areas,
        [AsParameters] PointParameters point,
        [Description("Metres from the point, 0 to 200000, themselves included; however far when not given.")] string? within,
        [AsParameters] UnitParameters which,
        [Description("How many, 1 to 500; 10 when not given.")] string? limit)
    {
        var errors = new FieldErrors();
        context.Request.RefuseUnknown(errors, "lon", "lat", "within", "crs", "area", "kind", "limit");
        var (x, y) = PointReader.Read(point, errors);
        double? metres = within is null ? null : PointReader.Number("within", within, 0, Farthest, errors);
        var filter = Filter(which, limit, usual: 10, errors);
        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var near = await store.NearAsync(x, y, metres, filter, context.RequestAborted);
        return TypedResults.Ok(new NearUnits([.. near.Select(unit => NearUnitSummary.Of(unit, areas.Current))]));
    }

    private static UnitFilter Filter(UnitParameters which, string? limit, int usual, FieldErrors errors)
    {
        if (which.Area is not null && !AreaCode.IsValid(which.Area))
        {
            errors.Add("area", "QueryArea");
        }

        UnitKind? chosen = null;
        if (which.Kind is { } kind)
        {
            if (UnitKinds.TryParse(kind, out var known))
            {
                chosen = known;
            }
            else
            {
                errors.Add("kind", "UnitKind", IncidentValidator.Shortened(kind), UnitKinds.Names);
            }
        }

        return new UnitFilter(which.Area, chosen, ApiRequest.Limit(limit, usual, errors));
    }
}

/// <summary>Which units are asked for, as it was given.</summary>
internal sealed record UnitParameters(
    [property: FromQuery(Name = "area"), Description("Area code of a county, town, village or grid (6, 9, 12 or 15 digits).")] string? Area,
    [property: FromQuery(Name = "kind"), Description("jointStation, volunteerPatrol, minEmergencyUnit or patrol.")] string? Kind);
