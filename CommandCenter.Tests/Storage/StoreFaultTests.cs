using System.Data.Common;
using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Storage;

/// <summary>A file that can't serve: it is told why, nothing is kept in part, and work goes on when the fault has passed.</summary>
public sealed class StoreFaultTests : IAsyncDisposable
{
    private static readonly IncidentReport Report = new(
        "110", null, "04", Urgency.Normal, "题", null, null, null, null, null, false, null, null, null, null);

    private readonly SqliteDatabase _database = new();

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task While_another_process_holds_the_lock_writing_is_refused_and_reading_goes_on()
    {
        await _database.OpenStoreAsync();
        using var store = StoreWith(lockTimeoutSeconds: 1);
        await using var other = await _database.ConnectAsync();
        await other.ExecuteAsync("BEGIN IMMEDIATE");

        var refusal = await Should.ThrowAsync<StoreUnavailableException>(TakeInAsync(store));

        (refusal.Fault, refusal.OutcomeUnknown, refusal.RetryAfter > TimeSpan.Zero).ShouldBe((StoreFault.Locked, false, true));
        (await new EventLog(store).HeadAsync(Ended)).ShouldBe(0);
        await other.ExecuteAsync("ROLLBACK");
        (await TakeInAsync(store))[0].Number.ShouldEndWith("-00001");
    }

