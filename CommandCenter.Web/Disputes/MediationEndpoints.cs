using System.ComponentModel;
using System.Text.Json.Serialization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.Disputes;

/// <summary><c>/api/v1/mediation</c>: who mediates.</summary>
internal static class MediationEndpoints
{
    private const int MostBytes = 16 * 1024;

    public static void MapMediation(this IEndpointRouteBuilder endpoints)
    {
        var mediation = endpoints.MapGroup("/api/v1/mediation").WithTags("Disputes");
        mediation.MapGet("", ReadAsync)
            .WithName("ListMediation")
            .WithSummary("Kinds of mediation, mediation bodies and mediators; those out of use too.")
            .Requires(Permission.SeeDisputes);
        Map<KindSubmission>("kinds/{code}", "SaveMediationKind", "Adds a kind of mediation, such as 四长五老, or names one otherwise.", SaveKindAsync);
        Map<BodySubmission>("bodies/{code}", "SaveMediationBody", "Adds a mediation body, or changes what is said of it.", SaveBodyAsync);
        Map<MediatorSubmission>("mediators/{id:long}", "SaveMediator", "Changes what is said of a mediator; 0 adds one.", SaveMediatorAsync);

        void Map<T>(string path, string name, string summary, Delegate handler) => mediation.MapPut(path, handler)
            .WithName(name)
            .WithSummary(summary)
            .WithDescription("Put on record. Nothing is deleted: what is retired takes no more disputes, and keeps those that it has.")
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Requires(Permission.ManageMediation);
    }

    private static async Task<MediationAnswer> ReadAsync(MediationStore store, CancellationToken cancellationToken) => MediationAnswer.Of(await store.ReadAsync(cancellationToken));

    private static async Task<IResult> SaveKindAsync(
        [Description("Letters, digits, '.', '_' and '-'; at most 24.")] string code, [FromBody] KindSubmission wanted, HttpContext context, MediationStore store, TimeProvider time)
    {
        var errors = new FieldErrors();
        CheckCode("code", code, DisputeLimits.Kind, errors);
        CheckName("name", wanted.Name, errors);
        CheckName("nameEn", wanted.NameEn, errors);
        return await DoneAsync(errors, () => store.SaveAsync(new MediationKind(code, wanted.Name!, wanted.NameEn!, RetiredAt(wanted.Retired, time)), context.By(), CancellationToken.None));
    }

    private static async Task<IResult> SaveBodyAsync(
        [Description("Letters, digits, '.', '_' and '-'; at most 32.")] string code, [FromBody] BodySubmission wanted, HttpContext context, MediationStore store, AreaDirectory areas, TimeProvider time)
    {
        var errors = new FieldErrors();
        CheckCode("code", code, DisputeLimits.Code, errors);
        CheckName("name", wanted.Name, errors);
        CheckKind(wanted.Kind, isOwed: true, await store.ReadAsync(context.RequestAborted), errors);
        if (wanted.Area is { Length: > 0 } area && areas.Current.Find(area) is null)
        {
            errors.Add("area", "UnknownArea", IncidentValidator.Shortened(area));
        }

        return await DoneAsync(errors, () => store.SaveAsync(
            new MediationBody { Code = code, Name = wanted.Name!, Kind = wanted.Kind!, Area = string.IsNullOrEmpty(wanted.Area) ? null : wanted.Area, RetiredAt = RetiredAt(wanted.Retired, time) },
            context.By(), CancellationToken.None));
    }

    private static async Task<IResult> SaveMediatorAsync(
        [Description("Id of the mediator; 0 for a new one.")] long id, [FromBody] MediatorSubmission wanted, HttpContext context, MediationStore store, TimeProvider time)
    {
        var (errors, known) = (new FieldErrors(), await store.ReadAsync(context.RequestAborted));
        CheckName("name", wanted.Name, errors);
        CheckKind(wanted.Kind, isOwed: false, known, errors);
        if (known.Body(wanted.Body) is null)
        {
            errors.Add("body", "UnknownBody");
        }

        if (id != 0 && known.Mediator(id) is null)
        {
            errors.Add("id", "UnknownMediator");
        }

        return await DoneAsync(errors, () => store.SaveAsync(
            new Mediator { Id = id, Body = wanted.Body!, Name = wanted.Name!, Kind = string.IsNullOrEmpty(wanted.Kind) ? null : wanted.Kind, RetiredAt = RetiredAt(wanted.Retired, time) },
            context.By(), CancellationToken.None));
    }

