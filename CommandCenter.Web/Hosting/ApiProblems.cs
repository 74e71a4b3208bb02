using System.Globalization;
using CommandCenter.Data.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.Hosting;

/// <summary>Tells programs as RFC 9457 problems what went wrong: what happened, what was kept, what to do next.</summary>
internal sealed class ApiProblems(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (!IsForPrograms(context) || Describe(exception) is not { } problem)
        {
            return false;
        }

        context.Response.StatusCode = problem.Status!.Value;
        if (exception is StoreUnavailableException unavailable)
        {
            context.Response.Headers.RetryAfter = ((int)unavailable.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem, Exception = exception });
    }

    /// <summary>Whether a path answers programs, not people.</summary>
    public static bool IsForPrograms(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    private static ProblemDetails? Describe(Exception exception) => exception switch
    {
        StoreUnavailableException e => new ProblemDetails
        {
            Status = StatusCodes.Status503ServiceUnavailable,
            Title = "The store can't serve right now.",
            Detail = e.OutcomeUnknown
                ? $"{e.Message} The connection broke while it was being written: it may have been kept. With an externalId it can safely be sent again."
                : e.Message,
            Type = $"urn:commandcenter:store:{e.Fault.ToString().ToLowerInvariant()}",
        },
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new ProblemDetails
        {
            Status = StatusCodes.Status413PayloadTooLarge,
            Title = "The request is too large.",
            Detail = "Nothing of it was kept. Send it in smaller parts.",
        },
        BadHttpRequestException e => new ProblemDetails
        {
            Status = e.StatusCode,
            Title = "The request can't be read.",
            Detail = e.Message,
        },
        _ => new ProblemDetails
        {
            Status = StatusCodes.Status500InternalServerError,
            Title = "This is a fault of the program.",
            Detail = "Nothing that was answered before is lost. The fault is in the program's log under the trace id given here.",
        },
    };
}
