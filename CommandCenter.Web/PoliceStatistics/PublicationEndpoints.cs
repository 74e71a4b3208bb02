using System.ComponentModel;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary><c>/api/v1/statistics/publications</c>: figures that were published and stay as they were.</summary>
internal static class PublicationEndpoints
{
    private const int MostBytes = 256 * 1024;
    private const int MostFigures = 500;

    public static void MapPublications(this IEndpointRouteBuilder statistics)
    {
        statistics.MapPost("publications", PublishAsync)
            .WithName("PublishStatistics")
            .WithSummary("Publishes figures as they stand: what is imported later changes none of them.")
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .Produces<PublicationAnswer>(StatusCodes.Status201Created)
            .ProducesValidationProblem()
            .Requires(Permission.ManageStatistics);
        statistics.MapGet("publications", ListAsync)
            .WithName("ListStatisticsPublications")
            .WithSummary("What was published, the latest first, each with what the statistics say otherwise now.")
            .ProducesValidationProblem()
            .Requires(Permission.SeeStatistics);
        statistics.MapPost("publications/{id:long}/withdraw", WithdrawAsync)
            .WithName("WithdrawStatisticsPublication")
            .WithSummary("Takes a publication back; it stays on record.")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Requires(Permission.ManageStatistics);
    }

    private static async Task<IResult> PublishAsync(HttpContext context, StatisticPublications publications, StatisticTermStore terms, [FromBody] PublicationSubmission body)
    {
        var errors = new FieldErrors();
        var known = await terms.ReadAsync(context.RequestAborted);
        IncidentValidator.CheckText("title", body.Title, StatisticPublications.LongestTitle, errors);
        if (string.IsNullOrWhiteSpace(body.Title))
        {
            errors.Add("title", "Required");
        }

        if (body.Figures is not { Count: > 0 and <= MostFigures })
        {
            errors.AddText("figures", StatisticMessages.Format("PublishedFigures", MostFigures));
        }

        foreach (var (i, figure) in (body.Figures ?? []).Take(MostFigures).Index())
        {
            var own = new FieldErrors();
            FigureReader.Area(figure.Area, own);
            FigureReader.Period(figure.Period, own);
            if (!StatisticSeries.TryParse(figure.Series, out var series) || !known.Knows(series))
            {
                own.AddText("series", StatisticMessages.Format("UnknownTerm", IncidentValidator.Shortened(figure.Series ?? "")));
            }

            foreach (var (field, texts) in own.ToDictionary())
            {
                errors.AddText(FormattableString.Invariant($"figures[{i}].{field}"), string.Join(' ', texts));
            }
        }

        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var questions = body.Figures!.Select(figure => new PublishedQuestion(figure.Series!, figure.Area!, figure.Period!, figure.Alignment)).ToList();
        if (await publications.PublishAsync(context.Sight(Permission.ManageStatistics), body.Title!.Trim(), questions, context.By(), CancellationToken.None) is { } published)
        {
            return TypedResults.Json(PublicationAnswer.Of(published, []), statusCode: StatusCodes.Status201Created);
        }

        errors.AddText("figures", StatisticMessages.Get("AreaOutOfSight"));
        return TypedResults.ValidationProblem(errors.ToDictionary());
    }

    private static async Task<Results<Ok<PublicationList>, ValidationProblem>> ListAsync(
        HttpContext context, StatisticPublications publications, [Description("How many, 1 to 500; 20 when not given.")] string? limit)
    {
        var errors = new FieldErrors();
        context.Request.RefuseUnknown(errors, "limit");
        var most = ApiRequest.Limit(limit, usual: 20, errors);
        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var items = new List<PublicationAnswer>();
        foreach (var publication in await publications.ListAsync(context.Sight(Permission.SeeStatistics), most, context.RequestAborted))
        {
            items.Add(PublicationAnswer.Of(publication, await publications.DifferencesAsync(publication, context.RequestAborted)));
        }

        return TypedResults.Ok(new PublicationList(items));
    }

