using System.ComponentModel;
using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace CommandCenter.Web.Audit;

/// <summary><c>/api/v1/audit</c>: the record of who did what, page by page or as a file.</summary>
public static class AuditEndpoints
{
    private const int MostItems = 500, UsualItems = 50, RowsAtOnce = 2_000;

    public static void MapAudit(this IEndpointRouteBuilder endpoints)
    {
        var audit = endpoints.MapGroup("/api/v1/audit").WithTags("Audit").Requires(Permission.ReadAudit);
        audit.MapGet("", ListAsync)
            .WithName("ListAudit")
            .WithSummary("The record of who did what, newest first, page by page.")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        audit.MapGet("export", ExportAsync)
            .WithName("ExportAudit")
            .WithSummary("The record of who did what as CSV, newest first. The export itself is put on record first.")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<Ok<AuditPage>, ValidationProblem>> ListAsync(
        HttpContext context,
        AuditQueries queries,
        [AsParameters] AuditParameters asked,
        [Description("The next of the page before.")] string? before,
        [Description("How many, 1 to 500; 50 when not given.")] string? limit)
    {
        var errors = new FieldErrors();
        var filter = AuditFilterReader.Read(context.Request.Query.Keys, asked, errors, "before", "limit") with
        {
            Before = AuditFilterReader.Number("before", before, long.MaxValue, errors),
            Limit = (int)(AuditFilterReader.Number("limit", limit, MostItems, errors) ?? UsualItems),
        };
        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        var rows = await queries.ListAsync(filter, context.RequestAborted);
        return TypedResults.Ok(new AuditPage([.. rows.Select(AuditItem.Of)], rows.Count == filter.Limit ? rows[^1].Sequence : null));
    }

    private static async Task<IResult> ExportAsync(
        HttpContext context, AuditQueries queries, AuditLog log, IStringLocalizer<AuditText> text, [AsParameters] AuditParameters asked, TimeProvider time)
    {
        var errors = new FieldErrors();
        var filter = AuditFilterReader.Read(context.Request.Query.Keys, asked, errors) with { Limit = RowsAtOnce };
        if (errors.Any)
        {
            return TypedResults.ValidationProblem(errors.ToDictionary());
        }

        // First: what can't be put on record isn't given away.
        await log.AppendAsync(context.Audit(AuditActions.Exported, context.Request.QueryString.Value ?? ""), context.RequestAborted);
        var rows = await queries.ListAsync(filter, context.RequestAborted);
        var name = string.Create(CultureInfo.InvariantCulture, $"audit-{CountyTime.Local(time.GetUtcNow().UtcDateTime):yyyyMMdd-HHmmss}.csv");
        return Results.Stream(
            async output =>
            {
                await using var csv = new CsvFile(output);
                await csv.WriteAsync(AuditText.Columns.Select(column => text[column].Value), context.RequestAborted);
                for (; rows.Count > 0; rows = await queries.ListAsync(filter with { Before = rows[^1].Sequence }, context.RequestAborted))
                {
                    foreach (var row in rows)
                    {
                        await csv.WriteAsync(Cells(row, text), context.RequestAborted);
                    }
                }
            },
            "text/csv; charset=utf-8",
            name);
    }

    private static IEnumerable<string?> Cells(AuditRecord row, IStringLocalizer<AuditText> text) =>
    [
        row.Sequence.ToString(CultureInfo.InvariantCulture), AuditText.Time(row.At), row.Subject, AuditText.Action(text, row.Action), row.Action, row.Object,
        text[$"Result_{AuditFilterReader.Word(row.Result)}"], row.Times.ToString(CultureInfo.InvariantCulture), row.Address, row.Detail, row.Hash,
    ];
}

/// <summary>Something that is on record.</summary>
#pragma warning disable CA1720 // Subject, action, object: the words of the law on audit records.
public sealed record AuditItem(
    [property: Description("Its number; without gaps.")] long Sequence,
    [property: Description("When, UTC.")] DateTime At,
    [property: Description("Who: an account, key or wall, or the program.")] string Subject,
    [property: Description("What was done: a dotted code.")] string Action,
    [property: Description("What it was done to.")] string Object,
    [property: Description("done, refused or failed.")] string Result,
    [property: Description("How often; more than once only for refusals that were counted together.")] int Times,
    [property: Description("IP address it came from.")] string? Address,
    [property: Description("What changed.")] string? Detail,
    [property: Description("Hash of this row and, through it, of all before.")] string Hash)
#pragma warning restore CA1720
{
    internal static AuditItem Of(AuditRecord row) =>
        new(row.Sequence, row.At, row.Subject, row.Action, row.Object, AuditFilterReader.Word(row.Result), row.Times, row.Address, row.Detail, row.Hash);
}

/// <summary>A page of the record, newest first.</summary>
public sealed record AuditPage(
    [property: Description("The rows.")] IReadOnlyList<AuditItem> Items,
    [property: Description("Give this as before to get the next page; null on the last.")] long? Next);
