using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CommandCenter.Tests.Browser;

/// <summary>The application as a process of its own, which can be killed like one; its store outlives it.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("server-").FullName;
    private Process? _process;

    private ServerProcess()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/"));
        Http = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public static async Task<ServerProcess> StartAsync()
    {
        var server = new ServerProcess();
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("dotnet", "CommandCenter.Web.dll")
        {
            UseShellExecute = false,
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development", // static files straight from the source folders
                ["ASPNETCORE_URLS"] = Address.ToString(),
                ["Urls"] = Address.ToString(),
                ["Demo__Enabled"] = "false",
                ["ConnectionStrings__CommandCenter"] = $"Data Source={Path.Combine(_folder, "wall.db")}",
                ["Logging__LogLevel__Default"] = "Warning",
            },
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Trace.WriteLine(line.Data);
        _process.ErrorDataReceived += (_, line) => Trace.WriteLine(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(100))
        {
            _process.HasExited.ShouldBeFalse("the server ended by itself");
            try
            {
                if ((await Http.GetAsync(new Uri("healthz/live", UriKind.Relative))).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }

        throw new TimeoutException("The server did not start within a minute.");
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
    }

    public ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            Kill();
        }

        Http.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
