using CommandCenter.Data.Accounts;
using CommandCenter.Data.Storage;
using CommandCenter.Data.Walls;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.Walls;

/// <summary>What a screen asks that nobody let in yet. Open to everybody: whoever asks gets a code, and only that.</summary>
public static class WallEndpoints
{
    /// <summary>Keeps the secret that binds a code to the browser that shows it.</summary>
    public const string RequestCookie = "cc_wall_request";

    public static void MapWalls(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/wall/pairing", AskAsync).ExcludeFromDescription().AllowAnonymous();
        endpoints.MapPost("/wall/join", JoinAsync).ExcludeFromDescription().AllowAnonymous();
    }

    /// <summary>How a screen that asked stands.</summary>
    /// <param name="State"><c>waiting</c>, <c>paired</c>, <c>tooMany</c> or <c>away</c>.</param>
    /// <param name="Code">What it shows, while it waits.</param>
    /// <param name="Seconds">How long the code counts.</param>
    /// <param name="Of">Of how many.</param>
    private sealed record Standing(string State, string? Code = null, int Seconds = 0, int Of = 0);

    // The token comes in the answer to the browser that asked, as a cookie that no script reads.
    private static async Task<IResult> AskAsync(HttpContext context, WallPairings pairings, AccessOptions access)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.Headers.Origin is [{ } origin] && !string.Equals(origin, $"{context.Request.Scheme}://{context.Request.Host}", StringComparison.OrdinalIgnoreCase))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (context.User.Subject() is { Kind: SubjectKind.Wall })
        {
            return Results.Json(new Standing("paired"));
        }

        try
        {
            switch (await pairings.AskAsync(context.Request.Cookies[RequestCookie], Address(context), context.Request.Headers.UserAgent, context.RequestAborted))
            {
                case WallAnswer.Paired { Token: var token }:
                    ScreenCookie.Give(context, access, token);
                    return Results.Json(new Standing("paired"));
                case WallAnswer.Waiting { Secret: var secret, Code: var code, Left: var left }:
                    context.Response.Cookies.Append(RequestCookie, secret, ScreenCookie.Kept(context, access, "/wall/pairing", WallPairings.CodeLife * 2));
                    return Results.Json(new Standing("waiting", WallCode.Show(code), (int)left.TotalSeconds, (int)WallPairings.CodeLife.TotalSeconds));
                default:
                    context.Response.Headers.RetryAfter = "30";
                    return Results.Json(new Standing("tooMany"), statusCode: StatusCodes.Status429TooManyRequests);
            }
        }
        catch (StoreUnavailableException)
        {
            return Results.Json(new Standing("away"), statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    // The form of /wall/pair. What only looks at an address, as previews of links do, takes nothing up.
    private static async Task<IResult> JoinAsync(HttpContext context, WallPairings pairings, AccessOptions access, [FromForm] string? token)
    {
        if (await pairings.JoinAsync(token, Address(context), context.RequestAborted) is not { } kept)
        {
            return Results.LocalRedirect("/wall/pair?refused=true");
        }

        ScreenCookie.Give(context, access, kept);
        return Results.LocalRedirect("/wall");
    }

    private static string? Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString();
}
