using System.Net;
using System.Text.RegularExpressions;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Storage;
using CommandCenter.Tests.Browser;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Tests.Security;

/// <summary>Every route that the program has, against everybody who may ask: what is answered is what the policy says.</summary>
public sealed class RouteMatrixTests(AttackedApp attacked) : IClassFixture<AttackedApp>
{
    /// <summary>Routes that anybody may ask. One more must be put here by hand, with a reason that somebody else believes.</summary>
    private static readonly string[] ForAnybody =
    [
        "/healthz/live", "/healthz/ready", // load balancers
        "/sign-in", // how one is let in
        "/sign-in/code", "/sign-in/demo", "/setup", // the second factor, the demonstration's own accounts, the first administrator by its token
        "/wall/pairing", "/wall/pair", "/wall/join", // how a screen is let in
        "/error", "/not-found", // say nothing but that
        "/wall", // shows the pairing of a screen, and figures only to a screen that is paired
        "/pair", "/pair/{token}", "/set-up", "/set-up/{token}", // bound to a secret of their own
    ];

    /// <summary>Names nothing, and so is refused to everybody: what the framework adds for files when run from the sources.</summary>
    private const string ForNobody = "/{**path:file}";

    [Fact]
    public void Every_route_names_what_it_is_for_or_is_one_of_the_few_for_anybody()
    {
        var undecided = attacked.Routes.Where(route => route.Metadata.GetMetadata<StaticAssetDescriptor>() is null && PermissionOf(route) is null && !IsForAnybody(route) && Pattern(route) != ForNobody)
            .Select(Pattern).Distinct().ToList();

        undecided.ShouldBeEmpty();
        attacked.Routes.Count.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Nothing_is_for_anybody_and_for_somebody_at_once() =>
        attacked.Routes.Where(route => PermissionOf(route) is not null && route.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(Pattern).ShouldBeEmpty();

    [Theory]
    [InlineData(null)]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Dispatcher)]
    [InlineData(Role.Leader)]
    [InlineData(Role.AreaStaff)]
    [InlineData(Role.DepartmentStaff)]
    [InlineData(Role.Administrator)]
    [InlineData(Role.Auditor)]
    public async Task A_person_gets_where_the_role_may_and_nowhere_else(Role? role)
    {
        using var http = attacked.Client(role is { } who ? await TestAccess.SignInAsync(attacked.Address, who) : []);
        var subject = role is { } known ? Subject.OfAccount(1, "x", known) : null;

        (await MismatchesAsync(http, subject)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(KeyScopes.Intake)]
    [InlineData(KeyScopes.Read)]
    [InlineData(KeyScopes.Live)]
    [InlineData(KeyScopes.Areas)]
    [InlineData(KeyScopes.Statistics)]
    [InlineData(KeyScopes.Intake | KeyScopes.Read | KeyScopes.Live | KeyScopes.Areas | KeyScopes.Statistics)]
    public async Task A_program_gets_where_its_key_may_and_nowhere_else(KeyScopes scopes)
    {
        using var http = attacked.Client([]);
        http.DefaultRequestHeaders.Add(TestAccess.KeyHeader, await TestAccess.KeyAsync(new ApiKeyStore(attacked.Services.GetRequiredService<Store>()), scopes));

        (await MismatchesAsync(http, Subject.OfKey(1, "x", scopes))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wall_gets_where_walls_may_and_nowhere_else()
    {
        using var http = attacked.Client([(await TestAccess.PairedAsync(attacked.Address))!]);

        (await MismatchesAsync(http, Subject.OfWall(1, "x", null))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("cck_0000000000000000000000000000000000000000000")]
    [InlineData("' OR '1'='1")]
    [InlineData("")]
    public async Task A_key_that_is_none_gets_nowhere(string key)
    {
        using var http = attacked.Client([]);
        http.DefaultRequestHeaders.TryAddWithoutValidation(TestAccess.KeyHeader, key);

        (await MismatchesAsync(http, subject: null)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_was_revoked_gets_nowhere_from_then_on()
    {
        var keys = new ApiKeyStore(attacked.Services.GetRequiredService<Store>());
        var (key, secret) = (await keys.AddAsync("short-lived", KeyScopes.Read, null, null, null, null, "test", CancellationToken.None))!.Value;
        using var http = attacked.Client([]);
        http.DefaultRequestHeaders.Add(TestAccess.KeyHeader, secret);
        (await http.GetAsync(new Uri("/api/v1/incidents", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await attacked.Services.GetRequiredService<ApiKeyChanges>().RevokeAsync(key.Id, "test", address: null, CancellationToken.None);

        await attacked.UntilAsync(async () =>
            (await http.GetAsync(new Uri("/api/v1/incidents", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode == HttpStatusCode.Unauthorized);
    }

    private async Task<List<string>> MismatchesAsync(HttpClient http, Subject? subject)
    {
        var wrong = new List<string>();
        foreach (var route in attacked.Routes.Where(route => PermissionOf(route) is not null))
        {
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                var path = Filled(route);
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                var isLetIn = !IsRefused(answer);
                var may = subject is not null && AccessPolicy.Allows(subject, PermissionOf(route)!.Value);
                if (isLetIn != may)
                {
                    wrong.Add($"{method} {path} ({PermissionOf(route)}): {(int)answer.StatusCode}, and the policy says {(may ? "yes" : "no")}");
                }

                if ((int)answer.StatusCode >= 500)
                {
                    wrong.Add($"{method} {path}: {(int)answer.StatusCode}");
                }
            }
        }

        return wrong;
    }

    private static bool IsRefused(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        || (answer.StatusCode is HttpStatusCode.Found && answer.Headers.Location?.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal) == true);

    private static Permission? PermissionOf(RouteEndpoint route) => route.Metadata.GetMetadata<RequiresAttribute>()?.Permission;

    private static bool IsForAnybody(RouteEndpoint route) =>
        route.Metadata.GetMetadata<IAllowAnonymous>() is not null && ForAnybody.Contains(Pattern(route), StringComparer.Ordinal);

    private static string Pattern(RouteEndpoint route) => $"/{route.RoutePattern.RawText!.TrimStart('/')}";

    private static string Filled(RouteEndpoint route) => Regex.Replace(Pattern(route), @"\{[^}]+\}", hole => hole.Value.Contains(":long", StringComparison.Ordinal) || hole.Value.Contains(":int", StringComparison.Ordinal) ? "1" : "x", RegexOptions.None, TimeSpan.FromSeconds(1));
}

/// <summary>The program in this process, with its endpoint table.</summary>
public sealed class AttackedApp : IAsyncDisposable
{
    private readonly WallApp _app = WallApp.Start();

    public Uri Address => _app.Address;

    public IServiceProvider Services => _app.Services;

    public IReadOnlyList<RouteEndpoint> Routes => [.. _app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct()];

    public HttpClient Client(IReadOnlyList<Cookie> cookies)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        if (cookies.Count > 0)
        {
            http.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Name}={cookie.Value}")));
        }

        return http;
    }

    public async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!await isSo())
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
            await Task.Delay(50);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