    [Fact]
    public async Task A_full_disk_leaves_nothing_of_what_did_not_fit_and_writing_goes_on_when_there_is_room()
    {
        var store = await _database.OpenStoreAsync();
        await TakeInAsync(store);
        var room = new Room(_database.Options, pages: 20);
        using var full = new Store(room, TimeProvider.System, NullLogger<Store>.Instance);
        var kept = 1L;
        StoreUnavailableException? refusal = null;
        while (refusal is null && kept < 2_000)
        {
            try
            {
                kept = (await TakeInAsync(full, 3))[^1].Id;
            }
            catch (StoreUnavailableException e)
            {
                refusal = e;
            }
        }

        (refusal?.Fault, refusal?.OutcomeUnknown).ShouldBe((StoreFault.Full, false));
        await ShouldHoldAsync(kept);
        room.Grow();
        (await TakeInAsync(full))[0].Id.ShouldBe(kept + 1);
        await ShouldHoldAsync(kept + 1);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_told_and_not_replaced_by_an_empty_one()
    {
        await _database.OpenStoreAsync();
        using var store = StoreWith();
        _database.Close();
        File.Move(_database.File, _database.File + ".aside");

        (await Should.ThrowAsync<StoreUnavailableException>(TakeInAsync(store))).Fault.ShouldBe(StoreFault.Away);
        (await Should.ThrowAsync<StoreUnavailableException>(new EventLog(store).HeadAsync(Ended))).Fault.ShouldBe(StoreFault.Away);

        File.Exists(_database.File).ShouldBeFalse();
        File.Move(_database.File + ".aside", _database.File);
        (await TakeInAsync(store))[0].Id.ShouldBe(1);
    }

    [Fact]
    public async Task A_damaged_header_is_told_at_start()
    {
        await MakeAsync();
        await OverwriteAsync(at: 0, length: 100);

        await ShouldNotStartAsync(StoreFault.Corrupt, "damaged");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_damaged_page_is_told_at_start(int page)
    {
        await MakeAsync();
        await OverwriteAsync(at: page == 1 ? 100 : (page - 1) * 4096, length: 2_000);

        await ShouldNotStartAsync(StoreFault.Corrupt, "backup");
    }

    [Fact]
    public async Task A_page_damaged_while_running_is_told_to_who_meets_it()
    {
        await MakeAsync();
        using var store = StoreWith();
        var pages = (int)(new FileInfo(_database.File).Length / 4096);
        for (var page = 2; page <= pages; page++)
        {
            await OverwriteAsync((page - 1) * 4096, 4096);
        }

        (await Should.ThrowAsync<StoreUnavailableException>(TakeInAsync(store))).Fault.ShouldBe(StoreFault.Corrupt);
        (await Should.ThrowAsync<StoreUnavailableException>(new EventLog(store).ReadAfterAsync(0, 100, Ended))).Fault.ShouldBe(StoreFault.Corrupt);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_told_and_left_as_it_is()
    {
        await File.WriteAllTextAsync(_database.File, "这不是数据库\n" + new string('x', 5_000), Ended);
        var before = await File.ReadAllBytesAsync(_database.File, Ended);

        await ShouldNotStartAsync(StoreFault.Corrupt, "not a SQLite database");

        (await File.ReadAllBytesAsync(_database.File, Ended)).ShouldBe(before);
    }

    [Fact]
    public async Task A_folder_that_can_not_be_made_is_told()
    {
        await File.WriteAllTextAsync(_database.File, "", Ended);
        using var store = new Store(
            new StorageOptions { ConnectionString = $"Data Source={_database.File}/inside/commandcenter.db" }, TimeProvider.System, NullLogger<Store>.Instance);

        var refusal = await Should.ThrowAsync<StoreUnavailableException>(TestDatabase.MigrateAsync(store));

        (refusal.Fault, refusal.MayPass).ShouldBe((StoreFault.Misconfigured, false));
        refusal.Message.ShouldContain("can't be made");
    }

    private static Task<TakenIn[]> TakeInAsync(Store store, int reports = 1) => new IncidentStore(store).TakeInAsync([.. Enumerable.Repeat(Report, reports)], Ended);

    private Store StoreWith(int lockTimeoutSeconds = 5) => new(
        new StorageOptions { ConnectionString = _database.Options.ConnectionString, LockTimeoutSeconds = lockTimeoutSeconds }, TimeProvider.System, NullLogger<Store>.Instance);

    private async Task MakeAsync()
    {
        using (var store = StoreWith())
        {
            await TestDatabase.MigrateAsync(store);
            await TakeInAsync(store, 200);
        }

        await _database.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        _database.Close();
    }

    private async Task OverwriteAsync(long at, int length)
    {
        await using var file = new FileStream(_database.File, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = at;
        await file.WriteAsync(Enumerable.Repeat((byte)0xA5, length).ToArray(), Ended);
    }

    private async Task ShouldNotStartAsync(StoreFault fault, string word)
    {
        using var store = StoreWith();

        var refusal = await Should.ThrowAsync<StoreUnavailableException>(TestDatabase.MigrateAsync(store));

        refusal.Fault.ShouldBe(fault);
        refusal.Message.ShouldContain(word);
    }

    /// <summary>State and log agree, and hold what was answered and nothing else.</summary>
    private async Task ShouldHoldAsync(long last)
    {
        (await _database.ScalarAsync<string>("PRAGMA integrity_check")).ShouldBe("ok");
        (await _database.ScalarAsync<long>("SELECT COUNT(*) FROM event_log")).ShouldBe(last);
        (await _database.ScalarAsync<long>("SELECT MAX(position) FROM event_log")).ShouldBe(last);
        (await _database.ScalarAsync<long>("SELECT COUNT(*) FROM incident")).ShouldBe(last);
        (await _database.ScalarAsync<long>("SELECT SUM(last_sequence) FROM incident_day")).ShouldBe(last);
    }

    /// <summary>A file that may grow by a few pages only.</summary>
    private sealed class Room(StorageOptions options, int pages) : SqliteDialect(options)
    {
        private DbConnection? _writer;

        public override DbConnection OpenWriter()
        {
            _writer = base.OpenWriter();
            _writer.Execute($"PRAGMA max_page_count = {_writer.ExecuteScalar<int>("PRAGMA page_count") + pages}");
            return _writer;
        }

        public void Grow() => _writer!.Execute("PRAGMA max_page_count = 1000000");
    }
}
