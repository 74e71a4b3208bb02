using System.Collections.Concurrent;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;
using CommandCenter.Tests.Storage;
using CommandCenter.Web.Nodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Nodes;

/// <summary>Nodes in this process, each with a store of its own on one file. Real time, short leases.</summary>
public sealed class LeasedWorkTests : IAsyncLifetime
{
    private static readonly LeasePace Quick = new()
    {
        Length = TimeSpan.FromSeconds(1),
        Renew = TimeSpan.FromMilliseconds(200),
        Margin = TimeSpan.FromMilliseconds(300),
        Ask = TimeSpan.FromMilliseconds(50),
        AfterFailure = TimeSpan.FromMilliseconds(50),
    };

    private readonly SqliteDatabase _database = new();
    private readonly List<Counting> _nodes = [];

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.StopAsync(CancellationToken.None);
            node.Dispose();
        }

        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Work_is_done_by_one_node_and_by_the_next_as_soon_as_that_one_stops()
    {
        var first = await NodeAsync("first");
        await first.RunsAsync(3);
        var second = await NodeAsync("second");
        await first.RunsAsync(first.Runs + 5);
        second.Runs.ShouldBe(0);

        await first.StopAsync(Ended);
        var stopped = first.Runs;

        await second.RunsAsync(2);
        first.Runs.ShouldBe(stopped);
        Counting.Overlapped.ShouldNotContain(_database.File);
    }

    [Fact]
    public async Task A_holder_that_is_overtaken_is_told_and_what_it_would_still_write_is_not_kept()
    {
        var first = await NodeAsync("first");
        await first.RunsAsync(1);

        // As after a long sleep of the machine: the lease is over, another has it, and the work goes on without knowing.
        await _database.ExecuteAsync("UPDATE lease SET holder = 'another', fence = fence + 1, expires_at = '2999-01-01T00:00:00.000Z'");

        (await first.Lost.WaitAsync(TimeSpan.FromSeconds(20), Ended)).ShouldBeTrue();
        var runs = first.Runs;
        await Should.ThrowAsync<LeaseLostException>(first.WriteAsync());
        (await _database.ScalarAsync<string>("SELECT holder FROM lease")).ShouldBe("another");
        first.Runs.ShouldBe(runs);
    }

    [Fact]
    public async Task A_holder_that_can_not_renew_stops_before_another_may_begin()
    {
        var first = await NodeAsync("first");
        await first.RunsAsync(1);
        await using var locked = await _database.ConnectAsync();
        await using (var blocking = await locked.BeginTransactionAsync(Ended))
        {
            // Nothing can be written, so nothing can be renewed, as with a database that is away.
            (await first.Lost.WaitAsync(TimeSpan.FromSeconds(20), Ended)).ShouldBeTrue();
            (await new LeaseStore(first.Store).ListAsync(Ended)).Single().IsHeld.ShouldBeTrue("the work ended before the lease did");
        }

        await first.RunsAsync(first.Runs + 2);
    }

    [Fact]
    public async Task A_lease_that_can_not_be_given_back_in_time_is_told_in_one_line()
    {
        var store = await _database.OpenStoreAsync();
        var leases = new LeaseStore(store);
        var told = new LinesTold<LeaseKeeper>();
        var keeper = new LeaseKeeper(leases, NodeIdentity.Of("first", "test"), Quick, TimeProvider.System, told);
        var lease = (await leases.TryTakeAsync("work", "a", TimeSpan.FromMinutes(1), Ended)).ShouldNotBeNull();
        await using (var locked = await _database.ConnectAsync())
        {
            await using var blocking = await locked.BeginTransactionAsync(Ended);
            await keeper.ReleaseAsync(lease);
        }

        told.Lines.ShouldHaveSingleItem().ShouldStartWith("Warning: The lease of work was not given back in time and ends by itself: ");
        told.Lines.ShouldAllBe(line => !line.Contains("+ trace", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Work_survives_a_fault_of_the_database_that_has_no_name_and_begins_again_when_it_is_gone()
    {
        var first = await NodeAsync("first");
        await first.RunsAsync(1);
        await _database.ExecuteAsync("ALTER TABLE event_log RENAME TO event_log_away");
        (await first.Lost.WaitAsync(TimeSpan.FromSeconds(20), Ended)).ShouldBeTrue();

        await _database.ExecuteAsync("ALTER TABLE event_log_away RENAME TO event_log");

        await first.RunsAsync(first.Runs + 2);
    }

    [Fact]
    public async Task Work_that_fails_is_tried_again_and_stays_where_it_is()
    {
        var first = await NodeAsync("first");
        first.Fails = 2;
        await first.RunsAsync(5);

        (await _database.ScalarAsync<int>("SELECT fence FROM lease")).ShouldBe(1);
    }

    private async Task<Counting> NodeAsync(string name)
    {
        var store = await _database.OpenStoreAsync();
        var keeper = new LeaseKeeper(
            new LeaseStore(store), NodeIdentity.Of(name, "test"), Quick, TimeProvider.System, NullLogger<LeaseKeeper>.Instance);
        var node = new Counting(keeper, store, _database.File);
        _nodes.Add(node);
        await node.StartAsync(Ended);
        return node;
    }

    /// <summary>Work that counts its runs, and notes when two nodes do it at once.</summary>
    private sealed class Counting(LeaseKeeper keeper, Store store, string file) : LeasedWork(keeper)
    {
        private static readonly ConcurrentDictionary<string, int> Running = new(StringComparer.Ordinal);
        private readonly TaskCompletionSource<bool> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _runs;
        private Lease? _lease;

        public static ConcurrentBag<string> Overlapped { get; } = [];

        public Store Store => store;

        public int Runs => Volatile.Read(ref _runs);

        public int Fails { get; set; }

        public Task<bool> Lost => _lost.Task;

        public override string Name => "counting";

        public override TimeSpan Every => TimeSpan.FromMilliseconds(20);

        public override async Task RunAsync(CancellationToken leaseLost)
        {
            if (Running.AddOrUpdate(file, 1, (_, count) => count + 1) > 1)
            {
                Overlapped.Add(file);
            }

            try
            {
                _ = leaseLost.UnsafeRegister(_ => _lost.TrySetResult(true), null);
                _lease = Held;
                Interlocked.Increment(ref _runs);
                if (Fails-- > 0)
                {
                    throw new InvalidOperationException("A fault of the test's own.");
                }

                await Task.Delay(30, leaseLost);
            }
            finally
            {
                Running.AddOrUpdate(file, 0, (_, count) => count - 1);
            }
        }

        public Task<int> WriteAsync() => store.WriteAsync(
            session =>
            {
                LeaseStore.Require(session, _lease!);
                return 0;
            },
            Ended);

        public async Task RunsAsync(int count)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ended);
            patience.CancelAfter(TimeSpan.FromSeconds(30));
            while (Runs < count)
            {
                await Task.Delay(10, patience.Token);
            }
        }
    }
}