    private static async Task<IResult> DoneAsync(FieldErrors errors, Func<Task> save)
    {
        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        await save();
        return TypedResults.NoContent();
    }

    private static DateTime? RetiredAt(bool? isRetired, TimeProvider time) => isRetired == true ? time.GetUtcNow().UtcDateTime : null;

    private static void CheckCode(string field, string code, int longest, FieldErrors errors)
    {
        if (!MediationStore.IsCode(code, longest))
        {
            errors.Add(field, "SourceForm");
        }
    }

    private static void CheckName(string field, string? name, FieldErrors errors)
    {
        IncidentValidator.CheckText(field, name, DisputeLimits.Name, errors);
        if (string.IsNullOrWhiteSpace(name))
        {
            errors.Add(field, "Required");
        }
    }

    private static void CheckKind(string? kind, bool isOwed, MediationDirectory known, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(kind) ? isOwed : known.Kind(kind) is null)
        {
            errors.Add("kind", string.IsNullOrEmpty(kind) ? "Required" : "UnknownKind");
        }
    }
}

/// <summary>Who mediates.</summary>
public sealed record MediationAnswer(
    [property: Description("Kinds of mediation.")] IReadOnlyList<KindAnswer> Kinds,
    [property: Description("Mediation bodies.")] IReadOnlyList<BodyAnswer> Bodies,
    [property: Description("Mediators.")] IReadOnlyList<MediatorAnswer> Mediators)
{
    internal static MediationAnswer Of(MediationDirectory known) => new(
        [.. known.Kinds.Select(kind => new KindAnswer(kind.Code, kind.NameZh, kind.NameEn, kind.RetiredAt is not null))],
        [.. known.Bodies.Select(body => new BodyAnswer(body.Code, body.Name, body.Kind, body.Area, body.RetiredAt is not null))],
        [.. known.Mediators.Select(mediator => new MediatorAnswer(mediator.Id, mediator.Body, mediator.Name, mediator.Kind, mediator.RetiredAt is not null))]);
}

/// <summary>A kind of mediation.</summary>
public sealed record KindAnswer(
    [property: Description("Its code.")] string Code,
    [property: Description("Its name in Chinese.")] string Name,
    [property: Description("Its name in English.")] string NameEn,
    [property: Description("Whether it is out of use.")] bool Retired);

/// <summary>A mediation body.</summary>
public sealed record BodyAnswer(
    [property: Description("Its code.")] string Code,
    [property: Description("Its name.")] string Name,
    [property: Description("Code of its kind.")] string Kind,
    [property: Description("Code of its area.")] string? Area,
    [property: Description("Whether it is out of use.")] bool Retired);

/// <summary>A mediator.</summary>
public sealed record MediatorAnswer(
    [property: Description("Id of the mediator.")] long Id,
    [property: Description("Code of the body.")] string Body,
    [property: Description("Name.")] string Name,
    [property: Description("Code of the kind, for a pool of its own; null for the body's.")] string? Kind,
    [property: Description("Whether out of use.")] bool Retired);

/// <summary>What is said of a kind.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record KindSubmission(
    [property: Description("Name in Chinese; at most 100 characters.")] string? Name,
    [property: Description("Name in English; at most 100 characters.")] string? NameEn,
    [property: Description("true: out of use from now on.")] bool? Retired);

/// <summary>What is said of a body.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BodySubmission(
    [property: Description("Name; at most 100 characters.")] string? Name,
    [property: Description("Code of its kind.")] string? Kind,
    [property: Description("Code of its area.")] string? Area,
    [property: Description("true: out of use from now on.")] bool? Retired);

/// <summary>What is said of a mediator.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MediatorSubmission(
    [property: Description("Code of the body.")] string? Body,
    [property: Description("Name; at most 100 characters.")] string? Name,
    [property: Description("Code of the kind, for a pool of its own; null for the body's.")] string? Kind,
    [property: Description("true: out of use from now on.")] bool? Retired);
