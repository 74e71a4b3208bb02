using System.ComponentModel;
using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary><c>GET /api/v1/statistics/safety</c>: the safety index with its parts.</summary>
internal static class SafetyEndpoints
{
    public static void MapSafety(this IEndpointRouteBuilder statistics) =>
        statistics.MapGet("safety", OnAsync)
            .WithName("GetSafetyIndex")
            .WithSummary("The safety index of towns on a day, with every part it is made of.")
            .WithDescription("Over the 30 days up to the day. n = 0 gives s = 100, else r = (n + 3) / (b + 3) and s = 120 − 40 r, between 0 and 100; a missing part is left out and the rest carries its weight.")
            .ProducesValidationProblem()
            .Requires(Permission.SeeStatistics);

    private static async Task<Results<Ok<SafetyAnswer>, ValidationProblem>> OnAsync(
        HttpContext context,
        SafetyIndexStore index,
        [Description("Code of a county or town.")] string? area,
        [Description("The day, yyyy-MM-dd; the last that is reported when not given.")] string? on)
    {
        var errors = new FieldErrors();
        FigureEndpoints.RefuseUnknown(context.Request.Query, errors, "area", "on");
        var code = FigureEndpoints.Area(area, errors);
        DateOnly? day = null;
        if (on is not null)
        {
            if (DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read))
            {
                day = read;
            }
            else
            {
                errors.AddText("on", StatisticMessages.Format("BadDate", IncidentValidator.Shortened(on)));
            }
        }

        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        day ??= await index.LastDayAsync(code[..6], context.RequestAborted);
        var towns = day is { } asked ? await index.OnAsync(context.Sight(Permission.SeeStatistics), code, asked, context.RequestAborted) : [];
        return TypedResults.Ok(new SafetyAnswer(day, [.. towns.Select(SafetyTown.Of)]));
    }
}

/// <summary>The safety index of towns.</summary>
public sealed record SafetyAnswer(
    [property: Description("The day; null when nothing is reported by day.")] DateOnly? On,
    [property: Description("By code; towns without a single part are left out.")] IReadOnlyList<SafetyTown> Towns);

/// <summary>The safety index of a town.</summary>
public sealed record SafetyTown(
    [property: Description("Its code.")] string Area,
    [property: Description("0 to 100.")] decimal? Score,
    [property: Description("green from 90, yellow from 80, orange from 70, red below.")] SafetyLevel? Level,
    [property: Description("A part that counts has fewer than three base years.")] bool Provisional,
    [property: Description("Version of the weights; 0 are those of the program.")] int WeightsVersion,
    [property: Description("All parts, also the missing.")] IReadOnlyList<SafetyPartAnswer> Parts)
{
    internal static SafetyTown Of(StoredSafetyIndex stored) => new(
        stored.AreaCode, stored.Index.Score, stored.Index.Level, stored.Index.Provisional, stored.WeightsVersion, [.. stored.Index.Parts.Select(SafetyPartAnswer.Of)]);
}

/// <summary>A part of the index.</summary>
public sealed record SafetyPartAnswer(
    [property: Description("crime, telecomFraud, traffic, fire, disputes, petitions or onTime.")] SafetyPart Part,
    [property: Description("As it was set.")] decimal Weight,
    [property: Description("Of the parts that are there, 0 to 1; 0 when it is missing.")] decimal Share,
    [property: Description("n of the 30 days; of onTime the rate; null when it is missing.")] decimal? N,
    [property: Description("b: the mean of the same days of the prior years, adjusted for population where it is known.")] decimal? B,
    [property: Description("How many prior years b is made of.")] int BaseYears,
    [property: Description("Whether b is adjusted for population.")] bool Adjusted,
    [property: Description("s, 0 to 100.")] decimal? S,
    [property: Description("What it gives to the score: share × s.")] decimal Points)
{
    internal static SafetyPartAnswer Of(SafetyPartScore part) => new(
        part.Part, part.Weight, Math.Round(part.Share, 4), part.Count, Rounded(part.Base), part.BaseYears, part.Adjusted, Rounded(part.Score), Math.Round(part.Points, 2));

    private static decimal? Rounded(decimal? value) => value is { } number ? Math.Round(number, 2, MidpointRounding.AwayFromZero) : null;
}
