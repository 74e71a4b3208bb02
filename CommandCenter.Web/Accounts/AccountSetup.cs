using CommandCenter.Data.Accounts;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CommandCenter.Web.Accounts;

/// <summary>People: signing in and out.</summary>
public static class AccountSetup
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        builder.Services.AddSingleton<SignIn>();
    }

    public static void MapAccounts(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/sign-in", SignInAsync).ExcludeFromDescription().AllowAnonymous();
        endpoints.MapPost("/sign-out", SignOutAsync).ExcludeFromDescription().Requires(Permission.OwnAccount);
    }

    private static async Task<IResult> SignInAsync(HttpContext context, SignIn signIn, [FromForm] string? name, [FromForm] string? password, [FromForm] string? returnUrl) =>
        await signIn.TryAsync(context, name ?? "", password ?? "")
            ? Results.LocalRedirect(IsOurs(returnUrl) ? returnUrl! : "/")
            : Results.LocalRedirect("/sign-in?refused=1");

    private static async Task<IResult> SignOutAsync(HttpContext context, SessionStore sessions, AccessDirectory directory, [FromForm] string? returnUrl)
    {
        _ = returnUrl; // A form, so that the framework asks for its token.
        if ((await context.AuthenticateAsync(SubjectHandler.Session)).Principal?.FindFirst(SubjectHandler.SessionId)?.Value is { } id)
        {
            await sessions.EndAsync(id, context.RequestAborted);
            directory.Forget();
        }

        await context.SignOutAsync(SubjectHandler.Session);
        return Results.LocalRedirect("/sign-in");
    }

    // "//elsewhere" and "/\elsewhere" are other sites to a browser.
    private static bool IsOurs(string? url) => url is ['/', ..] and not ['/', '/' or '\\', ..];
}
