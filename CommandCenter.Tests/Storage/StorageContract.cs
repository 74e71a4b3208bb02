using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;

namespace CommandCenter.Tests.Storage;

/// <summary>
/// What every database owes the program. The parts stand in the files named after them; <see cref="SqliteStorageTests"/> and
/// <see cref="SqlServerStorageTests"/> run all of it.
/// </summary>
public abstract partial class StorageContract : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private Store _store = null!;
    private IncidentStore _incidents = null!;
    private IncidentQueries _queries = null!;
    private EventLog _log = null!;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = NewDatabase();
        await _database.CreateAsync();
        _store = await _database.OpenStoreAsync();
        (_incidents, _queries, _log) = (new IncidentStore(_store), new IncidentQueries(_store), new EventLog(_store));
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract TestDatabase NewDatabase();

    private static IncidentReport Report(string title = "占用消防通道", string? externalId = null) => new(
        "grid-worker", externalId, "0401", Urgency.Normal, title, Description: null, 105.1, 30.2, "wgs84", GridCode: null, OutsideGrids: true,
        Address: null, OccurredAt: null, ReporterName: null, ReporterPhone: null);

    private static IncidentMoved SomeEvent => new(IncidentStatus.Reported, IncidentStatus.Accepted, Note: null);

    private async Task<TakenIn> TakeInAsync(IncidentReport report) => (await _incidents.TakeInAsync([report], Ended))[0];

    private async Task<List<LoggedEvent>> WholeLogAsync()
    {
        var log = await _log.ReadAfterAsync(0, 100_000, Ended);
        log.Select(e => e.Position).ShouldBe(Enumerable.Range(1, log.Count).Select(i => (long)i));
        return [.. log];
    }
}

public sealed class SqliteStorageTests : StorageContract
{
    private protected override TestDatabase NewDatabase() => new SqliteDatabase();
}

[Collection("SQL Server")]
public sealed class SqlServerStorageTests : StorageContract
{
    private protected override TestDatabase NewDatabase() => new SqlServerDatabase();
}
