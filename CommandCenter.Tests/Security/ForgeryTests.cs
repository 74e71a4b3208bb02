using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CommandCenter.Data.Accounts;
using CommandCenter.Web.Access;

namespace CommandCenter.Tests.Security;

/// <summary>What another site, or somebody who saw a cookie or a token go by, can make of a session.</summary>
public sealed class ForgeryTests(AttackedApp attacked) : IClassFixture<AttackedApp>
{
    // Nothing but the check of where it comes from stands between this and an answer of 2xx.
    private const string Units = "/api/v1/units?county=990101&retireAll=true";
    private const string Forged = "The request does not come from a page of ours.";

    [Fact]
    public async Task A_session_alone_changes_nothing_and_neither_does_another_sessions_token()
    {
        var mine = await TestAccess.SignInAsync(attacked.Address, Role.Administrator);
        var theirs = await TestAccess.SignInAsync(attacked.Address, Role.Administrator);
        using var me = attacked.Client(mine);
        using var they = attacked.Client(theirs);

        foreach (var token in new[] { null, "CfDJ8-nonsense", await TokenAsync(they) })
        {
            var (status, body) = await PutAsync(me, token);
            status.ShouldBe(HttpStatusCode.BadRequest);
            body.ShouldContain(Forged);
        }

        // The same request from a page of its own.
        var (done, said) = await PutAsync(me, await TokenAsync(me));
        done.ShouldBe(HttpStatusCode.OK, said);
    }

    [Fact]
    public async Task Forms_without_their_token_do_nothing()
    {
        using var nobody = attacked.Client([]);
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "admin", ["password"] = "x" });
        using var signIn = await nobody.PostAsync(new Uri("/sign-in", UriKind.Relative), fields, TestContext.Current.CancellationToken);
        signIn.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        using var me = attacked.Client(await TestAccess.SignInAsync(attacked.Address, Role.Viewer));
        using var nothing = new FormUrlEncodedContent([]);
        using var signOut = await me.PostAsync(new Uri("/sign-out", UriKind.Relative), nothing, TestContext.Current.CancellationToken);
        signOut.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync(me, "/")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Cookies_count_for_nothing_when_another_site_sends_the_request()
    {
        using var me = attacked.Client(await TestAccess.SignInAsync(attacked.Address, Role.Administrator));
        me.DefaultRequestHeaders.Add("Origin", "https://elsewhere.example");

        (await PutAsync(me, await TokenAsync(me))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_session_that_was_put_into_the_browser_beforehand_is_not_the_one_that_signs_in()
    {
        var planted = await TestAccess.SignInAsync(attacked.Address, Role.Viewer);
        var first = planted.Single(cookie => cookie.Name == AccessSetup.SessionCookie).Value;
        var second = (await TestAccess.SignInAsync(attacked.Address, Role.Viewer)).Single(cookie => cookie.Name == AccessSetup.SessionCookie).Value;

        second.ShouldNotBe(first);
        using var invented = attacked.Client([new Cookie(AccessSetup.SessionCookie, "1"), new Cookie("sid", "1")]);
        (await StatusAsync(invented, "/api/v1/incidents")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_session_that_ended_is_of_no_use_to_whoever_kept_its_cookie()
    {
        var cookies = await TestAccess.SignInAsync(attacked.Address, Role.Viewer);
        using var me = attacked.Client(cookies);
        using var thief = attacked.Client(cookies);
        (await StatusAsync(thief, "/api/v1/incidents")).ShouldBe(HttpStatusCode.OK);

        using var fields = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = await TokenAsync(me) });
        using var ended = await me.PostAsync(new Uri("/sign-out", UriKind.Relative), fields, TestContext.Current.CancellationToken);
        ended.StatusCode.ShouldBe(HttpStatusCode.Found);

        (await StatusAsync(thief, "/api/v1/incidents")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("https://elsewhere.example")]
    [InlineData("/\t/elsewhere.example")]
    [InlineData("javascript:alert(1)")]
    public async Task Signing_in_leads_to_no_other_site(string returnUrl)
    {
        using var nobody = attacked.Client([]);
        using var page = await nobody.GetAsync(new Uri($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        ((int)page.StatusCode).ShouldBeLessThan(500);
        Regex.IsMatch(text, "(href|action)=\"[^\"]*elsewhere", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).ShouldBeFalse();
        text.ShouldNotContain("href=\"javascript:");
    }

    [Fact]
    public async Task Cookies_are_out_of_reach_of_scripts_and_other_sites()
    {
        using var nobody = attacked.Client([]);
        using var page = await nobody.GetAsync(new Uri("/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);

        page.Headers.GetValues("Set-Cookie").Where(cookie => cookie.StartsWith("cc_form", StringComparison.Ordinal))
            .ShouldAllBe(cookie => cookie.Contains("httponly", StringComparison.OrdinalIgnoreCase) && cookie.Contains("samesite=strict", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<(HttpStatusCode Status, string Body)> PutAsync(HttpClient http, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Units) { Content = new StringContent("[]", Encoding.UTF8, "application/json") };
        if (token is not null)
        {
            request.Headers.Add("RequestVerificationToken", token);
        }

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    // The form to sign out stands on every page.
    private static async Task<string> TokenAsync(HttpClient http)
    {
        var page = await http.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        return Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["token"].Value;
    }
}
