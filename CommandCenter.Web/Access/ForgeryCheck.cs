using CommandCenter.Data.Accounts;
using Microsoft.AspNetCore.Antiforgery;

namespace CommandCenter.Web.Access;

/// <summary>
/// A browser that shows its cookies changes something only from a page of ours: it must show the page's request token as well.
/// Programs with a key are not asked, for no site can make a browser send that.
/// </summary>
internal sealed class ForgeryCheck(RequestDelegate next, IAntiforgery forms)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (IsUnsafe(context) && !await forms.IsRequestValidAsync(context))
        {
            await TypedResults.Problem(
                statusCode: StatusCodes.Status400BadRequest,
                title: "The request does not come from a page of ours.",
                detail: "It lacks the page's RequestVerificationToken. Load the page again. Nothing was changed.").ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    // Forms of pages are checked by the framework.
    private static bool IsUnsafe(HttpContext context) =>
        context.User.Subject() is { Kind: SubjectKind.Account or SubjectKind.Wall }
        && context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) && !HttpMethods.IsOptions(context.Request.Method);
}
