using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Privacy;
using CommandCenter.Web.Access;
using CommandCenter.Web.Audit;
using CommandCenter.Web.Disputes;
using CommandCenter.Web.Incidents;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.Privacy;

/// <summary>
/// Finding, exporting and erasing one person. Always in a body and never in an address, for addresses stand in the logs of
/// everything on the way.
/// </summary>
public static class PersonEndpoints
{
    private const int MostBytes = 4 * 1024;
    internal const int LongestField = 100;
    private const int MostFound = 500;

    public static void MapPrivacy(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/v1/incidents/search", SearchAsync)
            .WithTags("Incidents")
            .WithName("SearchIncidentsByPerson")
            .WithSummary("The incidents that a person reported, newest first, page by page.")
            .WithDescription("Exact, whatever the spacing of the phone. People come masked, as in every listing; each one is read by its id, and that is put on record, as is this search.")
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Requires(Permission.SeePersons);
        endpoints.MapPost("/api/v1/disputes/search", SearchDisputesAsync)
            .WithTags("Disputes")
            .WithName("SearchDisputesByPerson")
            .WithSummary("The disputes that a person is a party of, the last registered first, page by page.")
            .WithDescription("As the search for incidents: exact, people masked, and put on record.")
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Requires(Permission.SeePersons);
        var privacy = endpoints.MapGroup("/api/v1/privacy").WithTags("Privacy");
        privacy.MapPost("export", ExportAsync)
            .WithName("ExportPerson")
            .WithSummary("Everything that is stored of one person.")
            .WithDescription("Put on record before it is answered.")
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Requires(Permission.ManagePrivacy);
        privacy.MapPost("erase", EraseAsync)
            .WithName("ErasePerson")
            .WithSummary("Erases one person, and free text, from the closed incidents that they reported and the closed disputes that they were a party of.")
            .WithDescription("Figures and the record of handling stay, without people. What is still being handled stays whole and is named; ask again when it is closed.")
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Requires(Permission.ManagePrivacy);

        // The page's form: an answer that the browser keeps as a file.
        endpoints.MapPost("/admin/person/export", ExportFileAsync).ExcludeFromDescription().Requires(Permission.ManagePrivacy);
    }

    private static async Task<Results<Ok<IncidentPage>, ValidationProblem>> SearchAsync(
        PersonSearch wanted, HttpContext context, IncidentQueries queries, AreaDirectory areas, AuditLog audit)
    {
        var errors = new FieldErrors();
        var (person, limit) = Read(wanted, errors);
        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        await audit.AppendAsync(context.Audit(PersonActions.Searched, ""), context.RequestAborted);
        var items = await queries.ListAsync(
            context.Sight(Permission.SeePersons).Masked,
            new IncidentFilter(null, null, null, null, null, wanted.After, limit) { Person = person },
            context.RequestAborted);
        return TypedResults.Ok(new IncidentPage([.. items.Select(incident => incident.ToSummary(areas.Current))], items.Count == limit ? items[^1].Id : null));
    }

    private static async Task<Results<Ok<DisputePage>, ValidationProblem>> SearchDisputesAsync(
        PersonSearch wanted, HttpContext context, DisputeQueries queries, AreaDirectory areas, AuditLog audit)
    {
        var errors = new FieldErrors();
        var (person, limit) = Read(wanted, errors);
        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        await audit.AppendAsync(context.Audit(PersonActions.Searched, ""), context.RequestAborted);
        var items = await queries.ListAsync(
            context.Sight(Permission.SeePersons).Masked, new DisputeFilter { Person = person, After = wanted.After, Limit = limit }, context.RequestAborted);
        return TypedResults.Ok(new DisputePage([.. items.Select(dispute => dispute.ToSummary(areas.Current, areas.Today))], items.Count == limit ? items[^1].Id : null));
    }

    private static (PersonFilter Person, int Limit) Read(PersonSearch wanted, FieldErrors errors)
    {
        var person = Read(wanted.Name, wanted.Phone, wanted.IdNumber, errors);
        if (wanted.Limit is < 1 or > MostFound)
        {
            errors.Add("limit", "QueryInteger", 1, MostFound);
        }

        return (person, wanted.Limit ?? 50);
    }

    private static async Task<Results<Ok<ExportedPerson>, ValidationProblem>> ExportAsync(PersonRequest wanted, HttpContext context, PersonExport export, AreaDirectory areas)
    {
        var errors = new FieldErrors();
        var person = Read(wanted.Name, wanted.Phone, wanted.IdNumber, errors);
        return errors.Any
            ? TypedResults.ValidationProblem(errors.ToDictionary())
            : TypedResults.Ok(ExportedPerson.Of(await export.ReadAsync(person, context.Subject().Label, context.AuditAddress(), context.RequestAborted), areas));
    }

