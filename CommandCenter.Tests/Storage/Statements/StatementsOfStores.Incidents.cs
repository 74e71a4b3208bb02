using CommandCenter.Data.Accounts;
using CommandCenter.Data.Events;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Storage.Statements;

internal static partial class StatementsOfStores
{
    private static async Task IncidentsAsync(Store store)
    {
        var report = new IncidentReport(
            "110", "A-1", "0401", Urgency.Critical, "题", "述", 105.1, 30.2, "gcj02", "990101001001001", false, "址", DateTime.UnixEpoch, "张三", "138");
        var incidents = new IncidentStore(store);
        await incidents.TakeInAsync([report, report with { ExternalId = "A-2", Longitude = null, Latitude = null }], CancellationToken.None);
        await incidents.TakeInAsync([.. Enumerable.Range(0, 400).Select(i => report with { ExternalId = $"{i}" })], CancellationToken.None);
        await RemindersAsync(store);
        await incidents.MoveAsync(Sight.OfTheProgram, 1, IncidentStatus.InProgress, "desk", "好", CancellationToken.None);
        foreach (var (from, to) in new[] { (IncidentStatus.Reported, IncidentStatus.Accepted), (IncidentStatus.InProgress, IncidentStatus.Closed) })
        {
            var other = new RecordingSqlServer().Answering("SELECT status FROM incident WHERE id = @id", ("status", (int)from));
            using var another = new Store(other, TimeProvider.System, NullLogger<Store>.Instance);
            await new IncidentStore(another).MoveAsync(Sight.OfTheProgram, 1, to, "desk", "好", CancellationToken.None);
            Take(store, other);
        }

        var queries = new IncidentQueries(store);
        await queries.FindAsync(Sight.OfTheProgram, 1, CancellationToken.None);
        await queries.ListAsync(Sight.OfTheProgram, new IncidentFilter(null, null, null, null, null, null, 50), CancellationToken.None);
        var near = new RecordingSqlServer().Answering("AS metres", ("id", 7L), ("lon", 105.1), ("lat", 30.2), ("metres", 1.0)).Answering(
            "WHERE id IN", ("id", 7L), ("urgency", 1), ("status", 1), ("ReceivedAt", DateTime.UnixEpoch));
        using (var another = new Store(near, TimeProvider.System, NullLogger<Store>.Instance))
        {
            var all = new IncidentFilter(null, null, null, null, null, null, 50);
            var found = await new IncidentQueries(another).NearAsync(Sight.OfTheProgram, 105.1, 30.2, 500, all, after: null, CancellationToken.None);
            found.ShouldHaveSingleItem().Incident.Id.ShouldBe(7);
            await new IncidentQueries(another).NearAsync(Sight.OfTheProgram, 
                105.1, 30.2, 500, all with { Status = [IncidentStatus.Reported], Category = "04", Area = "990101", From = DateTime.UnixEpoch, To = DateTime.UnixEpoch },
                new Near<long>(3, 2), CancellationToken.None);
            Take(store, near);
        }

        await queries.ListAsync(Sight.OfTheProgram, 
            new IncidentFilter([IncidentStatus.Reported, IncidentStatus.Closed], "04", "990101", DateTime.UnixEpoch, DateTime.UnixEpoch, 9, 50), CancellationToken.None);
    }

    private static async Task RemindersAsync(Store store)
    {
        var due = new RecordingSqlServer()
            .Answering("SELECT fence FROM lease", ("fence", 1L))
            .Answering(
                "next_reminder_at < @now", ("id", 7L), ("status", (int)IncidentStatus.Reported), ("ReceivedAt", DateTime.UnixEpoch), ("AcceptBy", DateTime.UnixEpoch.AddHours(2)),
                ("FinishBy", DateTime.UnixEpoch.AddDays(7)), ("NextReminderAt", DateTime.UnixEpoch));
        using var another = new Store(due, TimeProvider.System, NullLogger<Store>.Instance);
        (await new IncidentReminders(another).RunAsync(new Lease("reminders", "node", 1, TimeSpan.FromSeconds(10)), CancellationToken.None)).ShouldBe(1);
        Take(store, due);
        await store.WriteAsync(
            session =>
            {
                IncidentReminders.Begin(session, session.Now);
                return true;
            },
            CancellationToken.None);
    }

    private static async Task EventsAsync(Store store)
    {
        var log = new EventLog(store);
        await log.HeadAsync(CancellationToken.None);
        using var watch = log.Watch();
        await watch.VersionAsync(CancellationToken.None);
        await log.ReadAfterAsync(3, 100, CancellationToken.None);
        await log.HistoryAsync(Sight.OfTheProgram, 3, CancellationToken.None);
        await log.ArchivedThroughAsync(CancellationToken.None);
        await ArchiveAsync(store);
    }

    private static async Task ArchiveAsync(Store store)
    {
        var folder = Directory.CreateTempSubdirectory("archive-").FullName;
        try
        {
            var options = new EventArchiveOptions { ArchiveEventsAfterDays = EventArchiveOptions.FewestDays, ArchiveFolder = folder };
            var server = new RecordingSqlServer()
                .Answering("SELECT MAX(position)", ("", 9L))
                .Answering("SELECT MIN(position)", ("", 2L))
                .Answering("SELECT fence FROM lease", ("", 1L))
                .Answering(
                    "position <= @to", ("position", 1L), ("RecordedAt", DateTime.UnixEpoch), ("kind", "k"), ("SubjectId", 1L), ("actor", "a"), ("payload", "{}"))
                .Stopping("INSERT INTO event_archive", "SELECT MAX(to_position)", ("", 1L));
            using var archived = new Store(server, TimeProvider.System, NullLogger<Store>.Instance);
            await new EventArchiver(archived, options, TimeProvider.System, NullLogger<EventArchiver>.Instance) { Newest = 0 }
                .RunAsync(new Lease("work", "a", 1, TimeSpan.FromMinutes(1)), CancellationToken.None);
            foreach (var statement in server.Statements)
            {
                ((RecordingSqlServer)store.Dialect).Statements.Enqueue(statement);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
