using System.Data.Common;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Live;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;
using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Storage;

/// <summary>Old events go into files; nothing is lost, nothing is there twice, positions stay what they are.</summary>
public abstract partial class StorageContract
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Files_and_log_together_hold_every_event_once(int seed)
    {
        using var archive = new ArchiveFolder();
        await WriteOldIncidentsAsync(seed, incidents: 60);
        var whole = await WholeLogAsync();
        var open = await OpenAsync();

        await ArchiveFolder.RunAsync(archive.Archiver(_store), _store);
        await ArchiveFolder.RunAsync(archive.Archiver(_store), _store);

        var through = await _log.ArchivedThroughAsync(Ended);
        through.ShouldBe(whole.Count - ArchiveFolder.Newest);
        (await archive.ReadAsync(_database)).Select(e => (e.Position, e.RecordedAt, e.Actor, e.SubjectId))
            .ShouldBe(whole.Where(e => e.Position <= through).Select(e => (e.Position, e.RecordedAt, e.Actor, e.SubjectId)));
        var rest = await _log.ReadAfterAsync(0, 100_000, Ended);
        rest.ShouldBe(whole.Where(e => e.Position > through || e.SubjectId == 0 || open.Contains(e.SubjectId)));
        (await _log.HeadAsync(Ended)).ShouldBe(whole.Count);
        (await TakeInAsync(Report())).Id.ShouldBe(whole.Count + 1);
    }

    [Fact]
    public async Task The_board_and_what_returning_clients_resume_from_are_the_same_after_archiving()
    {
        using var archive = new ArchiveFolder();
        await WriteOldIncidentsAsync(seed: 8, incidents: 4_500);
        var whole = await WholeLogAsync();
        var folded = LiveBoard.Apply(LiveBoard.Empty, whole);

        await ArchiveFolder.RunAsync(archive.Archiver(_store, mostInFile: 1_000, EventArchiver.NewestKept), _store);

        (await _log.ArchivedThroughAsync(Ended)).ShouldBe(whole.Count - EventArchiver.NewestKept);
        (await new BoardLoader(_store).LoadAsync(Ended)).Same(folded).ShouldBeTrue();
        var stale = LiveBoard.Apply(LiveBoard.Empty, whole[..10]);
        var rest = await _log.ReadAfterAsync(stale.Position, 100_000, Ended);
        Should.Throw<BoardMismatchException>(() => LiveBoard.Apply(stale, rest));
    }

    [Fact]
    public async Task What_was_open_at_its_archiving_leaves_the_log_when_it_is_closed_and_is_in_one_file_only()
    {
        using var archive = new ArchiveFolder();
        await WriteOldIncidentsAsync(seed: 3, incidents: 20);
        await ArchiveFolder.RunAsync(archive.Archiver(_store), _store);
        var files = await archive.ReadAsync(_database);
        var open = (await OpenAsync()).Where(id => id <= files.Count).ToList();
        open.ShouldNotBeEmpty();
        foreach (var id in open)
        {
            (await _log.HistoryAsync(Sight.OfTheProgram, id, Ended)).ShouldNotBeEmpty();
            await CloseAsync(id);
        }

        await ArchiveFolder.RunAsync(archive.Archiver(_store), _store);

        var through = await _log.ArchivedThroughAsync(Ended);
        var stillOpen = await OpenAsync();
        (await _log.ReadAfterAsync(0, 100_000, Ended)).Where(e => e.Position <= through && e.SubjectId != 0).ShouldAllBe(e => stillOpen.Contains(e.SubjectId));
        open.ShouldAllBe(id => !stillOpen.Contains(id));
        (await archive.ReadAsync(_database)).Select(e => e.Position).ShouldBe(Enumerable.Range(1, (int)through).Select(i => (long)i));
        (await _log.HistoryAsync(Sight.OfTheProgram, open[0], Ended)).ShouldAllBe(e => e.Position > through);
    }

    [Theory]
    [InlineData("DELETE FROM event_log")]
    [InlineData("DELETE FROM event_log WHERE position > (SELECT MAX(to_position) FROM event_archive)")]
    [InlineData("DELETE FROM event_log WHERE subject_id IN (SELECT id FROM incident WHERE status < 80)")]
    [InlineData("UPDATE event_log SET actor = 'x' WHERE position = (SELECT MIN(position) FROM event_log)")]
    [InlineData("DELETE FROM event_archive")]
    [InlineData("UPDATE event_archive SET to_position = to_position + 1, events = events + 1")]
    public async Task The_log_and_the_record_of_its_archives_refuse_every_other_edit(string statement)
    {
        using var archive = new ArchiveFolder();
        await WriteOldIncidentsAsync(seed: 4, incidents: 20);
        await ArchiveFolder.RunAsync(archive.Archiver(_store), _store);
        var before = await _log.ReadAfterAsync(0, 100_000, Ended);

        await Should.ThrowAsync<DbException>(_database.ExecuteAsync(statement));

        (await _log.ReadAfterAsync(0, 100_000, Ended)).ShouldBe(before);
    }

    [Fact]
    public async Task Young_events_and_whatever_follows_them_stay()
    {
        using var archive = new ArchiveFolder();
        var now = DateTime.UtcNow;
        await _store.WriteAsync(
            session => new[] { now.AddDays(-400), now.AddDays(-400), now.AddDays(-1), now.AddDays(-400), now.AddDays(-400), now, now, now, now, now }
                .Select(at => session.Append(SomeEvent, 0, "x", at)).ToList(),
            Ended);

        (await ArchiveFolder.RunAsync(archive.Archiver(_store), _store)).ShouldBe(2);

        (await _log.ArchivedThroughAsync(Ended)).ShouldBe(2);
    }

    [Fact]
    public async Task A_run_that_was_cut_off_before_it_was_recorded_is_done_again_and_its_leavings_do_no_harm()
    {
        using var archive = new ArchiveFolder();
        await WriteOldIncidentsAsync(seed: 5, incidents: 20);
        var whole = await WholeLogAsync();
        await File.WriteAllTextAsync(Path.Combine(archive.Folder, "events-000000000001.abc.part"), "half", Ended);
        await using (var blocked = await _database.ConnectAsync())
        {
            await blocked.ExecuteAsync(_database.Options.Provider == StorageProvider.Sqlite
                ? "CREATE TRIGGER stop_here BEFORE INSERT ON event_archive BEGIN SELECT RAISE(ABORT, 'stop'); END"
                : "CREATE TRIGGER stop_here ON event_archive AFTER INSERT AS BEGIN SET NOCOUNT ON; THROW 51001, N'stop', 1; END");
            await Should.ThrowAsync<DbException>(ArchiveFolder.RunAsync(archive.Archiver(_store), _store));
            (await WholeLogAsync()).ShouldBe(whole);
            await blocked.ExecuteAsync("DROP TRIGGER stop_here");
        }

        await ArchiveFolder.RunAsync(archive.Archiver(_store), _store);

        (await archive.ReadAsync(_database)).Select(e => e.Position).ShouldBe(whole.Take(whole.Count - ArchiveFolder.Newest).Select(e => e.Position));
        Directory.EnumerateFiles(archive.Folder, "*.part").ShouldBeEmpty();
        Directory.EnumerateFiles(archive.Folder).Count().ShouldBe((await archive.NamesAsync(_database)).Count);
    }

    [Fact]
    public async Task A_folder_that_takes_no_file_leaves_the_log_as_it_is()
    {
        using var archive = new ArchiveFolder();
        await WriteOldIncidentsAsync(seed: 6, incidents: 10);
        var whole = await WholeLogAsync();
        var archiver = archive.Archiver(_store);
        Directory.Delete(archive.Folder);

        await Should.ThrowAsync<IOException>(ArchiveFolder.RunAsync(archiver, _store));

        (await WholeLogAsync()).ShouldBe(whole);
        (await _log.ArchivedThroughAsync(Ended)).ShouldBe(0);
        Directory.CreateDirectory(archive.Folder);
    }

    [Fact]
    public async Task Two_nodes_that_archive_at_once_record_each_event_once()
    {
        using var archive = new ArchiveFolder();
        await WriteOldIncidentsAsync(seed: 7, incidents: 40);
        var whole = await WholeLogAsync();
        var other = await _database.OpenStoreAsync();

        await Task.WhenAll(Run(_store), Run(other));

        (await archive.ReadAsync(_database)).Select(e => e.Position).ShouldBe(whole.Take(whole.Count - ArchiveFolder.Newest).Select(e => e.Position));

        // One may find the other's part file gone, which only says that it was too late.
        async Task Run(Store store)
        {
            try
            {
                await ArchiveFolder.RunAsync(archive.Archiver(store), store);
            }
            catch (Exception e) when (e is IOException or InvalidDataException)
            {
                await ArchiveFolder.RunAsync(archive.Archiver(store), store);
            }
        }
    }

    /// <summary>Incidents of two years ago, handled to different ends, and events that concern none.</summary>
    private Task<int> WriteOldIncidentsAsync(int seed, int incidents) => _store.WriteAsync(
        session =>
        {
            var random = new Random(seed);
            var at = session.Now.AddDays(-700);
            for (var i = 0; i < incidents; i++)
            {
                at = at.AddMinutes(random.Next(1, 90));
                var id = IncidentStore.TakeIn(session, [Report($"第 {i} 件")], at)[0].Id;
                for (var status = IncidentStatus.Reported; random.Next(4) > 0 && IncidentLifecycle.Next(status) is { } next; status = next)
                {
                    at = at.AddMinutes(random.Next(1, 90));
                    IncidentStore.Move(session, id, next, "desk", "已处理", at);
                }

                if (random.Next(10) == 0)
                {
                    session.Append(new AreasReplaced(CountyTime.Day(at), 131, 0), 0, "admin", at);
                }
            }

            return 0;
        },
        Ended);

    private async Task<HashSet<long>> OpenAsync()
    {
        await using var connection = await _database.ConnectAsync();
        return [.. await connection.QueryAsync<long>("SELECT id FROM incident WHERE status < 80")];
    }

    private async Task CloseAsync(long id)
    {
        foreach (var to in (IncidentStatus[])[IncidentStatus.Accepted, IncidentStatus.InProgress, IncidentStatus.Closed])
        {
            await _incidents.MoveAsync(Sight.OfTheProgram, id, to, "desk", null, Ended);
        }
    }

    private sealed class ArchiveFolder : IDisposable
    {
        public const int Newest = 5;

        public string Folder { get; } = Directory.CreateTempSubdirectory("archive-").FullName;

        public EventArchiver Archiver(Store store, int mostInFile = 17, int newest = Newest, TimeProvider? time = null, ILogger<EventArchiver>? logger = null) => new(
            store,
            new EventArchiveOptions { ArchiveEventsAfterDays = EventArchiveOptions.FewestDays, ArchiveFolder = Folder },
            time ?? TimeProvider.System,
            logger ?? NullLogger<EventArchiver>.Instance)
        {
            MostInFile = mostInFile,
            Newest = newest,
        };

        /// <summary>As the work runs under its lease. Each store has its own here, as two nodes have that both believe to hold it.</summary>
        public static async Task<long> RunAsync(EventArchiver archiver, Store store)
        {
            var lease = await new LeaseStore(store).TryTakeAsync($"archive {store.GetHashCode()}", "test", Long, Ended);
            return await archiver.RunAsync(lease.ShouldNotBeNull(), Ended);
        }

        public async Task<List<(string Name, string Sha256)>> NamesAsync(TestDatabase database)
        {
            await using var connection = await database.ConnectAsync();
            return [.. await connection.QueryAsync<(string, string)>("SELECT file_name, sha256 FROM event_archive ORDER BY to_position")];
        }

        /// <summary>Every event of every recorded file, in the order of the record.</summary>
        public async Task<List<Line>> ReadAsync(TestDatabase database)
        {
            var events = new List<Line>();
            foreach (var (name, sha256) in await NamesAsync(database))
            {
                var bytes = await File.ReadAllBytesAsync(Path.Combine(Folder, name), Ended);
                Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(sha256);
                using var reader = new StreamReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress));
                while (await reader.ReadLineAsync(Ended) is { } line)
                {
                    events.Add(JsonSerializer.Deserialize<Line>(line, JsonSerializerOptions.Web)!);
                }
            }

            return events;
        }

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }

    private sealed record Line(long Position, DateTime RecordedAt, string Kind, long SubjectId, string Actor, JsonElement Payload);
}
