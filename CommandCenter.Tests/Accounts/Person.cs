using System.Net;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Storage;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Accounts;

/// <summary>Somebody at a browser of their own, without scripts.</summary>
internal sealed class Person : IDisposable
{
    public const string Password = "Hillock-7294-Meadow";

    private readonly SocketsHttpHandler _handler = new() { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };

    public Person(Uri address) => Http = new HttpClient(_handler) { BaseAddress = address, DefaultRequestHeaders = { { "Accept-Language", "en" }, { "Accept", "text/html" } } };

    public HttpClient Http { get; }

    public CookieContainer Cookies => _handler.CookieContainer;

    public void Dispose()
    {
        Http.Dispose();
        _handler.Dispose();
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>A page, redirects followed.</summary>
    public async Task<string> PageAsync(string path)
    {
        for (var i = 0; i < 5; i++)
        {
            using var answer = await GetAsync(path);
            if (answer.Headers.Location is not { } to)
            {
                return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            }

            path = to.IsAbsoluteUri ? to.PathAndQuery : to.OriginalString;
        }

        throw new InvalidOperationException($"{path} leads round and round.");
    }

    /// <summary>Fills in the form of a page and sends it.</summary>
    /// <param name="form">Its handler; null for the first one.</param>
    /// <returns>Where it led, and what was said.</returns>
    public async Task<(HttpStatusCode Status, string? To, string Body)> SendAsync(string path, string? form, string? to = null, params (string Name, string? Value)[] fields)
    {
        var page = await Http.GetStringAsync(new Uri(path, UriKind.Relative));
        using var filled = PageForm.Of(page, form).Filled(fields);
        using var answer = await Http.PostAsync(new Uri(to ?? path, UriKind.Relative), filled);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    public async Task<string?> SignInAsync(string name, string password = Password) =>
        (await SendAsync("/sign-in", form: null, "/sign-in", ("name", name), ("password", password))).To;

    public async Task<string?> CodeAsync(string code) => (await SendAsync("/sign-in/code", form: null, "/sign-in/code", ("code", code))).To;

    public async Task SignOutAsync()
    {
        var page = await PageAsync("/account");
        var token = System.Text.RegularExpressions.Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"(?<it>[^\"]+)\"", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["it"].Value;
        using var fields = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]);
        using var answer = await Http.PostAsync(new Uri("/sign-out", UriKind.Relative), fields);
        answer.Headers.Location!.OriginalString.ShouldBe("/sign-in");
    }
}

/// <summary>What tests put into and read from the store that a server works on.</summary>
internal static class AccountsOf
{
    public static async Task<long> AddAsync(ServerProcess server, string name, Role role = Role.Viewer, string? area = null, bool mustChange = false, string password = Person.Password)
    {
        using var store = new Store(new StorageOptions { ConnectionString = ConnectionString(server) }, TimeProvider.System, NullLogger<Store>.Instance);
        return (await new AccountStore(store).AddAsync(
            new NewAccount(name, name, role, area, DepartmentId: null, new PasswordHasher<Account>().HashPassword(new Account(), password), mustChange), "test", CancellationToken.None))!.Value;
    }

    public static T One<T>(ServerProcess server, string sql, object? arguments = null)
    {
        using var connection = new SqliteConnection(ConnectionString(server));
        return connection.QuerySingle<T>(sql, arguments);
    }

    public static IReadOnlyList<T> All<T>(ServerProcess server, string sql, object? arguments = null)
    {
        using var connection = new SqliteConnection(ConnectionString(server));
        return connection.Query<T>(sql, arguments).AsList();
    }

    public static void Change(ServerProcess server, string sql, object? arguments = null)
    {
        using var connection = new SqliteConnection(ConnectionString(server));
        connection.Execute(sql + "; UPDATE access_version SET version = version + 1", arguments);
    }

    private static string ConnectionString(ServerProcess server) => $"Data Source={Path.Combine(server.Folder, "commandcenter.db")}";
}

/// <summary>One server for the tests of a class.</summary>
public sealed class PeopleServer : IAsyncLifetime
{
    internal ServerProcess Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await ServerProcess.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
