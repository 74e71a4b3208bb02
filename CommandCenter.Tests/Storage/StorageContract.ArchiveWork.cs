using CommandCenter.Data.Events;
using CommandCenter.Data.Nodes;
using CommandCenter.Tests.Live;

namespace CommandCenter.Tests.Storage;

/// <summary>Archiving as the work of one node, under its lease.</summary>
public abstract partial class StorageContract
{
    [Fact]
    public async Task A_node_that_was_overtaken_takes_nothing_out_of_the_log()
    {
        using var archive = new ArchiveFolder();
        await WriteOldIncidentsAsync(seed: 9, incidents: 40);
        await ArchiveFolder.RunAsync(archive.Archiver(_store, newest: 60), _store);
        foreach (var id in (await OpenAsync()).Order().Take(3))
        {
            // What the next run takes out first.
            await CloseAsync(id);
        }

        var leases = new LeaseStore(_store);
        var lease = (await leases.TryTakeAsync("work", "a", Long, Ended)).ShouldNotBeNull();
        (await leases.TryTakeAsync("work", "a", Long, Ended)).ShouldNotBeNull().Fence.ShouldBeGreaterThan(lease.Fence);
        var (log, files) = (await _log.ReadAfterAsync(0, 100_000, Ended), await archive.NamesAsync(_database));

        await Should.ThrowAsync<LeaseLostException>(archive.Archiver(_store).RunAsync(lease, Ended));

        (await _log.ReadAfterAsync(0, 100_000, Ended)).ShouldBe(log);
        (await archive.NamesAsync(_database)).ShouldBe(files);
    }

    [Fact]
    public async Task That_there_is_nothing_to_archive_is_told_once_a_day()
    {
        using var archive = new ArchiveFolder();
        var (time, told) = (new ManualTime(), new LinesTold<EventArchiver>());
        var archiver = archive.Archiver(_store, time: time, logger: told);

        for (var hour = 0; hour < 25; hour++)
        {
            await ArchiveFolder.RunAsync(archiver, _store);
            time.Advance(TimeSpan.FromHours(1));
        }

        told.Lines.Count(line => line.StartsWith("Information: Nothing to archive", StringComparison.Ordinal)).ShouldBe(2);
        told.Lines.Count.ShouldBe(2);
    }
}
