using CommandCenter.Data.Audit;
using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace CommandCenter.Web.Audit;

/// <summary>
/// Puts on record who was refused what. A browser without a session that is led to the sign-in page was refused nothing; a program
/// without a key was.
/// </summary>
internal sealed class RefusalRecord(AuditLog log) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _answer = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Forbidden || (authorizeResult.Challenged && ShowedOrNeedsACredential(context)))
        {
            await log.AppendAsync(context.Audit(AuditActions.AccessRefused, Wanted(context), AuditResult.Refused), context.RequestAborted);
        }

        await _answer.HandleAsync(next, context, policy, authorizeResult);
    }

    private static bool ShowedOrNeedsACredential(HttpContext context) =>
        context.Request.Headers.ContainsKey(SubjectHandler.KeyHeader)
        || context.Request.Cookies.ContainsKey(AccessSetup.SessionCookie)
        || context.Request.Cookies.ContainsKey(SubjectHandler.WallCookie)
        || ApiProblems.IsForPrograms(context)
        || context.Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal);

    // The pattern of the route and not the path: paths may hold what nobody should read later, and are what strangers write.
    private static string Wanted(HttpContext context) =>
        $"{Method(context.Request.Method)} {((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } pattern ? $"/{pattern.Trim('/')}" : "?")}";

    private static string Method(string method) => method.Length <= 7 && method.All(char.IsAsciiLetterUpper) ? method : "?";
}
