using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Storage;
using CommandCenter.Data.Walls;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests;

/// <summary>Lets tests in, as an administrator lets programs and screens in: by keys and tokens in the store.</summary>
internal static class TestAccess
{
    public const string KeyHeader = "X-Api-Key";

    private const KeyScopes Everything = KeyScopes.Intake | KeyScopes.Read | KeyScopes.Live | KeyScopes.Areas | KeyScopes.Statistics;

    private static readonly ConcurrentDictionary<string, string> Keys = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, StorageOptions> Databases = new(StringComparer.Ordinal);

    /// <summary>A key for everything that programs may do.</summary>
    public static async Task<string> KeyAsync(StorageOptions database)
    {
        using var store = Open(database);
        var key = await KeyAsync(new ApiKeyStore(store));
        LetGo();
        return key;
    }

    /// <summary>A key for everything that programs may do.</summary>
    public static async Task<string> KeyAsync(ApiKeyStore keys, KeyScopes scopes = Everything, string? area = null, string? source = null) =>
        (await keys.AddAsync($"test {Guid.NewGuid():N}", scopes, area, source, rate: null, lifetime: null, "test", CancellationToken.None))!.Value.Secret;

    /// <summary>A key of a server that is known here.</summary>
    public static async Task<string> KeyAsync(Uri address, KeyScopes scopes, string? area = null, string? source = null)
    {
        using var store = Open(Databases[address.Authority]);
        var key = await KeyAsync(new ApiKeyStore(store), scopes, area, source);
        LetGo();
        return key;
    }

    /// <summary>A client of somebody who is signed in, which shows the token that their pages show.</summary>
    public static async Task<HttpClient> SignedInAsync(Uri address, Role role, string? area = null)
    {
        var cookies = new CookieContainer();
        foreach (var cookie in await SignInAsync(address, role, area))
        {
            cookies.Add(cookie);
        }

        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = address };
        http.DefaultRequestHeaders.Add("RequestVerificationToken", await TokenAsync(http));
        return http;
    }

    /// <summary>A wall's token.</summary>
    public static async Task<string> WallAsync(StorageOptions database, string? area = null, string scenes = WallScenes.Overview, string profile = PairedWall.Centre)
    {
        using var store = Open(database);
        var (_, token) = await new WallStore(store).AddAsync("测试大屏", area, profile, scenes, "test", CancellationToken.None);
        LetGo();
        return token;
    }

    /// <summary>Signs somebody in who may do what the role may, through the form as a person does.</summary>
    /// <returns>The cookies that the browser then holds.</returns>
    public static async Task<IReadOnlyList<Cookie>> SignInAsync(Uri address, Role role, string? area = null)
    {
        const string password = "测试-Correct-Horse-42";
        var name = $"test-{Guid.NewGuid():N}";
        using (var store = Open(Databases[address.Authority]))
        {
            await new AccountStore(store).AddAsync(
                new NewAccount(name, "测试", role, area, DepartmentId: null, new PasswordHasher<Account>().HashPassword(new Account(), password), MustChange: false), "test", CancellationToken.None);
            LetGo();
        }

        var cookies = new CookieContainer();
        using var handler = new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = address };
        var token = await TokenAsync(http, "/sign-in");
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["name"] = name, ["password"] = password });
        using var answer = await http.PostAsync(new Uri("/sign-in", UriKind.Relative), fields);
        answer.Headers.Location?.OriginalString.ShouldBe("/", await answer.Content.ReadAsStringAsync());
        if (role == Role.Administrator)
        {
            await SetSecondFactorAsync(http, password);
        }

        return [.. cookies.GetAllCookies().Cast<Cookie>()];
    }

    /// <summary>The request token of a page, which forms and scripts of that page show.</summary>
    public static async Task<string> TokenAsync(HttpClient http, string page = "/")
    {
        var form = await http.GetStringAsync(new Uri(page, UriKind.Relative));
        return Regex.Match(form, "name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["token"].Value;
    }

    /// <summary>Sets up the second factor of whoever is signed in, as the page asks an administrator to.</summary>
    /// <returns>The secret, and the recovery codes.</returns>
    public static async Task<(byte[] Secret, IReadOnlyList<string> Codes)> SetSecondFactorAsync(HttpClient http, string password)
    {
        var page = new Uri("/account/second-factor", UriKind.Relative);
        var form = PageForm.Of(await http.GetStringAsync(page), "set");
        var secret = PageForm.FromBase32(form.Text("class=\"secret\">(?<it>[A-Z2-7 ]+)<"));
        using var fields = form.Filled(("code", Totp.Code(secret, Totp.StepOf(DateTime.UtcNow))), ("password", password));
        using var answer = await http.PostAsync(page, fields);
        var body = await answer.Content.ReadAsStringAsync();
        var codes = Regex.Matches(body, "<code>(?<code>[A-Z2-9-]{19})</code>", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["code"].Value).ToList();
        codes.Count.ShouldBe(RecoveryCode.Count, body);
        return (secret, codes);
    }

    /// <summary>The cookie of a wall that is paired with a server; null for a server that is not known here.</summary>
    public static async Task<Cookie?> PairedAsync(Uri address, string scenes = WallScenes.Overview, string profile = PairedWall.Centre) => Databases.TryGetValue(address.Authority, out var database)
        ? new Cookie(SubjectHandler.WallCookie, await WallAsync(database, scenes: scenes, profile: profile), "/", address.Host)
        : null;

    /// <summary>Remembers what a server lets in and where it keeps its data, for those who know only its address.</summary>
    public static void Use(Uri address, string key, StorageOptions database) => (Keys[address.Authority], Databases[address.Authority]) = (key, database);

    /// <returns>One that nobody knows, for a server that is not known here.</returns>
    public static string KeyOf(Uri address) => Keys.GetValueOrDefault(address.Authority) ?? Credential.Make(ApiKeyStore.Prefix);

    /// <summary>A client that shows the key of the server it speaks to.</summary>
    public static HttpClient Client(Uri address, HttpMessageHandler? handler = null)
    {
        var http = new HttpClient(handler ?? new SocketsHttpHandler()) { BaseAddress = address };
        http.DefaultRequestHeaders.Add(KeyHeader, KeyOf(address));
        return http;
    }

    /// <summary>For a part of the program without accounts: whoever asks is the program itself.</summary>
    public static void LetEverybodyIn(this IServiceCollection services) =>
        services.AddSingleton<IAuthorizationHandler, RequiresHandler>().AddAuthorization();

    /// <summary>For a part of the program without accounts: whoever asks is the program itself.</summary>
    public static void LetEverybodyIn(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            context.User = new SubjectPrincipal(Subject.Program, "program:");
            return next(context);
        });
        app.UseAuthorization();
    }

    // Whoever wants the file for themselves must not find it open here.
    private static void LetGo() => SqliteConnection.ClearAllPools();

    private static Store Open(StorageOptions database) => new(database, TimeProvider.System, NullLogger<Store>.Instance);
}
