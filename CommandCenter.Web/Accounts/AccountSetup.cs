using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CommandCenter.Web.Accounts;

/// <summary>People: signing in and out, their own accounts, and those who manage them.</summary>
public static class AccountSetup
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        builder.Services.AddSingleton<SignIn>()
            .AddSingleton<SignInTicket>()
            .AddSingleton<SecondFactor>()
            .AddSingleton<NewPasswords>()
            .AddSingleton<FirstAccount>()
            .AddHostedService(provider => provider.GetRequiredService<FirstAccount>())
            .AddScoped<CircuitHandler, SessionCircuit>();
#if !PUBLISHED
        builder.Services.AddSingleton<DemoPeople>().AddHostedService(provider => provider.GetRequiredService<DemoPeople>());
#endif
    }

    public static void MapAccounts(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/sign-in", SignInAsync).ExcludeFromDescription().AllowAnonymous();
        endpoints.MapPost("/sign-in/code", CodeAsync).ExcludeFromDescription().AllowAnonymous();
        endpoints.MapPost("/sign-out", SignOutAsync).ExcludeFromDescription().Requires(Permission.OwnAccount);

        // Says that somebody is there who works on a page without asking for another. Being authenticated as a person's request is all it takes.
        endpoints.MapPost("/account/active", ([FromForm] string? at) => Results.NoContent()).ExcludeFromDescription().Requires(Permission.OwnAccount);
#if !PUBLISHED
        endpoints.MapPost("/sign-in/demo", DemoPeople.SignInAsync).ExcludeFromDescription().AllowAnonymous();
#endif
    }

    /// <summary>Where to go after the sign-in: "//elsewhere" and "/\elsewhere" are other sites to a browser.</summary>
    internal static string Ours(string? url) => url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : "/";

    private static async Task<IResult> SignInAsync(HttpContext context, SignIn signIn, [FromForm] string? name, [FromForm] string? password, [FromForm] string? returnUrl) =>
        To(await signIn.TryAsync(context, name ?? "", password ?? ""), returnUrl, refused: "/sign-in?refused=true", code: "/sign-in/code");

    private static async Task<IResult> CodeAsync(HttpContext context, SignIn signIn, [FromForm] string? code, [FromForm] string? returnUrl) =>
        To(await signIn.TryCodeAsync(context, code ?? ""), returnUrl, refused: "/sign-in?refused=true", code: "/sign-in/code?refused=true");

    private static IResult To(SignInOutcome outcome, string? returnUrl, string refused, string code)
    {
        var back = Ours(returnUrl);
        var address = outcome switch
        {
            SignInOutcome.SignedIn => back,
            SignInOutcome.NeedsCode => With(code),
            _ => With(refused),
        };
        return Results.LocalRedirect(address);

        string With(string to) => back == "/" ? to : Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(to, "returnUrl", back);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, SessionStore sessions, AccessDirectory directory, AuditLog audit, [FromForm] bool idle = false)
    {
        if (context.SessionId() is { } id)
        {
            await sessions.EndAsync(id, context.RequestAborted);
            directory.Forget();
            var by = context.By();
            await audit.AppendAsync(new AuditEntry(by.Subject, AccountActions.SignedOut, "", AuditResult.Done, by.Address, idle ? "idle" : null), context.RequestAborted);
        }

        await context.SignOutAsync(SubjectHandler.Session);
        return Results.LocalRedirect(idle ? "/sign-in?idle=true" : "/sign-in");
    }
}
