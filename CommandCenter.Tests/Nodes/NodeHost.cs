using System.Security.Claims;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Storage;
using CommandCenter.Tests.Storage;
using CommandCenter.Web.Grids;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Live;
using CommandCenter.Web.Nodes;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Tests.Nodes;

/// <summary>
/// What the program does for several nodes, on a real port in this process, with a sign-in and a form that stand for all that
/// is protected.
/// </summary>
internal sealed class NodeHost(WebApplication app) : IAsyncDisposable
{
    public Uri Address { get; } = new(app.Urls.First());

    public IServiceProvider Services => app.Services;

    public static async Task<NodeHost> StartAsync(SqliteDatabase database, params string[] settings)
    {
        var builder = WebApplication.CreateBuilder(
            [$"--ConnectionStrings:CommandCenter={database.Options.ConnectionString}", "--Urls=http://127.0.0.1:0", .. settings]);
        builder.Logging.ClearProviders();
        builder.AddHosting();
        builder.Services.AddGrids();
        builder.Services.AddLive();
        builder.AddNodes();
        builder.ReportsBadConfiguration().ShouldBeFalse();
        builder.Services.AddAntiforgery();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        var app = builder.Build();
        app.UseKnownProxies();
        app.UseAuthentication();
        app.MapGet("/sign-in", (HttpContext context) => context.SignInAsync(
            new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "值班调度员")], CookieAuthenticationDefaults.AuthenticationScheme))));
        app.MapGet("/who", (HttpContext context) => context.User.Identity?.Name ?? "nobody");
        app.MapGet("/form", (HttpContext context, IAntiforgery forms) => forms.GetAndStoreTokens(context).RequestToken);
        app.MapPost("/form", (HttpContext context, IAntiforgery forms) => forms.IsRequestValidAsync(context));
        app.MapGet("/from", (HttpContext context) => $"{context.Connection.RemoteIpAddress} {context.Request.Scheme}");
        await app.Services.GetRequiredService<Schema>().MigrateAsync(CancellationToken.None);
        await app.StartAsync();
        return new NodeHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