    private static async Task<IResult> WithdrawAsync(HttpContext context, StatisticPublications publications, [Description("Its id.")] long id) =>
        context.Sight(Permission.ManageStatistics).Area is not null ? TypedResults.Problem(statusCode: StatusCodes.Status403Forbidden, title: "Only for the whole store.")
        : await publications.WithdrawAsync(id, context.By(), CancellationToken.None) ? TypedResults.NoContent()
        : TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "No publication of this id stands.");
}

/// <summary>Figures that are to be published.</summary>
public sealed record PublicationSubmission(
    [property: Description("1 to 200 characters.")] string? Title,
    [property: Description("Up to 500.")] IReadOnlyList<PublicationQuestion>? Figures);

/// <summary>A figure that is to be published.</summary>
public sealed record PublicationQuestion(
    [property: Description("calls, calls/criminal, calls//theft …")] string? Series,
    [property: Description("Code of a county or town.")] string? Area,
    [property: Description("As in questions for figures.")] string? Period,
    [property: Description("calendar (when not given), weekday or springFestival.")] Alignment Alignment = Alignment.Calendar);

/// <summary>A publication.</summary>
public sealed record PublicationAnswer(
    [property: Description("Its id.")] long Id,
    [property: Description("UTC.")] DateTime PublishedAt,
    [property: Description("Who published it.")] string Actor,
    [property: Description("Its title.")] string Title,
    [property: Description("Version of the statistics that it was taken from.")] long Version,
    [property: Description("When it was taken back, UTC; null while it stands.")] DateTime? WithdrawnAt,
    [property: Description("The figures as they were published.")] IReadOnlyList<PublishedAnswer> Figures)
{
    internal static PublicationAnswer Of(StatisticPublication publication, IReadOnlyList<PublishedDifference> differences) => new(
        publication.Id, publication.PublishedAt, publication.Actor, publication.Title, publication.Version, publication.WithdrawnAt,
        [.. publication.Figures.Select(figure => PublishedAnswer.Of(figure, differences.FirstOrDefault(one => one.Published == figure)))]);
}

/// <summary>A figure as it was published, and what is said now.</summary>
public sealed record PublishedAnswer(
    [property: Description("The series.")] string Series,
    [property: Description("Code of the area.")] string Area,
    [property: Description("As it was asked for.")] string Period,
    [property: Description("First day.")] DateOnly From,
    [property: Description("Last day.")] DateOnly To,
    [property: Description("Null when nothing was reported.")] decimal? Value,
    [property: Description("The same period last year.")] decimal? Base,
    [property: Description("What can be said of the change.")] ChangeKind Kind,
    [property: Description("To two decimals; null without a ratio.")] decimal? YoyPercent,
    [property: Description("The day up to which the sources spoke.")] DateOnly? AsOf,
    [property: Description("Who said so.")] IReadOnlyList<string> Sources,
    [property: Description("Whether the statistics say otherwise now.")] bool Differs,
    [property: Description("What they say now, where they differ.")] decimal? ValueNow,
    [property: Description("The same of the base.")] decimal? BaseNow,
    [property: Description("Versions since then by which it changed.")] IReadOnlyList<long> Since)
{
    internal static PublishedAnswer Of(PublishedFigure figure, PublishedDifference? difference) => new(
        figure.Question.Series, figure.Question.AreaCode, figure.Question.Period, figure.From, figure.To, figure.Value, figure.Base, figure.Kind, figure.YoyPercent, figure.AsOf, figure.Sources,
        difference is not null, difference?.Now.Value, difference?.Now.Base, [.. (difference?.Since ?? []).Select(import => import.Position)]);
}

/// <summary>Publications, the latest first.</summary>
public sealed record PublicationList([property: Description("The publications.")] IReadOnlyList<PublicationAnswer> Items);
