using System.ComponentModel;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CommandCenter.Web.Disputes;

/// <summary>What is waiting, and how it ends.</summary>
internal static class DisputeFigureEndpoints
{
    private const int UsualDays = 30;

    public static void MapDisputeFigures(this IEndpointRouteBuilder disputes)
    {
        disputes.MapGet("backlog", BacklogAsync)
            .WithName("GetDisputeBacklog")
            .WithSummary("What is waiting: by stage, age, risk, town and body, with each day's movement and what falls due.")
            .WithDescription("Every open dispute is counted once in each split; those of unknown place and of no body under an empty code.")
            .ProducesValidationProblem()
            .Requires(Permission.SeeDisputes);
        disputes.MapGet("rates", RatesAsync)
            .WithName("GetDisputeRates")
            .WithSummary("Resolution, success and on-time rates of a period, each with what it is made of.")
            .ProducesValidationProblem()
            .Requires(Permission.SeeDisputes);
    }

    private static async Task<Results<Ok<BacklogAnswer>, ValidationProblem>> BacklogAsync(
        HttpContext context,
        DisputeCounts counts,
        MediationStore mediation,
        AreaDirectory areas,
        [Description("Area code, for all below it.")] string? area,
        [Description("Days of movement, today included, 1 to 800; 30 when not given.")] string? days)
    {
        var errors = new FieldErrors();
        context.Request.RefuseUnknown(errors, "area", "days");
        var (within, length) = (Area(area, errors), days is null ? UsualDays : (int)ApiRequest.Integer("days", days, 1, DisputeCounts.DaysKept, errors));
        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var backlog = await counts.BacklogAsync(context.Sight(Permission.SeeDisputes), within, length, context.RequestAborted);
        return TypedResults.Ok(BacklogAnswer.Of(backlog, areas.Current, await mediation.ReadAsync(context.RequestAborted)));
    }

    private static async Task<Results<Ok<DisputeRatesOfPeriod>, ValidationProblem>> RatesAsync(
        HttpContext context,
        DisputeCounts counts,
        AreaDirectory areas,
        [Description("Area code, for all below it.")] string? area,
        [Description("First day, yyyy-MM-dd; the first of this year when not given.")] string? from,
        [Description("Last day, yyyy-MM-dd; today when not given.")] string? to)
    {
        var errors = new FieldErrors();
        context.Request.RefuseUnknown(errors, "area", "from", "to");
        var within = Area(area, errors);
        var last = DisputeFilterReader.Day("to", to, errors) ?? areas.Today;
        var first = DisputeFilterReader.Day("from", from, errors) ?? new DateOnly(last.Year, 1, 1);
        if (first > last)
        {
            errors.Add("from", "QueryOrder");
        }

        return errors.Any
            ? TypedResults.ValidationProblem(errors.ToDictionary())
            : TypedResults.Ok(await counts.RatesAsync(context.Sight(Permission.SeeDisputes), within, first, last, context.RequestAborted));
    }

    private static string? Area(string? area, FieldErrors errors)
    {
        if (area is { Length: > 0 } && !AreaCode.IsValid(area))
        {
            errors.Add("area", "QueryArea");
        }

        return string.IsNullOrEmpty(area) ? null : area;
    }
}

/// <summary>What is waiting.</summary>
public sealed record BacklogAnswer(
    [property: Description("As of which county day.")] DateOnly Today,
    [property: Description("Open disputes.")] int Open,
    [property: Description("Of them, those whose month has run out.")] int Overdue,
    [property: Description("By stage, all that are open.")] IReadOnlyList<StageCount> ByStage,
    [property: Description("By age since it was registered.")] IReadOnlyList<AgeCount> ByAge,
    [property: Description("By risk.")] IReadOnlyList<RiskCount> ByRisk,
    [property: Description("By town, most first; an empty code where the place is not known.")] IReadOnlyList<HoldingAnswer> ByTown,
    [property: Description("By mediation body, most first; an empty code where none has it.")] IReadOnlyList<HoldingAnswer> ByBody,
    [property: Description("How many fall due on each of the next seven days, today first.")] IReadOnlyList<DueCount> Due,
    [property: Description("Each day's movement, the earliest first.")] IReadOnlyList<FlowAnswer> Flow)
{
    internal static BacklogAnswer Of(DisputeBacklog backlog, AreaIndex areas, MediationDirectory mediation) => new(
        backlog.Today, backlog.Open, backlog.Overdue,
        [.. backlog.ByStage.Select(pair => new StageCount(pair.Key, pair.Value))],
        [.. backlog.ByAge.Select(pair => new AgeCount(pair.Key, pair.Value))],
        [.. backlog.ByRisk.OrderByDescending(pair => pair.Key).Select(pair => new RiskCount(pair.Key, pair.Value))],
        [.. backlog.ByTown.Select(held => HoldingAnswer.Of(held, areas.Find(held.Code)?.Name))],
        [.. backlog.ByBody.Select(held => HoldingAnswer.Of(held, mediation.Body(held.Code)?.Name))],
        [.. backlog.DueByDay.Select((count, i) => new DueCount(backlog.Today.AddDays(i), count))],
        [.. backlog.Flow.Select(day => new FlowAnswer(day.Day, day.Inflow, day.Outflow, day.Backlog))]);
}

/// <summary>Open disputes of a stage.</summary>
public sealed record StageCount([property: Description("The stage.")] DisputeStage Stage, [property: Description("How many.")] int Open);

/// <summary>Open disputes of an age.</summary>
public sealed record AgeCount([property: Description("The age band.")] AgeBand Age, [property: Description("How many.")] int Open);

/// <summary>Open disputes of a risk.</summary>
public sealed record RiskCount([property: Description("The risk.")] DisputeRisk Risk, [property: Description("How many.")] int Open);

/// <summary>Disputes that fall due on a day.</summary>
public sealed record DueCount([property: Description("The day.")] DateOnly Day, [property: Description("How many.")] int Count);

/// <summary>Open disputes of a town, or in the hands of a body.</summary>
public sealed record HoldingAnswer(
    [property: Description("Code of the town or body; empty where there is none.")] string Code,
    [property: Description("Its name; null where it is not known.")] string? Name,
    [property: Description("How many.")] int Open,
    [property: Description("Of them, those whose month has run out.")] int Overdue,
    [property: Description("Id of the one that waits longest.")] long OldestId,
    [property: Description("For how many county days.")] int OldestDays)
{
    internal static HoldingAnswer Of(DisputeHolding held, string? name) => new(held.Code, name, held.Open, held.Overdue, held.OldestId, held.OldestDays);
}

/// <summary>A county day's movement.</summary>
public sealed record FlowAnswer(
    [property: Description("The day.")] DateOnly Day,
    [property: Description("Registered on it.")] int Inflow,
    [property: Description("Closed on it.")] int Outflow,
    [property: Description("Open at its end; now, for today.")] int Backlog);
