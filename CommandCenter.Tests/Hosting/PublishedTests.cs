using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CommandCenter.Tests.Browser;

namespace CommandCenter.Tests.Hosting;

/// <summary>
/// What <c>dotnet publish</c> made, started as on a server: nothing on PATH, another working directory, the shared runtimes alone
/// or none (self-contained). <c>.ci/published</c> makes it, names it and runs these; that takes minutes, so they are explicit tests.
/// </summary>
[Collection(nameof(Chromium))]
public sealed class PublishedTests(Chromium chromium)
{
    private static readonly string Program = Environment.GetEnvironmentVariable("COMMANDCENTER_PUBLISHED") ?? "";
    private static readonly string Runtime = Environment.GetEnvironmentVariable("COMMANDCENTER_PUBLISHED_RUNTIME") ?? "";

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task It_starts_without_sdk_and_node_serves_its_files_and_a_wall_lives()
    {
        RequireProgram();
        await using var running = await Running.StartAsync();
        using var http = new HttpClient { BaseAddress = running.Address };

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

        await using var watched = await chromium.OpenAsync(running.Address);
        await watched.OpenWallAsync();
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
    public async Task Under_systemd_it_says_when_it_is_ready_and_when_it_stops_and_logs_for_the_journal()
    {
        RequireProgram();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is Linux.");
        var folder = Directory.CreateTempSubdirectory("commandcenter-").FullName;
        using var notified = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var path = Path.Combine(folder, "notify");
        notified.Bind(new UnixDomainSocketEndPoint(path));
        await using (var running = await Running.StartAsync(("NOTIFY_SOCKET", path)))
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
        if (windows || Runtime.Length > 0)
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

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[1024];
        var length = await socket.ReceiveAsync(buffer, Ended).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Ended);
        return Encoding.UTF8.GetString(buffer, 0, length).Trim();
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly StringBuilder _output = new();
        private readonly Process _process;

        private Running(Process process, Uri address, string startedIn) => (_process, Address, StartedIn) = (process, address, startedIn);

        public Uri Address { get; }

        public string StartedIn { get; }

        public int ExitCode => _process.ExitCode;

        public string Output
        {
            get
            {
                lock (_output)
                {
                    return _output.ToString();
                }
            }
        }

        public static async Task<Running> StartAsync(params (string Name, string Value)[] environment)
        {
            if (Directory.Exists(Path.Combine(Program, "data")))
            {
                Directory.Delete(Path.Combine(Program, "data"), recursive: true);
            }

            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            var address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
            free.Stop();
            var elsewhere = Directory.CreateTempSubdirectory("elsewhere-").FullName;
            var arguments = Runtime.Length > 0 ? new[] { Path.Combine(Program, "CommandCenter.Web.dll") } : [];
            var start = new ProcessStartInfo(Runtime.Length > 0 ? Path.Combine(Runtime, "dotnet") : Path.Combine(Program, "CommandCenter.Web"))
            {
                UseShellExecute = false,
                WorkingDirectory = elsewhere,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (var argument in arguments.Append($"--urls={address}"))
            {
                start.ArgumentList.Add(argument);
            }

            start.Environment.Clear();
            start.Environment["PATH"] = "/nowhere";
            start.Environment["DOTNET_ROOT"] = Runtime.Length > 0 ? Runtime : "/nowhere";
            start.Environment["DOTNET_MULTILEVEL_LOOKUP"] = "0";
            foreach (var (name, value) in environment)
            {
                start.Environment[name] = value;
            }

            var running = new Running(Process.Start(start)!, address, elsewhere);
            running.Follow();
            await running.WaitUntilReadyAsync();
            return running;
        }

        public async Task TerminateAsync()
        {
            using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await _process.WaitForExitAsync(Ended).WaitAsync(TimeSpan.FromSeconds(60), Ended);
        }

        public async ValueTask DisposeAsync()
        {
            if (!_process.HasExited)
            {
                _process.Kill();
                await _process.WaitForExitAsync();
            }

            _process.Dispose();
            Directory.Delete(StartedIn, recursive: true);
        }

        private void Follow()
        {
            void Note(object sender, DataReceivedEventArgs line)
            {
                lock (_output)
                {
                    _output.AppendLine(line.Data);
                }
            }

            _process.OutputDataReceived += Note;
            _process.ErrorDataReceived += Note;
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }

        private async Task WaitUntilReadyAsync()
        {
            using var http = new HttpClient { BaseAddress = Address };
            for (var i = 0; ; i++)
            {
                (_process.HasExited || i > 600).ShouldBeFalse(Output);
                try
                {
                    if ((await http.GetAsync(new Uri("/healthz/ready", UriKind.Relative), Ended)).IsSuccessStatusCode)
                    {
                        return;
                    }
                }
                catch (HttpRequestException)
                {
                    // Not listening yet.
                }

                await Task.Delay(100, Ended);
            }
        }
    }
}
