using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CommandCenter.Web.Incidents;

/// <summary>
/// <c>GET /api/v1/incidents/near</c>: incidents within a distance of a point. A path of its own, because it has another order, and
/// so another <c>next</c>, than the list.
/// </summary>
internal static class IncidentNearEndpoint
{
    /// <summary>Metres: farther than any county reaches.</summary>
    private const double Farthest = 200_000;

    public static void MapNear(this IEndpointRouteBuilder incidents) =>
        incidents.MapGet("near", ListAsync)
            .WithName("ListIncidentsNear")
            .WithSummary("Lists incidents within a distance of a point, nearest first, page by page.")
            .WithDescription("Distances are metres along the WGS84 ellipsoid; of two at the same distance the one with the lower id comes first.")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Requires(Permission.SeeIncidents);

    private static async Task<Results<Ok<NearIncidentPage>, ValidationProblem>> ListAsync(
        HttpContext context,
        IncidentQueries queries,
        AreaDirectory areas,
        [AsParameters] PointParameters point,
        [Description("Metres from the point, 0 to 200000, themselves included.")] string? within,
        [AsParameters] IncidentListParameters list)
    {
        var errors = new FieldErrors();
        var filter = IncidentFilterReader.Read(context.Request.Query, list with { After = null }, errors, "lon", "lat", "within", "crs");
        var (x, y) = PointReader.Read(point, errors);
        var metres = PointReader.Number("within", within, 0, Farthest, errors);
        var last = After(list.After, errors);
        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var items = await queries.NearAsync(context.Sight(Permission.SeeIncidents).Masked, x, y, metres, filter, last, context.RequestAborted);
        return TypedResults.Ok(new NearIncidentPage(
            [.. items.Select(near => new NearIncidentSummary(near.Incident.ToSummary(areas.Current)) { Distance = Math.Round(near.Metres, 1) })],
            items.Count == filter.Limit ? string.Create(CultureInfo.InvariantCulture, $"{items[^1].Metres:R},{items[^1].Incident.Id}") : null));
    }

    private static Near<long>? After(string? text, FieldErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        if (text.Split(',') is [var metres, var id]
            && double.TryParse(metres, NumberStyles.Float, CultureInfo.InvariantCulture, out var distance) && distance is >= 0 and <= Farthest
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var key))
        {
            return new Near<long>(distance, key);
        }

        errors.Add("after", "QueryAfter");
        return null;
    }
}

/// <summary>An incident in a listing by distance.</summary>
public sealed record NearIncidentSummary : IncidentSummary
{
    [SetsRequiredMembers]
    public NearIncidentSummary(IncidentSummary summary)
        : base(summary)
    {
    }

    [JsonPropertyOrder(1), Description("Metres from the point, to the nearest tenth.")]
    public double Distance { get; init; }
}

/// <summary>A page of incidents, nearest first.</summary>
public sealed record NearIncidentPage(
    [property: Description("The incidents.")] IReadOnlyList<NearIncidentSummary> Items,
    [property: Description("Give this as after to get the next page; null on the last.")] string? Next);
