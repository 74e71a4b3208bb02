using System.ComponentModel;
using System.Text;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Web.Access;
using CommandCenter.Web.Audit;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.PoliceStatistics;
using CommandCenter.Web.Shell;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.Disputes;

/// <summary><c>/api/v1/disputes/import</c>: a workbook or CSV into the register, all of it or nothing.</summary>
internal static class DisputeImportEndpoints
{
    /// <summary>Of the whole form: the largest file, and room for what is said of it.</summary>
    public const int MostBytes = TableFile.MostBytes + (1024 * 1024);

    // Kept in memory: what people send is not left on the disk.
    private static readonly FormOptions Limits = new() { MultipartBodyLengthLimit = MostBytes, MemoryBufferThreshold = MostBytes, ValueLengthLimit = 1024, ValueCountLimit = 8 };

    public static void MapDisputeImport(this IEndpointRouteBuilder disputes)
    {
        disputes.MapPost("import", ImportAsync)
            .WithName("ImportDisputes")
            .WithSummary("Registers the disputes of a file: all of them, or none.")
            .WithDescription(
                """
                A form (multipart/form-data) with the fields file (.xlsx, .xls, or CSV in UTF-8 or GB18030) and source. A row a dispute, under the headings of the template in
                Chinese or English, in any order, up to 20,000. What is wrong is answered 422 with each row, and nothing is taken; dryRun=true only reports. A row whose number is
                known from the same source is counted as known and changes nothing.
                """)
            .Accepts<IFormFile>("multipart/form-data")
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .Produces<DisputeImportReport>()
            .Produces<DisputeImportReport>(StatusCodes.Status422UnprocessableEntity)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Requires(Permission.RegisterDisputes);
        disputes.MapGet("import/template", Template)
            .WithName("GetDisputeTemplate")
            .WithSummary("An empty file with the headings that are understood, in the reader's language.")
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .Requires(Permission.RegisterDisputes);
    }

    private static FileContentHttpResult Template()
    {
        var headings = DisputeColumns.All.Select(column => Cultures.IsEnglish ? column.NameEn : column.NameZh);
        return TypedResults.File(
            [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(string.Join(',', headings) + "\r\n")], "text/csv; charset=utf-8", Cultures.IsEnglish ? "disputes.csv" : "矛盾纠纷导入模板.csv");
    }

    private static async Task<IResult> ImportAsync(
        HttpContext context, DisputeStore store, AreaDirectory areas, AuditLog audit, TimeProvider time, [Description("true: check only; nothing is taken.")] string? dryRun)
    {
        if (!context.Request.HasFormContentType)
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status415UnsupportedMediaType, title: "A form (multipart/form-data) is asked for.");
        }

        var errors = new FieldErrors();
        context.Request.RefuseUnknown(errors, "dryRun");
        var dry = ApiRequest.Flag("dryRun", dryRun, errors);
        try
        {
            var form = await context.Request.ReadFormAsync(Limits, context.RequestAborted);
            if (form.Files is not [{ Name: "file" } file])
            {
                errors.Add("file", "Required");
                return TypedResults.ValidationProblem(errors.ToDictionary());
            }

            var (sight, source) = (context.Sight(Permission.RegisterDisputes), form["source"].ToString().Trim());
            DisputeImports.CheckSource(source, errors);
            if (errors.Any)
            {
                return TypedResults.ValidationProblem(errors.ToDictionary());
            }

            using var bytes = new MemoryStream((int)file.Length);
            await file.CopyToAsync(bytes, context.RequestAborted);
            var reader = new DisputeFileReader(sight, source, areas.Current, time.GetUtcNow().UtcDateTime);
            var content = await Task.Run(() => reader.Read(bytes.ToArray()), context.RequestAborted);
            if (content.BadRows > 0 || dry)
            {
                return TypedResults.Json(DisputeImportReport.Of(content, []), statusCode: content.BadRows > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
            }

            // Not cancelled with the request: whoever hung up may send the same again, and finds what has a number registered.
            var registered = await store.RegisterAsync(content.Drafts, context.Subject().Label, CancellationToken.None);
            await audit.AppendAsync(context.Audit(DisputeActions.Imported, source, detail: $"{registered.Count(one => one.Created)} taken"), CancellationToken.None);
            return TypedResults.Ok(DisputeImportReport.Of(content, registered));
        }
        catch (TableFileException e)
        {
            return StatisticFileEndpoint.Unreadable(e.Fault, e.Message);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return StatisticFileEndpoint.Unreadable(FileFault.TooLarge, new TableFileException(FileFault.TooLarge).Message);
        }
        catch (Exception e) when (e is InvalidDataException or IOException && !context.RequestAborted.IsCancellationRequested)
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: "The form can't be read.", detail: "Nothing was kept.");
        }
    }
}

/// <summary>What a file of disputes came to.</summary>
public sealed record DisputeImportReport(
    [property: Description("Rows that hold a dispute.")] int Rows,
    [property: Description("Registered.")] int Taken,
    [property: Description("Known before by their number; nothing of them was changed.")] int Known,
    [property: Description("Rows that can't be taken; while there are any, nothing is.")] int Wrong,
    [property: Description("Headings that are not understood; their columns were left out.")] IReadOnlyList<string> UnknownColumns,
    [property: Description("What is wrong, the first 500 rows.")] IReadOnlyList<DisputeImportRow> Errors)
{
    internal static DisputeImportReport Of(DisputeFileContent content, IReadOnlyList<RegisteredDispute> registered) => new(
        content.Drafts.Count + content.BadRows, registered.Count(one => one.Created), registered.Count(one => !one.Created), content.BadRows, content.Unknown,
        [.. content.Errors.Select(row => new DisputeImportRow(row.Row, row.Errors))]);
}

/// <summary>A row that can't be taken.</summary>
public sealed record DisputeImportRow(
    [property: Description("Row as a spreadsheet counts, from 1.")] int Row,
    [property: Description("What is wrong, by column.")] IReadOnlyDictionary<string, string[]> Errors);
