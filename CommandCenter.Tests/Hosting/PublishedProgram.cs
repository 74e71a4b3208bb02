using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CommandCenter.Tests.Hosting;

/// <summary>What was published, running: nothing on PATH, another working directory, an empty database.</summary>
internal sealed class PublishedProgram : IAsyncDisposable
{
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    private PublishedProgram(Process process, Uri address, string startedIn) => (_process, Address, StartedIn) = (process, address, startedIn);

    /// <summary>Where it lies; empty when nothing was published.</summary>
    public static string Folder { get; } = Environment.GetEnvironmentVariable("COMMANDCENTER_PUBLISHED") ?? "";

    /// <summary>The shared runtimes that it runs over; empty when it brings its own.</summary>
    public static string Runtime { get; } = Environment.GetEnvironmentVariable("COMMANDCENTER_PUBLISHED_RUNTIME") ?? "";

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

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

    public static async Task<PublishedProgram> StartAsync(params (string Name, string Value)[] environment)
    {
        if (Directory.Exists(Path.Combine(Folder, "data")))
        {
            Directory.Delete(Path.Combine(Folder, "data"), recursive: true);
        }

        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        free.Stop();
        var elsewhere = Directory.CreateTempSubdirectory("elsewhere-").FullName;
        var start = Start(elsewhere, $"--urls={address}");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var running = new PublishedProgram(Process.Start(start)!, address, elsewhere);
        running.Follow();
        await running.WaitUntilReadyAsync();
        return running;
    }

    /// <summary>Runs a verb of the program on the database of the one that runs.</summary>
    /// <returns>The last line that it printed.</returns>
    public async Task<string> RunAsync(params string[] words)
    {
        using var verb = Process.Start(Start(StartedIn, words))!;
        var (output, error) = (verb.StandardOutput.ReadToEndAsync(Ended), verb.StandardError.ReadToEndAsync(Ended));
        await verb.WaitForExitAsync(Ended).WaitAsync(TimeSpan.FromSeconds(60), Ended);
        verb.ExitCode.ShouldBe(0, $"{await output}{await error}");
        return (await output).TrimEnd().Split('\n')[^1].TrimEnd('\r');
    }

    /// <summary>A client with a key for everything, which the program's own verb made.</summary>
    public async Task<HttpClient> LetInAsync()
    {
        var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Add(TestAccess.KeyHeader, await RunAsync("apikey", "add", "--name", $"test {Guid.NewGuid():N}", "--scopes", "intake,read,live,areas"));
        return http;
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

    private static ProcessStartInfo Start(string folder, params string[] words)
    {
        var start = new ProcessStartInfo(Runtime.Length > 0 ? Path.Combine(Runtime, "dotnet") : Path.Combine(Folder, "CommandCenter.Web"))
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in Runtime.Length > 0 ? [Path.Combine(Folder, "CommandCenter.Web.dll"), .. words] : words)
        {
            start.ArgumentList.Add(word);
        }

        start.Environment.Clear();
        start.Environment["PATH"] = "/nowhere";
        start.Environment["DOTNET_ROOT"] = Runtime.Length > 0 ? Runtime : "/nowhere";
        start.Environment["DOTNET_MULTILEVEL_LOOKUP"] = "0";
        return start;
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
