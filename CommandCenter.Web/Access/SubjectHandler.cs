using System.Text.Encodings.Web;
using CommandCenter.Data.Accounts;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Access;

/// <summary>
/// Finds out who asks: a program by its <c>X-Api-Key</c>, a person by the session cookie, a screen by its wall cookie. A key
/// that is shown and not good is refused, whatever else is shown.
/// </summary>
internal sealed class SubjectHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessDirectory directory, DemoAccess demo,
    AccessOptions access)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Subject";
    public const string Session = "Session";
    public const string SessionId = "sid";
    public const string KeyHeader = "X-Api-Key";
    public const string WallCookie = "cc_wall";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (IsForAnybody())
        {
            return AuthenticateResult.NoResult();
        }

        if (Request.Headers.TryGetValue(KeyHeader, out var key))
        {
            return await directory.OfKeyAsync(key.ToString(), Context.RequestAborted) is { } program
                ? Success(program)
                : AuthenticateResult.Fail("The API key is not known, was revoked or has expired.");
        }

        if (IsFromElsewhere())
        {
            return AuthenticateResult.NoResult();
        }

        var session = await Context.AuthenticateAsync(Session);
        if (session.Principal?.FindFirst(SessionId)?.Value is { } id && await directory.OfSessionAsync(id, IsByHand(), Context.RequestAborted) is { } person)
        {
            return Success(person);
        }

        if (Request.Cookies.TryGetValue(WallCookie, out var token) && await directory.OfWallAsync(token, Context.RequestAborted) is { } wall)
        {
            if (Request.Path == "/wall" || Request.Path.StartsWithSegments("/hubs/live/negotiate", StringComparison.Ordinal))
            {
                ScreenCookie.Give(Context, access, token);
            }

            return Success(wall);
        }

        return demo.Of(Context) is { } screen ? Success(screen) : AuthenticateResult.NoResult();
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (IsForAPerson())
        {
            var back = Request.Path + Request.QueryString;
            Response.Redirect(back == "/" ? "/sign-in" : QueryHelpers.AddQueryString("/sign-in", "returnUrl", back));
            return;
        }

        Response.Headers.WWWAuthenticate = "ApiKey";
        await TellAsync(
            StatusCodes.Status401Unauthorized,
            "Nobody was let in.",
            Request.Headers.ContainsKey(KeyHeader)
                ? "The API key is not known, was revoked or has expired. Ask an administrator for a new one."
                : "Send an API key in the header X-Api-Key, or sign in.");
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (IsForAPerson() && Context.User.Subject() is { MustSetUp: true })
        {
            Response.Redirect("/account");
            return;
        }

        if (IsForAPerson())
        {
            // The page that says so is executed in place of this one.
            Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var wanted = Context.GetEndpoint()?.Metadata.GetMetadata<RequiresAttribute>()?.Permission;
        await TellAsync(
            StatusCodes.Status403Forbidden,
            "This is not allowed.",
            wanted is null ? "Nobody is allowed this." : $"{Context.Subject().Label} lacks the permission {wanted}. Nothing was changed.");
    }

    private static AuthenticateResult Success(SubjectPrincipal principal) => AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme));

    private Task TellAsync(int status, string title, string detail) =>
        ApiProblems.IsForPrograms(Context)
            ? TypedResults.Problem(statusCode: status, title: title, detail: detail).ExecuteAsync(Context)
            : Task.FromResult(Response.StatusCode = status);

    private bool IsForAPerson() =>
        HttpMethods.IsGet(Request.Method)
        && !ApiProblems.IsForPrograms(Context)
        && !Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal)
        && !Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal)
        && !Request.Path.StartsWithSegments("/openapi", StringComparison.Ordinal);

    // Health, files and the page that tells of a failure serve whoever asks, also while the store can't say who that is. Other pages
    // that are open to anybody still want to know: the wall, for one, must not take a store that is away for a screen that is not paired.
    private bool IsForAnybody() =>
        HttpMethods.IsGet(Request.Method) // A form's token is of whoever opened the page, so who sends it must be known as well.
        && Context.GetEndpoint()?.Metadata is { } about && about.GetMetadata<IAllowAnonymous>() is not null
        && about.GetMetadata<ComponentTypeMetadata>() is var page && (page is null || page.Type == typeof(ErrorPage));

    // A page that is asked for, or a form that is sent; not what a page asks for by itself.
    private bool IsByHand() =>
        !Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal)
        && !Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal)
        && (!HttpMethods.IsGet(Request.Method) || Request.Headers["Sec-Fetch-Mode"] == "navigate" || Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal));

    // Cookies and the demonstration's own screen count only for our own pages. Browsers keep SameSite cookies from other sites
    // anyway; a web socket opened by another site is told apart by its origin alone.
    private bool IsFromElsewhere() =>
        Request.Headers.Origin is [{ } origin] && !HttpMethods.IsGet(Request.Method) | Context.WebSockets.IsWebSocketRequest
        && !string.Equals(origin, $"{Request.Scheme}://{Request.Host}", StringComparison.OrdinalIgnoreCase);
}
