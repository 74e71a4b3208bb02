using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CommandCenter.Data.Storage;

namespace CommandCenter.Tests;

/// <summary>The program as its own process, on a database file in a folder of its own; killed with it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Ready = "/healthz/ready";

    // What was let in once is let in again when the program is started again on the same database.
    private static readonly ConcurrentDictionary<string, string> KeysOfFolders = new(StringComparer.Ordinal);

    private readonly List<string> _output = [];
    private readonly string[] _settings;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private Process _process;

    private ServerProcess(Uri address, string folder, string[] settings, IReadOnlyDictionary<string, string>? environment)
    {
        (Address, Folder, _settings, _environment) = (address, folder, settings, environment ?? new Dictionary<string, string>());
        Http = new HttpClient { BaseAddress = address };
        if (KeysOfFolders.TryGetValue(folder, out var key))
        {
            LetIn(key);
        }

        _process = Run();
    }

    public Uri Address { get; }

    /// <summary>Lets in what <see cref="Http"/> and <see cref="TestAccess"/> send; made when the server is ready for the first time.</summary>
    public string ApiKey { get; private set; } = "";

    /// <summary>Speaks to it, also after it was started again.</summary>
    public HttpClient Http { get; }

    /// <summary>Holds <c>commandcenter.db</c>.</summary>
    public string Folder { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public long WorkingSetBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Processor time it has used, all threads together.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>What it printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>Starts it and waits until it answers that it is ready.</summary>
    /// <param name="folder">An existing folder to go on in; a new one when null.</param>
    /// <param name="port">A port to come back on; a free one when null.</param>
    public static async Task<ServerProcess> StartAsync(string? folder = null, int? port = null, params string[] settings)
    {
        var server = Launch(folder, port, settings);
        await server.WaitUntilReadyAsync(TimeSpan.FromSeconds(60));
        return server;
    }

    /// <summary>Starts it and does not wait.</summary>
    public static ServerProcess Launch(string? folder = null, int? port = null, params string[] settings) => Launch(folder, port, environment: null, settings);

    /// <param name="environment">Variables that it gets besides those of the tests.</param>
    public static ServerProcess Launch(string? folder, int? port, IReadOnlyDictionary<string, string>? environment, params string[] settings)
    {
        folder ??= Directory.CreateTempSubdirectory("commandcenter-").FullName;
        var address = new Uri($"http://127.0.0.1:{port ?? FreePort()}");
        return new ServerProcess(address, folder, settings, environment);
    }

    /// <summary>Starts it once more, on the same port and database, and waits until it answers that it is ready.</summary>
    public Task StartAgainAsync()
    {
        _process.HasExited.ShouldBeTrue();
        _process.Dispose();
        _process = Run();
        return WaitUntilReadyAsync(TimeSpan.FromSeconds(60));
    }

    public async Task WaitUntilReadyAsync(TimeSpan atMost, string answers = Ready)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"The server ended with exit code {_process.ExitCode}:\n{Output}");
            }

            try
            {
                using var answer = await Http.GetAsync(new Uri(answers, UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    if (answers == Ready)
                    {
                        await LetInAsync();
                    }

                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            if (clock.Elapsed > atMost)
            {
                throw new TimeoutException($"The server was not ready within {atMost}:\n{Output}");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Ends it as a power cut would: SIGKILL, at once.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, as a service manager does: SIGTERM.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for it to end by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        Http.Dispose();
    }

    // Where the test has taken the store away, nobody can be let in, and need not be.
    private async Task LetInAsync()
    {
        if (ApiKey.Length > 0)
        {
            return;
        }

        try
        {
            LetIn(await TestAccess.KeyAsync(Database));
            KeysOfFolders[Folder] = ApiKey;
        }
        catch (StoreUnavailableException)
        {
            // Nobody can be let in, and need not be.
        }
    }

    private StorageOptions Database => new()
    {
        Provider = Setting("Storage:Provider") == nameof(StorageProvider.SqlServer) ? StorageProvider.SqlServer : StorageProvider.Sqlite,
        ConnectionString = Setting("ConnectionStrings:CommandCenter") ?? $"Data Source={Path.Combine(Folder, "commandcenter.db")}",
    };

    private void LetIn(string key)
    {
        ApiKey = key;
        TestAccess.Use(Address, key, Database);
        Http.DefaultRequestHeaders.Add(TestAccess.KeyHeader, key);
    }

    private string? Setting(string name) =>
        Array.FindLast(_settings, setting => setting.StartsWith($"--{name}=", StringComparison.Ordinal))?[(name.Length + 3)..];

    private Process Run()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "CommandCenter.Web.dll"),
                $"--urls={Address}",
                $"--contentRoot={AppContext.BaseDirectory}",
                $"--ConnectionStrings:CommandCenter=Data Source={Path.Combine(Folder, "commandcenter.db")}",
            },
        };
        foreach (var setting in _settings)
        {
            start.ArgumentList.Add(setting);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Note(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.Add(line);
            }
        }
    }
}
