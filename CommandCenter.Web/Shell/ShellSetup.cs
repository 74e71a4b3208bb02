using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using Radzen;

namespace CommandCenter.Web.Shell;

/// <summary>The frame around every page: components, languages, security headers, error pages, static files.</summary>
public static class ShellSetup
{
    // A circuit that says nothing for this long is dead to the other side. Short, because a wall has to notice by itself.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(12);

    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(Cultures.Configure);
        services.AddRadzenComponents();
        services.AddRazorComponents()
            .AddInteractiveServerComponents(options =>
            {
                options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(2);
                options.DisconnectedCircuitMaxRetained = 50;
            })
            .AddHubOptions(options =>
            {
                options.KeepAliveInterval = KeepAlive;
                options.ClientTimeoutInterval = Silence;
                options.AddFilter<CircuitOwners>();
                options.AddFilter<LastingPolls>();
            });
        return services;
    }

    /// <summary>Headers, language, error pages and routing. Comes first.</summary>
    public static IApplicationBuilder UseShell(this IApplicationBuilder app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseRequestLocalization();
        app.UseMiddleware<CultureCookie>();
        app.UseWhen(IsForAPerson, pages =>
        {
            // Also in Development: the developer's exception page is white, and a wall is never white.
            pages.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = "/error",
                CreateScopeForErrors = true,
                // A request that can't be read is no fault of ours.
                SuppressDiagnosticsCallback = failed => failed.Exception is BadHttpRequestException,
                StatusCodeSelector = failure => failure is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
            });
            pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);

            // The page that is executed in place of another is asked for, whatever was sent to the other one.
            pages.Use((context, next) =>
            {
                if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
                {
                    context.Request.Method = HttpMethods.Get;
                }

                return next(context);
            });
        });
        // Here and not at the very beginning, so that an error page that is executed in place of another is routed anew.
        app.UseRouting();
        return app;
    }

    public static IEndpointRouteBuilder MapShell(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapStaticAssets().AllowAnonymous();
        endpoints.MapRazorComponents<App>()
            // The policy is set once, for everything, in SecurityHeaders.
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null)
            .Add(FrameworkPermission);
        return endpoints;
    }

    // A page says by an attribute what it is for. What the framework adds beside the pages serves whoever was let in.
    private static void FrameworkPermission(EndpointBuilder endpoint)
    {
        if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } path } && (path.StartsWith("/_blazor", StringComparison.Ordinal) || path.StartsWith("/_framework", StringComparison.Ordinal)))
        {
            endpoint.Metadata.Add(new RequiresAttribute(Permission.Enter));
        }
    }

    // Programs get their answers from their own endpoints as problem details, not as pages.
    private static bool IsForAPerson(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && !context.Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal)
        && !context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal)
        && !context.Request.Path.StartsWithSegments("/openapi", StringComparison.Ordinal)
        && !context.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal);
}
