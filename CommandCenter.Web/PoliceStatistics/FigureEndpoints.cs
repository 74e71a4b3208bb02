using System.ComponentModel;
using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Web.Access;
using CommandCenter.Web.Incidents;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary><c>GET /api/v1/statistics/figures</c> and <c>/trend</c>: numbers with their base, age and source.</summary>
internal static class FigureEndpoints
{
    private const int MostSeries = 200;

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

    private static async Task<Results<Ok<FigureTable>, ValidationProblem>> FiguresAsync(
        HttpContext context,
        FigureQueries figures,
        [Description("Code of a county or town.")] string? area,
        [Description("2026-10, 2026-Q3, 2026, 2026-10-15, week:2026-10-12, ytd:2026-11-20 or 2026-01-01..2026-03-31.")] string? period,
        [Description("Series, separated by commas: calls, calls/criminal, calls//theft, calls/criminal/theft, petitionBatches …; all that have figures when not given.")] string? series,
        [Description("Which days of last year: calendar (when not given), weekday or springFestival.")] string? alignment,
        [Description("A version from before: the figures as they were then; now when not given.")] string? version)
    {
        var errors = new FieldErrors();
        RefuseUnknown(context.Request.Query, errors, "area", "period", "series", "alignment", "version");
        var query = (Area: Area(area, errors), Series: Series(series, errors), Alignment: Enum<Alignment>("alignment", alignment, "BadAlignment", errors), Version: Version(version, errors));
        if (!PeriodText.TryParse(period, out var asked))
        {
            errors.AddText("period", Text("BadPeriod", period ?? ""));
        }

        return errors.Any
            ? TypedResults.ValidationProblem(errors.ToDictionary())
            : TypedResults.Ok(FigureTable.Of(await figures.TableAsync(
                context.Sight(Permission.SeeStatistics), new TableQuery(query.Area, asked!, query.Series, query.Alignment, query.Version), context.RequestAborted)));
    }

    private static async Task<Results<Ok<FigureTrend>, ValidationProblem, ProblemHttpResult>> TrendAsync(
        HttpContext context,
        FigureQueries figures,
        [Description("Code of a county or town.")] string? area,
        [Description("One series: calls, calls/criminal, calls//theft …")] string? series,
        [Description("day, week or month (when not given).")] string? grain,
        [Description("First and last day: 2025-01-01..2026-11-20, or any other period.")] string? period,
        [Description("Which days of last year: calendar (when not given), weekday or springFestival.")] string? alignment,
        [Description("A version from before; now when not given.")] string? version)
    {
        var errors = new FieldErrors();
        RefuseUnknown(context.Request.Query, errors, "area", "series", "grain", "period", "alignment", "version");
        var (code, chosen) = (Area(area, errors), Series(series ?? "", errors));
        var length = grain is null ? TrendGrain.Month : Enum<TrendGrain>("grain", grain, "BadGrain", errors);
        var (days, then) = (Enum<Alignment>("alignment", alignment, "BadAlignment", errors), Version(version, errors));
        if (!PeriodText.TryParse(period, out var asked))
        {
            errors.AddText("period", Text("BadPeriod", period ?? ""));
        }
        else if (asked.Length / (length == TrendGrain.Day ? 1 : length == TrendGrain.Week ? 7 : 28) >= FigureQueries.MostPoints)
        {
            errors.AddText("period", Text("TooManyPoints", FigureQueries.MostPoints));
        }

        if (chosen is not { Count: 1 })
        {
            errors.Add("series", "Required");
        }

        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var trend = await figures.TrendAsync(context.Sight(Permission.SeeStatistics), new TrendQuery(code, chosen![0], length, asked!.From, asked.To, days, then), context.RequestAborted);
        return trend is null ? TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "No such area in sight.") : TypedResults.Ok(FigureTrend.Of(trend));
    }

    internal static bool Flag(string name, string? text, FieldErrors errors)
    {
        if (text is not (null or "true" or "false"))
        {
            errors.Add(name, "MustBeBoolean");
        }

        return text == "true";
    }

    // A misspelt parameter must not quietly be another question.
    internal static void RefuseUnknown(IQueryCollection query, FieldErrors errors, params string[] known)
    {
        foreach (var name in query.Keys.Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase) && !name.Equals("culture", StringComparison.OrdinalIgnoreCase)))
        {
            errors.Add(name, "UnknownParameter");
        }
    }

    internal static string Area(string? area, FieldErrors errors)
    {
        if (!AreaCode.IsValid(area) || area!.Length > 9)
        {
            errors.AddText("area", Text("BadArea"));
        }

        return area ?? "";
    }

    private static List<StatisticSeries>? Series(string? text, FieldErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        var series = new List<StatisticSeries>();
        foreach (var code in text.Split(',').Take(MostSeries))
        {
            if (StatisticSeries.TryParse(code, out var one))
            {
                series.Add(one);
            }
            else
            {
                errors.AddText("series", Text("UnknownTerm", IncidentValidator.Shortened(code)));
            }
        }

        return series;
    }

    private static T Enum<T>(string name, string? text, string message, FieldErrors errors)
        where T : struct, Enum
    {
        if (text is null)
        {
            return default;
        }

        if (text.Length == 0 || !char.IsAsciiLetter(text[0]) || !System.Enum.TryParse<T>(text, ignoreCase: true, out var value))
        {
            errors.AddText(name, Text(message));
            return default;
        }

        return value;
    }

    private static long? Version(string? text, FieldErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0)
        {
            return version;
        }

        errors.AddText("version", Text("BadVersion"));
        return null;
    }

    private static string Text(string key, params object?[] arguments) => StatisticMessages.Format(key, arguments);
}
