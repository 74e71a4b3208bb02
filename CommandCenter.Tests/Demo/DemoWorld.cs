using CommandCenter.Data.Accounts;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Events;
using CommandCenter.Data.Forces;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Demo;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Tests.Demo;

/// <summary>An empty store in a folder of its own, with the demonstration on it and a clock that the test sets.</summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("demo-").FullName;
    private ServiceProvider _services = null!;

    public SetClock Clock { get; } = new(new DateTime(2026, 11, 20, 6, 0, 0, DateTimeKind.Utc));

    public DemoOptions Options { get; } = new() { Enabled = true };

    public int Days { get; init; } = 90;

    public DemoSeeder Seeder => _services.GetRequiredService<DemoSeeder>();

    public DemoStream Stream => _services.GetRequiredService<DemoStream>();

    public Store Store => _services.GetRequiredService<Store>();

    public EventLog Log => _services.GetRequiredService<EventLog>();

    public IncidentQueries Queries => _services.GetRequiredService<IncidentQueries>();

    public IncidentStore Incidents => _services.GetRequiredService<IncidentStore>();

    public AreaDirectory Areas => _services.GetRequiredService<AreaDirectory>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static async Task<DemoWorld> BeginAsync(int days = 90)
    {
        var world = new DemoWorld { Days = days };
        await world.StartAsync();
        return world;
    }

    /// <summary>Starts the program anew on the same store.</summary>
    public async Task RestartAsync()
    {
        await _services.DisposeAsync();
        await StartAsync();
    }

    public async Task<List<LoggedEvent>> EventsAsync()
    {
        var all = new List<LoggedEvent>();
        while (await Log.ReadAfterAsync(all.Count, 10_000, CancellationToken.None) is { Count: > 0 } page)
        {
            all.AddRange(page);
        }

        return all;
    }

    public async Task<List<Incident>> IncidentsAsync()
    {
        var all = new List<Incident>();
        while (await Queries.ListAsync(Sight.OfTheProgram, new IncidentFilter(null, null, null, null, null, all.Count == 0 ? null : all[^1].Id, 10_000), CancellationToken.None) is { Count: > 0 } page)
        {
            all.AddRange(page);
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private DemoSeeder Seeded(IServiceProvider services) => new(
        services.GetRequiredService<Store>(),
        services.GetRequiredService<EventLog>(),
        services.GetRequiredService<IncidentQueries>(),
        services.GetRequiredService<AreaImport>(),
        services.GetRequiredService<AreaDirectory>(),
        services.GetRequiredService<UnitStore>(),
        Clock,
        Microsoft.Extensions.Logging.Abstractions.NullLogger<DemoSeeder>.Instance) { Days = Days };

    private async Task StartAsync()
    {
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Clock)
            .AddStorage(new StorageOptions { ConnectionString = $"Data Source={Path.Combine(_folder, "store.db")}" })
            .AddForceStorage()
            .AddIncidents()
            .AddGridStorage()
            .AddSingleton(Options)
            .AddSingleton(Seeded)
            .AddSingleton<DemoStream>()
            .AddStatisticStorage()
            .AddSingleton<DemoStatistics>()
            .AddDisputeStorage()
            .AddSingleton(services => ActivatorUtilities.CreateInstance<DemoDisputes>(services).Back(120))
            .BuildServiceProvider();
        await _services.GetRequiredService<Schema>().MigrateAsync(CancellationToken.None);
    }
}

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class SetClock(DateTime utc) : TimeProvider
{
    public DateTime Utc { get; set; } = utc;

    public override DateTimeOffset GetUtcNow() => new(Utc, TimeSpan.Zero);
}
