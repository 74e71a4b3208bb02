using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Live;
using CommandCenter.Data.Privacy;
using CommandCenter.Data.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Live;

/// <summary>A real SQLite file in a folder of its own, as one process sees it; several may see the same.</summary>
public sealed class LiveStore : IDisposable
{
    private readonly bool _ownsFolder;

    private LiveStore(string folder, bool ownsFolder)
    {
        (Folder, _ownsFolder) = (folder, ownsFolder);
        Options = new StorageOptions { ConnectionString = $"Data Source={Path.Combine(folder, "live.db")}" };
        Store = new Store(Options, TimeProvider.System, NullLogger<Store>.Instance);
        Log = new EventLog(Store);
    }

    public string Folder { get; }

    public StorageOptions Options { get; }

    public Store Store { get; }

    public EventLog Log { get; }

    public BoardLoader Loader => new(Store);

    public static async Task<LiveStore> CreateAsync()
    {
        var store = new LiveStore(Directory.CreateTempSubdirectory("live-").FullName, ownsFolder: true);
        await new Schema(store.Store, TimeProvider.System, NullLogger<Schema>.Instance).MigrateAsync(CancellationToken.None);
        return store;
    }

    /// <summary>The same file, with connections and a writer of its own.</summary>
    public LiveStore OpenAgain() => new(Folder, ownsFolder: false);

    public Task WriteAsync(IEnumerable<LoggedEvent> events)
    {
        var batch = events.ToList();
        return Store.WriteAsync(
            session =>
            {
                foreach (var e in batch)
                {
                    Write(session, e).ShouldBe(e.Position);
                }

                return true;
            },
            CancellationToken.None);
    }

    public async Task<List<LoggedEvent>> ReadAllAsync() => [.. await Log.ReadAfterAsync(0, int.MaxValue, CancellationToken.None)];

    /// <summary>The board by folding the whole log.</summary>
    public async Task<LiveBoard> RebuildAsync() => LiveBoard.Apply(LiveBoard.Empty, await ReadAllAsync());

    public void Dispose()
    {
        Store.Dispose();
        SqliteConnection.ClearAllPools();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static long Write(WriteSession session, LoggedEvent e)
    {
        switch (e.Event)
        {
            case IncidentReported r:
                var report = new IncidentReport(
                    r.Source, null, r.Category, r.Urgency, e.Title!, null, r.Longitude, r.Latitude, null, r.GridCode, r.OutsideGrids,
                    null, null, null, null);
                return IncidentStore.TakeIn(session, [report], e.RecordedAt)[0].Id;
            case IncidentMoved m:
                var position = session.NextPosition;
                IncidentStore.Move(session, e.SubjectId, m.To, e.Actor, m.Note, e.RecordedAt).Outcome.ShouldBe(MoveOutcome.Moved);
                return position;
            case IncidentReminded reminder:
                return IncidentReminders.Write(session, e.SubjectId, reminder, e.Actor, e.RecordedAt);
            case IncidentsErased erased:
                var told = session.NextPosition;
                session.Flush();
                PersonalMatter.All[0].Erase(session, erased.Incidents, e.RecordedAt);
                return told;
            default:
                return session.Append(e.Event, e.SubjectId, e.Actor, e.RecordedAt);
        }
    }
}
