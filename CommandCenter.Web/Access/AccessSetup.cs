using CommandCenter.Data.Accounts;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Live;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace CommandCenter.Web.Access;

/// <summary>Who is let in, and to what.</summary>
public static class AccessSetup
{
    /// <summary>The name of a person's cookie.</summary>
    public const string SessionCookie = "cc_session";

    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var options = builder.AddValidatedOptions<AccessOptions>(AccessOptions.Section);
        builder.Services.AddAccountStorage()
            .AddSingleton<AccessDirectory>()
            .AddSingleton<DemoAccess>()
            .AddSingleton<KeyRates>()
            .AddSingleton<LastingConnections>()
            .AddSingleton<CircuitOwners>()
            .AddSingleton<LastingPolls>()
            .Configure<HubOptions<LiveHub>>(hub => hub.AddFilter<LastingPolls>())
            .AddHostedService<AccessWatch>()
            .AddHostedService(provider => provider.GetRequiredService<LastingConnections>());
        builder.Services.AddAuthentication(SubjectHandler.Scheme)
            .AddScheme<AuthenticationSchemeOptions, SubjectHandler>(SubjectHandler.Scheme, configureOptions: null)
            .AddCookie(SubjectHandler.Session, cookie =>
            {
                cookie.Cookie.Name = SessionCookie;
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Strict;
                cookie.Cookie.SecurePolicy = options.RequireHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

                // How long a session lasts is the store's to say.
                cookie.ExpireTimeSpan = options.Longest;
                cookie.SlidingExpiration = false;
            });
        builder.Services.AddSingleton<IAuthorizationHandler, RequiresHandler>().AddSingleton<IAuthorizationHandler, NoPermissionNamed>();
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().AddRequirements(new NoPermissionNamed()).Build());
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "cc_form";
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.Cookie.SecurePolicy = options.RequireHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        });
    }

    /// <summary>Finds out who asks and whether they may. After routing.</summary>
    public static IApplicationBuilder UseAccess(this IApplicationBuilder app)
    {
        app.UseAuthentication();
        app.UseMiddleware<KeyRateLimit>();
        app.UseAuthorization();
        app.UseMiddleware<ForgeryCheck>();
        app.UseMiddleware<LastingConnectionsMiddleware>();
        return app;
    }
}
