using System.Net;
using System.Net.Sockets;
using System.Text;
using CommandCenter.Data.Accounts;
using CommandCenter.Tests.Browser;

namespace CommandCenter.Tests.Hosting;

/// <summary>
/// What <c>dotnet publish</c> made, started as on a server: nothing on PATH, another working directory, the shared runtimes alone
/// or none (self-contained). <c>.ci/published</c> makes it, names it and runs these; that takes minutes, so they are explicit tests.
/// </summary>
[Collection(nameof(Chromium))]
public sealed class PublishedTests(Chromium chromium)
{
    private static string Program => PublishedProgram.Folder;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task It_starts_without_sdk_and_node_serves_its_files_and_a_wall_lives()
    {
        RequireProgram();
        await using var running = await PublishedProgram.StartAsync();
        using var http = await running.LetInAsync();

        // The demonstration is nobody's default: the store is empty.
        (await http.GetStringAsync(new Uri("/api/v1/incidents", UriKind.Relative), Ended)).ShouldContain("\"items\":[]");
        (await http.GetStringAsync(new Uri("/wall", UriKind.Relative), Ended)).ShouldNotContain("演示数据");
        await Bring.CountyAsync(http);
        foreach (var file in new[] { "_framework/blazor.web.js", "lib/maplibre-gl/maplibre-gl.mjs", "_content/Radzen.Blazor/Radzen.Blazor.min.js", "shell/tokens.css" })
        {
            foreach (var compression in new[] { "br", "gzip" })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, file) { Headers = { { "Accept-Encoding", compression } } };
                using var answer = await http.SendAsync(request, Ended);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, file);
                answer.Content.Headers.ContentEncoding.ShouldBe([compression], file);
            }
        }

        foreach (var font in Directory.EnumerateFiles(Path.Combine(Program, "wwwroot"), "*.woff2", SearchOption.AllDirectories))
        {
            using var answer = await http.GetAsync(new Uri(Path.GetRelativePath(Path.Combine(Program, "wwwroot"), font), UriKind.Relative), Ended);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("font/woff2", font);
        }

        // Paired as a screen out of reach is: by an address that the program itself prints.
        var invitation = await running.RunAsync("wall", "add", "--name", "大厅", "--area", "990101", "--address", running.Address.ToString());
        await using var watched = await chromium.OpenAsync(running.Address);
        await watched.OpenWallAsync(invitation);
        (await watched.Page.EvaluateAsync<bool>("document.querySelector('cc-map canvas').width > 300")).ShouldBeTrue();
        await Bring.ReportAsync(http, "发布版本的第一件");
        await watched.Page.GetByText("发布版本的第一件").First.WaitForAsync(WatchedPage.Patient);
        watched.PolicyBreaks.ShouldBeEmpty();
        watched.OutsideRequests.ShouldBeEmpty();

        // Its data stands beside the program and not where somebody happened to start it.
        Directory.EnumerateFileSystemEntries(running.StartedIn).ShouldBeEmpty();
        File.Exists(Path.Combine(Program, "data", "commandcenter.db")).ShouldBeTrue();
    }

    [Fact(Explicit = true)]
    public async Task Nothing_of_the_demonstrations_short_cuts_is_in_it_whatever_the_settings_say()
    {
        RequireProgram();
        await using var running = await PublishedProgram.StartAsync(("Demo__Enabled", "true"), ("Demo__ReportsPerMinute", "600"), ("ASPNETCORE_ENVIRONMENT", "Development"));
        using (var program = await running.LetInAsync())
        {
            // The demonstration itself runs: what is not there below is not only late.
            await UntilAsync(async () => (await program.GetStringAsync(new Uri("/api/v1/incidents?limit=1", UriKind.Relative), Ended)).Contains("\"id\"", StringComparison.Ordinal));
        }

        using var person = new Accounts.Person(running.Address);
        (await person.PageAsync("/sign-in")).ShouldNotContain("demo-");
        (await person.PageAsync("/sign-in")).ShouldNotContain("/sign-in/demo");
        foreach (var role in Enum.GetValues<Role>())
        {
            (await person.SendAsync("/sign-in", null, "/sign-in/demo", ("role", $"{(int)role}"))).Status.ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.NotFound);
            var name = $"demo-{role}".ToLowerInvariant();
            foreach (var password in new[] { "demo", name, "Demo-1234567", "password" })
            {
                (await person.SignInAsync(name, password)).ShouldBe("/sign-in?refused=true");
            }
        }

        person.Cookies.GetCookies(running.Address)["cc_session"].ShouldBeNull();
        running.Output.ShouldContain("/setup?token=", customMessage: "there is no account, and so the first one is asked for");

        // From this very machine, by no proxy.
        (await person.PageAsync("/wall")).ShouldContain("data-pairing");
        foreach (var path in new[] { "/api/v1/areas", "/demo/river.geojson", "/api/v1/incidents" })
        {
            (await person.GetAsync(path)).StatusCode.ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Found);
        }

        foreach (var hub in new[] { "/hubs/live/negotiate?negotiateVersion=1", "/_blazor/negotiate?negotiateVersion=1" })
        {
            using var answer = await person.Http.PostAsync(new Uri(hub, UriKind.Relative), content: null, Ended);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, hub);
        }
    }

    [Fact(Explicit = true)]
    public async Task Under_systemd_it_says_when_it_is_ready_and_when_it_stops_and_logs_for_the_journal()
    {
        RequireProgram();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is Linux.");
        var folder = Directory.CreateTempSubdirectory("commandcenter-").FullName;
        using var notified = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var path = Path.Combine(folder, "notify");
        notified.Bind(new UnixDomainSocketEndPoint(path));
        await using (var running = await PublishedProgram.StartAsync(("NOTIFY_SOCKET", path)))
        {
            (await ReceiveAsync(notified)).ShouldBe("READY=1");
            running.Output.ShouldContain("<6>{");
            await running.TerminateAsync();
            (await ReceiveAsync(notified)).ShouldBe("STOPPING=1");
            running.ExitCode.ShouldBe(0);
        }

        Directory.Delete(folder, recursive: true);
    }

    // Also true of what this machine can't start.
    [Fact(Explicit = true)]
    public void It_holds_what_the_service_manager_of_its_system_needs_and_nothing_of_the_build()
    {
        RequireProgram();
        var windows = File.Exists(Path.Combine(Program, "CommandCenter.Web.exe"));
        if (windows)
        {
            File.ReadAllBytes(Path.Combine(Program, "CommandCenter.Web.exe")).AsSpan(0, 2).SequenceEqual("MZ"u8).ShouldBeTrue();
            new[] { "e_sqlite3.dll", "Microsoft.Data.SqlClient.SNI.dll" }.Where(native => !File.Exists(Path.Combine(Program, native))).ShouldBeEmpty();
        }
        else
        {
            File.ReadAllText(Path.Combine(Program, "commandcenter.service")).ShouldContain("Type=notify");
        }

        // The SDK leaves web.config out where there can be no IIS.
        if (windows || PublishedProgram.Runtime.Length > 0)
        {
            var iis = File.ReadAllText(Path.Combine(Program, "web.config"));
            iis.ShouldContain("AspNetCoreModuleV2");
            iis.ShouldContain("hostingModel=\"inprocess\"");
            iis.ShouldContain("maxAllowedContentLength");
            iis.ShouldContain("WebDAVModule");

            // What IIS hands over besides would be read as a verb.
            iis.ShouldContain(windows ? "processPath=\".\\CommandCenter.Web.exe\" arguments=\"\"" : "processPath=\"dotnet\" arguments=\".\\CommandCenter.Web.dll\"");
        }

        Directory.Exists(Path.Combine(Program, "node_modules")).ShouldBeFalse();
        File.Exists(Path.Combine(Program, "Properties", "launchSettings.json")).ShouldBeFalse();
    }

    private static void RequireProgram() => Program.ShouldNotBeEmpty("Nothing was published: .ci/published does, and runs these.");

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!await isSo())
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(120));
            await Task.Delay(100, Ended);
        }
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[1024];
        var length = await socket.ReceiveAsync(buffer, Ended).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Ended);
        return Encoding.UTF8.GetString(buffer, 0, length).Trim();
    }
}
