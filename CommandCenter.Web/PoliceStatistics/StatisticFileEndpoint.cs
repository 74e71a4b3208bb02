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

/// <summary><c>POST /api/v1/statistics/file</c>: a workbook or CSV, looked at and taken.</summary>
internal static class StatisticFileEndpoint
{
    public static void MapStatisticFile(this IEndpointRouteBuilder statistics) =>
        statistics.MapPost("file", TakeInAsync)
            .WithName("PostStatisticsFile")
            .WithSummary("Takes a file of figures in: all of it, or nothing.")
            .WithDescription(
                """
                A form (multipart/form-data) with the fields file (.xlsx, .xls, or CSV in UTF-8 or GB18030, up to 64 MB), source, asOf (yyyy-MM-dd), note and layout: how the
                columns are read, as the answer gives it. Without a layout that of the last file with such headings is used, else it is guessed. dryRun=true only reports.
                What can't be read, and what is suspicious unless acceptSuspicious, is answered 422 with the same report, and nothing is taken.
                """)
            .Accepts<IFormFile>("multipart/form-data")
            .WithMetadata(new RequestSizeLimitAttribute(StatisticFileForm.MostBytes))
            .Produces<StatisticsFileReport>(StatusCodes.Status201Created)
            .Produces<StatisticsFileReport>()
            .Produces<StatisticsFileReport>(StatusCodes.Status422UnprocessableEntity)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Requires(Permission.ManageStatistics);

    private static async Task<IResult> TakeInAsync(
        HttpContext context,
        StatisticFiles files,
        StatisticPreviews previews,
        StatisticTermStore terms,
        FigureQueries figures,
        [Description("true: check only; nothing is taken.")] string? dryRun,
        [Description("true: take it although something is suspicious.")] string? acceptSuspicious)
    {
        if (!context.Request.HasFormContentType)
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status415UnsupportedMediaType, title: StatisticMessages.Get("NotForm"));
        }

        var errors = new FieldErrors();
        context.Request.RefuseUnknown(errors, "dryRun", "acceptSuspicious");
        var (dry, accept) = (ApiRequest.Flag("dryRun", dryRun, errors), ApiRequest.Flag("acceptSuspicious", acceptSuspicious, errors));
        var sight = context.Sight(Permission.ManageStatistics);
        try
        {
            var form = await StatisticFileForm.ReadAsync(context.Request, errors, context.RequestAborted);
            if (form is not null && sight.Source is { } own && own != form.Source)
            {
                errors.AddText("source", StatisticMessages.Format("NotYourSource", own));
            }

            if (form is null || errors.Any)
            {
                return TypedResults.ValidationProblem(errors.ToDictionary());
            }

            // Off the request's own thread of work: a large workbook takes seconds.
            var reading = await Task.Run(() => files.ReadAsync(sight, form.Content, form.Layout, context.RequestAborted), context.RequestAborted);
            var preview = reading.IsGood ? await previews.CompareAsync(reading.Content.Draft, form.AsOf!.Value, reading.Content.Notes, context.RequestAborted) : null;
            var names = new StatisticNames(await terms.ReadAsync(context.RequestAborted), await figures.TownsAsync(context.RequestAborted));
            if (dry || preview is null || (preview.IsSuspicious && !accept))
            {
                return TypedResults.Json(
                    StatisticsFileReport.Of(null, reading, preview, names), statusCode: preview is null || !dry ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
            }

            // Not cancelled with the request: whoever hung up may send the same again.
            var taken = await files.TakeAsync(reading, form.Source, form.FileName, form.AsOf!.Value, form.Note, context.By(), CancellationToken.None);
            return TypedResults.Json(
                StatisticsFileReport.Of(taken.Import.Position, reading, preview, names), statusCode: taken.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        }
        catch (TableFileException e)
        {
            return Unreadable(e.Fault, e.Message);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Unreadable(FileFault.TooLarge, new TableFileException(FileFault.TooLarge).Message);
        }
        catch (Exception e) when (e is InvalidDataException or IOException && !context.RequestAborted.IsCancellationRequested)
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: StatisticMessages.Get("BadForm"), detail: StatisticMessages.Get("NothingKept"));
        }
    }

    internal static ProblemHttpResult Unreadable(FileFault fault, string message) => TypedResults.Problem(
        statusCode: fault switch
        {
            FileFault.Empty => StatusCodes.Status400BadRequest,
            FileFault.TooLarge or FileFault.UnpacksTooLarge or FileFault.TooManyCells => StatusCodes.Status413PayloadTooLarge,
            _ => StatusCodes.Status422UnprocessableEntity,
        },
        title: message,
        detail: StatisticMessages.Get("NothingKept"),
        type: $"urn:commandcenter:file:{char.ToLowerInvariant(fault.ToString()[0])}{fault.ToString()[1..]}");
}
