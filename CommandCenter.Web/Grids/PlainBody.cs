using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace CommandCenter.Web.Grids;

/// <summary>Bodies here are the file itself: neither a form around it nor anything compressed.</summary>
internal static class PlainBody
{
    /// <returns>415 with what to send instead; null when the body is as it should be.</returns>
    public static ProblemHttpResult? Refuse(HttpRequest request, IStringLocalizer<GridText> text) =>
        request.HasFormContentType || request.Headers.ContentEncoding.Any(coding => coding is not ("" or "identity"))
            ? TypedResults.Problem(
                statusCode: StatusCodes.Status415UnsupportedMediaType,
                title: text["NotForm"],
                detail: text["NotFormDetail", $"{request.Scheme}://{request.Host}{request.Path}"])
            : null;
}