    private static async Task<IResult> ExportFileAsync(
        HttpContext context, PersonExport export, AreaDirectory areas, TimeProvider time, [FromForm] string? name, [FromForm] string? phone, [FromForm] string? idNumber)
    {
        var errors = new FieldErrors();
        var person = Read(name, phone, idNumber, errors);
        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var data = ExportedPerson.Of(await export.ReadAsync(person, context.Subject().Label, context.AuditAddress(), context.RequestAborted), areas);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = string.Create(
            CultureInfo.InvariantCulture, $"attachment; filename=\"person-{CountyTime.Local(time.GetUtcNow().UtcDateTime):yyyyMMdd-HHmmss}.json\"");
        return TypedResults.Ok(data);
    }

    private static async Task<Results<Ok<ErasureResult>, ValidationProblem>> EraseAsync(PersonRequest wanted, HttpContext context, PersonErasure erasure)
    {
        var errors = new FieldErrors();
        var person = Read(wanted.Name, wanted.Phone, wanted.IdNumber, errors);
        return errors.Any
            ? TypedResults.ValidationProblem(errors.ToDictionary())
            : TypedResults.Ok(await erasure.EraseAsync(person, context.Subject().Label, context.AuditAddress(), CancellationToken.None));
    }

    private static PersonFilter Read(string? name, string? phone, string? idNumber, FieldErrors errors)
    {
        var person = new PersonFilter(Given(name), Given(phone), Given(idNumber));
        if (person is { Name: null, Phone: null, IdNumber: null })
        {
            errors.Add("", "PersonNotNamed");
        }

        foreach (var (field, value) in new[] { ("name", name), ("phone", phone), ("idNumber", idNumber) })
        {
            if (value?.Length > LongestField)
            {
                errors.Add(field, "TooLong", LongestField, value.Length);
            }
        }

        return person;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A person who is meant; at least one field.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PersonRequest(
    [property: Description("Name as it was given.")] string? Name,
    [property: Description("Phone, however it is written.")] string? Phone,
    [property: Description("Identity number.")] string? IdNumber);

/// <summary>Everything that is stored of one person.</summary>
public sealed record ExportedPerson(
    [property: Description("As of when, UTC.")] DateTime AsOf,
    [property: Description("The incidents that they reported, newest first.")] IReadOnlyList<ExportedIncident> Incidents,
    [property: Description("The disputes that they are a party of, newest first.")] IReadOnlyList<ExportedDispute> Disputes)
{
    internal static ExportedPerson Of(PersonData data, AreaDirectory directory) => Of(data, directory.Current, directory.Today);

    private static ExportedPerson Of(PersonData data, AreaIndex areas, DateOnly today) => new(
        data.AsOf,
        [
            .. data.Incidents.Select(one => new ExportedIncident(
                one.Incident.ToDetail(areas, []) with { HistoryArchived = false },
                Events(one.History))),
        ],
        [.. data.Disputes.Select(one => new ExportedDispute(one.Dispute.ToDetail(areas, today, NobodyMediates, []), Events(one.History)))]);

    private static readonly MediationDirectory NobodyMediates = new([], [], []);

    private static IReadOnlyList<ExportedEvent> Events(IReadOnlyList<PersonEvent> history) => [.. history.Select(happened => new ExportedEvent(happened.At, happened.What, happened.Note))];
}

/// <summary>An incident that a person reported, with what they gave.</summary>
public sealed record ExportedIncident(
    [property: Description("The incident; its history stands beside it.")] IncidentDetail Incident,
    [property: Description("What happened to it, oldest first.")] IReadOnlyList<ExportedEvent> Events);

/// <summary>A dispute that a person is a party of, with what was told of them.</summary>
public sealed record ExportedDispute(
    [property: Description("The dispute; its history stands beside it.")] DisputeDetail Dispute,
    [property: Description("What happened to it, oldest first.")] IReadOnlyList<ExportedEvent> Events);

/// <summary>Something that happened to an incident or dispute.</summary>
public sealed record ExportedEvent(
    [property: Description("When, UTC.")] DateTime At,
    [property: Description("What: the status that it went to, or the reminder.")] string What,
    [property: Description("What was noted.")] string? Note);

/// <summary>Whose reports are looked for; at least one of name, phone and identity number.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PersonSearch(
    [property: Description("Name as it was given.")] string? Name,
    [property: Description("Phone, however it is written.")] string? Phone,
    [property: Description("Identity number.")] string? IdNumber,
    [property: Description("The next of the page before.")] long? After,
    [property: Description("How many, 1 to 500; 50 when not given.")] int? Limit);
