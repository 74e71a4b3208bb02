using System.Net;
using System.Text.RegularExpressions;
using CommandCenter.Data.Walls;
using CommandCenter.Web.Access;
using CommandCenter.Web.Walls;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Tests.Security;

/// <summary>What somebody can make of a wall's token, its one-time address or its request who kept a copy of them.</summary>
public sealed class ReplayTests(AttackedApp attacked) : IClassFixture<AttackedApp>
{
    private static readonly Uri Join = new("/wall/join", UriKind.Relative), Areas = new("/api/v1/areas", UriKind.Relative);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private WallPairings Pairings => attacked.Services.GetRequiredService<WallPairings>();

    [Fact]
    public async Task The_token_of_a_wall_that_was_revoked_opens_nothing_wherever_it_is_shown()
    {
        var (name, address) = await InviteAsync();
        using var screen = new Browser(attacked.Address);
        (await screen.JoinAsync(address)).ShouldBe("/wall");
        using var thief = new Browser(attacked.Address);
        thief.Put(SubjectHandler.WallCookie, screen.Cookie(SubjectHandler.WallCookie)!);
        (await thief.StatusAsync(Areas)).ShouldNotBe(HttpStatusCode.Unauthorized, "as long as it counts, it counts");

        var wall = (await attacked.Services.GetRequiredService<WallStore>().ListAsync(Stop)).Single(one => one.Name == name);
        await Pairings.RevokeAsync(wall.Id, "account:test", address: null, Stop);

        foreach (var browser in new[] { thief, screen })
        {
            await attacked.UntilAsync(async () => await browser.StatusAsync(Areas) == HttpStatusCode.Unauthorized);
            using var negotiated = await browser.Http.PostAsync(new Uri("/hubs/live/negotiate?negotiateVersion=1", UriKind.Relative), content: null, Stop);
            negotiated.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            using var page = await browser.Http.GetAsync(new Uri("/wall", UriKind.Relative), Stop);
            (await page.Content.ReadAsStringAsync(Stop)).ShouldContain("data-pairing");
            Given(page).ShouldNotContain(SubjectHandler.WallCookie, "it is not kept alive either");
            using var asked = await browser.Http.PostAsync(new Uri("/wall/pairing", UriKind.Relative), content: null, Stop);
            (await asked.Content.ReadAsStringAsync(Stop)).ShouldContain("\"waiting\"");
        }
    }

    [Fact]
    public async Task A_one_time_address_that_was_used_gives_a_second_browser_nothing()
    {
        var (_, address) = await InviteAsync();
        using var screen = new Browser(attacked.Address);
        (await screen.JoinAsync(address)).ShouldBe("/wall");

        using var second = new Browser(attacked.Address);
        (await second.JoinAsync(address)).ShouldBe("/wall/pair?refused=true");
        second.Cookie(SubjectHandler.WallCookie).ShouldBeNull();

        // Nor is the secret of the address itself a token.
        second.Put(SubjectHandler.WallCookie, address);
        (await second.StatusAsync(Areas)).ShouldBe(HttpStatusCode.Unauthorized);
        second.Put(SubjectHandler.WallCookie, address.Replace("ccp_", WallStore.Prefix, StringComparison.Ordinal));
        (await second.StatusAsync(Areas)).ShouldBe(HttpStatusCode.Unauthorized);

        // The screen that was first goes on.
        (await screen.StatusAsync(Areas)).ShouldNotBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_request_that_was_approved_gives_no_token_again_once_its_wall_was_revoked()
    {
        using var screen = new Browser(attacked.Address);
        var pairing = new Uri("/wall/pairing", UriKind.Relative);
        using var waiting = await screen.Http.PostAsync(pairing, content: null, Stop);
        var code = Regex.Match(await waiting.Content.ReadAsStringAsync(Stop), "\"code\":\"(?<it>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["it"].Value;
        var request = waiting.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith(WallEndpoints.RequestCookie, StringComparison.Ordinal)).Split([';', '='])[1];
        var name = $"wall {Guid.NewGuid():N}";
        (await Pairings.ApproveAsync(code, new WallTerms(name, null, PairedWall.Centre, WallScenes.All, null), "account:test", "127.0.0.1", Stop)).ShouldBe(WallOutcome.Done);
        (await AskAsync(request)).ShouldContain(SubjectHandler.WallCookie);

        var wall = (await attacked.Services.GetRequiredService<WallStore>().ListAsync(Stop)).Single(one => one.Name == name);
        await Pairings.RevokeAsync(wall.Id, "account:test", address: null, Stop);

        (await AskAsync(request)).ShouldNotContain(SubjectHandler.WallCookie);

        async Task<List<string>> AskAsync(string secret)
        {
            using var other = new Browser(attacked.Address);
            other.Http.DefaultRequestHeaders.Add("Cookie", $"{WallEndpoints.RequestCookie}={secret}");
            using var answer = await other.Http.PostAsync(pairing, content: null, Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            return Given(answer);
        }
    }

    private async Task<(string Name, string Secret)> InviteAsync()
    {
        var name = $"wall {Guid.NewGuid():N}";
        return (name, (await Pairings.InviteAsync(new WallTerms(name, null, PairedWall.Centre, WallScenes.All, null), "account:test", address: null, Stop))!);
    }

    private static List<string> Given(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies.Select(cookie => cookie.Split('=')[0])] : [];

    /// <summary>Keeps cookies, and follows nowhere.</summary>
    private sealed class Browser : IDisposable
    {
        private readonly CookieContainer _cookies = new();
        private readonly Uri _address;

        public Browser(Uri address)
        {
            _address = address;
            Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = address };
        }

        public HttpClient Http { get; }

        public string? Cookie(string name) => _cookies.GetCookies(_address)[name]?.Value;

        public void Put(string name, string value) => _cookies.Add(_address, new Cookie(name, value, "/"));

        public async Task<HttpStatusCode> StatusAsync(Uri path)
        {
            using var answer = await Http.GetAsync(path, Stop);
            return answer.StatusCode;
        }

        /// <returns>Where the form of a one-time address leads.</returns>
        public async Task<string?> JoinAsync(string secret)
        {
            using var form = new FormUrlEncodedContent(
                [KeyValuePair.Create("__RequestVerificationToken", await TestAccess.TokenAsync(Http, $"/wall/pair?token={secret}")), KeyValuePair.Create("token", secret)]);
            using var answer = await Http.PostAsync(Join, form, Stop);
            return answer.Headers.Location?.OriginalString;
        }

        public void Dispose() => Http.Dispose();
    }
}
