using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CommandCenter.Tests.Browser;

namespace CommandCenter.Tests.Hosting;

/// <summary>
/// What <c>dotnet publish</c> made, started as on a server: nothing on PATH, another working directory, the shared runtimes alone
/// or none (self-contained). <c>.ci/published</c> makes it and names it.
/// </summary>
[Collection(nameof(Chromium))]
public sealed class PublishedTests(Chromium chromium)
{
    private static readonly string Program = Environment.GetEnvironmentVariable("COMMANDCENTER_PUBLISHED") ?? "";
    private static readonly string Runtime = Environment.GetEnvironmentVariable("COMMANDCENTER_PUBLISHED_RUNTIME") ?? "";

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_starts_without_sdk_and_node_serves_its_files_and_a_wall_lives()
    {
        Skip();
        await using var running = await Running.StartAsync();
        using var http = new HttpClient { BaseAddress = running.Address };

        // The demonstration is nobody's default: the store is empty.
        (await http.GetStringAsync(new Uri("/api/v1/incidents", UriKind.Relative), Ended)).ShouldContain("\"items\":[]");
        (await http.GetStringAsync(new Uri("/wall", UriKind.Relative), Ended)).ShouldNotContain("演示数据");
        await Bring.CountyAsync(http);
        foreach (var file in new[] { "_framework/blazor.web.js", "lib/maplibre-gl/maplibre-gl.mjs", "_content/Radzen.Blazor/Radzen.Blazor.min.js", "shell/tokens.css" })
        {
            using var answer = await http.GetAsync(new Uri(file, UriKind.Relative), Ended);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, file);
        }

        await using var watched = await chromium.OpenAsync(running.Address);
        await watched.OpenWallAsync();
        await Bring.ReportAsync(http, "发布版本的第一件");
        await watched.Page.GetByText("发布版本的第一件").First.WaitForAsync(WatchedPage.Patient);
        watched.PolicyBreaks.ShouldBeEmpty();
        watched.OutsideRequests.ShouldBeEmpty();

        // Its data stands beside the program and not where somebody happened to start it.
        Directory.EnumerateFileSystemEntries(running.StartedIn).ShouldBeEmpty();
        File.Exists(Path.Combine(Program, "data", "commandcenter.db")).ShouldBeTrue();
    }

    [Fact]
    public async Task Under_systemd_it_says_when_it_is_ready_and_when_it_stops_and_logs_for_the_journal()
    {
        Skip();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is Linux.");
        var folder = Directory.CreateTempSubdirectory("commandcenter-").FullName;
        using var notified = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var path = Path.Combine(folder, "notify");
        notified.Bind(new UnixDomainSocketEndPoint(path));
        await using (var running = await Running.StartAsync(("NOTIFY_SOCKET", path), ("SYSTEMD_EXEC_PID", "own")))
        {
            (await ReceiveAsync(notified)).ShouldBe("READY=1");
            running.Output.ShouldContain("<6>{");
            await running.TerminateAsync();
            (await ReceiveAsync(notified)).ShouldBe("STOPPING=1");
            running.ExitCode.ShouldBe(0);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Unit_file_and_web_config_are_part_of_it()
    {
        Skip();
        File.ReadAllText(Path.Combine(Program, "commandcenter.service")).ShouldContain("Type=notify");
        File.ReadAllText(Path.Combine(Program, "web.config")).ShouldContain("AspNetCoreModuleV2");
        Directory.Exists(Path.Combine(Program, "node_modules")).ShouldBeFalse();
        File.Exists(Path.Combine(Program, "Properties", "launchSettings.json")).ShouldBeFalse();
    }

    private static void Skip() => Assert.SkipWhen(Program.Length == 0, "Nothing was published: .ci/published does, and runs these.");

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

            // systemd tells a service by its process id, which only the shell that becomes the service knows beforehand.
            var own = environment.Any(variable => variable.Value == "own") ? "export SYSTEMD_EXEC_PID=$$; " : "";
            var start = new ProcessStartInfo("/bin/sh")
            {
                UseShellExecute = false,
                WorkingDirectory = elsewhere,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                ArgumentList = { "-c", $"{own}exec \"$@\"", "sh", Runtime.Length > 0 ? Path.Combine(Runtime, "dotnet") : Path.Combine(Program, "CommandCenter.Web") },
            };
            foreach (var argument in arguments.Append($"--urls={address}"))
            {
                start.ArgumentList.Add(argument);
            }

            start.Environment.Clear();
            start.Environment["PATH"] = "/nowhere";
            start.Environment["DOTNET_ROOT"] = Runtime.Length > 0 ? Runtime : "/nowhere";
            start.Environment["DOTNET_MULTILEVEL_LOOKUP"] = "0";
            foreach (var (name, value) in environment.Where(variable => variable.Value != "own"))
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
