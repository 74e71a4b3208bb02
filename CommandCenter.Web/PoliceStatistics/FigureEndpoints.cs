using System.ComponentModel;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary><c>GET /api/v1/statistics/figures</c> and <c>/trend</c>: numbers with their base, age and source.</summary>
internal static class FigureEndpoints
{
    public static void MapFigures(this IEndpointRouteBuilder statistics)
    {
        statistics.MapGet("figures", FiguresAsync)
            .WithName("GetFigures")
            .WithSummary("The figures of a period: of a county and its towns, or of a town.")
            .WithDescription("Yoy = (this − same period last year) / same period last year; Mom likewise against the period before. Whole months, quarters and years are compared as they are, all else with identical days, 29 February with 28 February.")
            .ProducesValidationProblem()
            .Requires(Permission.SeeStatistics);
        statistics.MapGet("trend", TrendAsync)
            .WithName("GetTrend")
            .WithSummary("A series through time, with the same periods last year and a band of mean ± 2 σ.")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Requires(Permission.SeeStatistics);
    }

    private static async Task<Results<Ok<FigureTable>, ValidationProblem>> FiguresAsync(HttpContext context, FigureQueries figures, [AsParameters] FigureParameters asked)
    {
        var errors = new FieldErrors();
        context.Request.RefuseUnknown(errors, FigureParameters.Names);
        var query = asked.Read(errors);
        return errors.Any
            ? TypedResults.ValidationProblem(errors.ToDictionary())
            : TypedResults.Ok(FigureTable.Of(await figures.TableAsync(context.Sight(Permission.SeeStatistics), query, context.RequestAborted)));
    }

    private static async Task<Results<Ok<FigureTrend>, ValidationProblem, ProblemHttpResult>> TrendAsync(
        HttpContext context,
        FigureQueries figures,
        [AsParameters] FigureParameters asked,
        [Description("day, week or month (when not given).")] string? grain)
    {
        var errors = new FieldErrors();
        context.Request.RefuseUnknown(errors, [.. FigureParameters.Names, "grain"]);
        var query = asked.Read(errors);
        var length = grain is null ? TrendGrain.Month : FigureReader.Choice<TrendGrain>("grain", grain, "BadGrain", errors);
        if (query.Period.Length / (length == TrendGrain.Day ? 1 : length == TrendGrain.Week ? 7 : 28) >= FigureQueries.MostPoints)
        {
            errors.AddText("period", StatisticMessages.Format("TooManyPoints", FigureQueries.MostPoints));
        }

        if (query.Series is not { Count: 1 })
        {
            errors.Add("series", "Required");
        }

        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var trend = await figures.TrendAsync(
            context.Sight(Permission.SeeStatistics),
            new TrendQuery(query.Area, query.Series![0], length, query.Period.From, query.Period.To, query.Alignment, query.Version),
            context.RequestAborted);
        return trend is null ? TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "No such area in sight.") : TypedResults.Ok(FigureTrend.Of(trend));
    }
}
