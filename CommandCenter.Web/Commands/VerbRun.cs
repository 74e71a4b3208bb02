using System.Runtime.InteropServices;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Grids;
using CommandCenter.Web.Hosting;
using Spectre.Console;

namespace CommandCenter.Web.Commands;

/// <summary>What a verb has while it runs: the program's services under the same settings as the server's, a terminal, and Ctrl-C.</summary>
internal sealed class VerbRun : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly IReadOnlyList<string> _settings;
    private ServiceProvider? _services;

    public VerbRun(Verb verb, IReadOnlyList<string> settings)
    {
        (Verb, _settings) = (verb, settings);
        Console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Out) });
        if (System.Console.IsOutputRedirected)
        {
            // A file has no width: lines are cut where people read them, not here.
            Console.Profile.Width = 200;
        }

        Steps = new VerbSteps(System.Console.Error, System.Console.IsErrorRedirected);

        // The work ends where nothing is half done; a second Ctrl-C ends the process.
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            _signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = !_stop.IsCancellationRequested;
                _stop.Cancel();
            }));
        }
    }

    public Verb Verb { get; }

    /// <summary>Standard output, for tables and colours where it is a terminal.</summary>
    public IAnsiConsole Console { get; }

    public VerbSteps Steps { get; }

    /// <summary>Cancelled by Ctrl-C.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>The settings as the server would read them, and the program's services.</summary>
    /// <exception cref="VerbRefusedException">Settings are wrong; names all of them.</exception>
    public IServiceProvider Services => _services ??= Build();

    public StorageOptions Storage => Get<StorageOptions>();

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Writes a text of the verb's own, named without its prefix, as a line of standard output.</summary>
    public void Say(string key, params object?[] arguments) => Line(VerbText.Get($"{Verb.Key}.{key}", arguments));

    /// <summary>Writes a line as it is.</summary>
    public void Line(string text) => System.Console.Out.WriteLine(text);

    /// <summary>Refuses with a text of the verb's own.</summary>
    public VerbRefusedException Refused(string key, params object?[] arguments) => new(VerbText.Get($"{Verb.Key}.{key}", arguments));

    /// <summary>Makes sure that the database is there and has this program's schema.</summary>
    /// <exception cref="VerbRefusedException">It is not, or has not; says what to run.</exception>
    public async Task RequireSchemaAsync()
    {
        var plan = await Get<Schema>().PlanAsync(Stopped);
        if (!plan.Exists)
        {
            throw new VerbRefusedException(VerbText.Get("NoDatabase", plan.Database));
        }

        if (plan.Pending.Count > 0)
        {
            throw new VerbRefusedException(VerbText.Get("NotMigrated", plan.Database, plan.Pending.Count));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        _stop.Dispose();
    }

    /// <summary>What is wrong with the settings, as one text; null when nothing is.</summary>
    public static string? Problems(IReadOnlyList<string> settings) => Problems(Configured(settings));

    private static WebApplicationBuilder Configured(IReadOnlyList<string> settings)
    {
        var builder = WebApplication.CreateBuilder(ServiceHosting.Options([.. settings]));
        builder.AddHosting();
        return builder;
    }

    private static string? Problems(WebApplicationBuilder builder)
    {
        var problems = builder.ConfigurationCheck().Problems;
        return problems.Count == 0 ? null : VerbText.Get("BadSettings", problems.Count) + string.Concat(problems.Select(problem => $"\n  - {problem}"));
    }

    private ServiceProvider Build()
    {
        var builder = Configured(_settings);
        builder.Logging.ClearProviders();
        builder.Services.AddIncidents();
        builder.Services.AddGrids();
        builder.Services.AddAccountStorage();
        return Problems(builder) is { } problems ? throw new VerbRefusedException(problems) : builder.Services.BuildServiceProvider();
    }
}
