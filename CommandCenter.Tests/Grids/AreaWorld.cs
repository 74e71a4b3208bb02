using CommandCenter.Data.Events;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Storage;
using CommandCenter.Tests.Benchmarks.Grids;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Grids;

/// <summary>A store in a folder of its own, with everything that areas need.</summary>
internal sealed class AreaWorld : IAsyncDisposable
{
    private readonly string _folder;

    private AreaWorld(string folder, Store store, MovableClock clock)
    {
        (_folder, Store, Clock) = (folder, store, clock);
        Areas = new AreaStore(store);
        Directory = new AreaDirectory(Areas, clock);
        Import = new AreaImport(store, Directory);
        Log = new EventLog(store);
    }

    public Store Store { get; }

    public MovableClock Clock { get; }

    public AreaStore Areas { get; }

    public AreaDirectory Directory { get; }

    public AreaImport Import { get; }

    public EventLog Log { get; }

    public static async Task<AreaWorld> CreateAsync()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("areas-").FullName;
        var clock = new MovableClock(new DateTimeOffset(2026, 6, 1, 4, 0, 0, TimeSpan.Zero));
        var store = new Store(
            new StorageOptions { ConnectionString = $"Data Source={Path.Combine(folder, "store.db")}" }, clock, NullLogger<Store>.Instance);
        await new Schema(store, clock, NullLogger<Schema>.Instance).MigrateAsync(CancellationToken.None);
        return new AreaWorld(folder, store, clock);
    }

    /// <summary>Uploads areas.</summary>
    public Task<AreaImportReport> UploadAsync(IEnumerable<TiledArea> areas, DateOnly? validFrom = null, bool partial = false) =>
        UploadAsync(GeoJsonFile.Of(areas), validFrom, partial);

    public async Task<AreaImportReport> UploadAsync(byte[] file, DateOnly? validFrom = null, bool partial = false, CoordinateSystem crs = CoordinateSystem.Wgs84) =>
        (await Import.RunAsync(new MemoryStream(file), new AreaImportRequest(crs, validFrom, partial), CancellationToken.None)).Report;

    public ValueTask DisposeAsync()
    {
        Import.Dispose();
        Directory.Dispose();
        Store.Dispose();
        SqliteConnection.ClearAllPools();
        System.IO.Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class MovableClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
