using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Live;
using CommandCenter.Data.Storage;
using CommandCenter.Tests.Benchmarks;
using CommandCenter.Tests.Storage;
using CommandCenter.Web.Live;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Nodes;

/// <summary>
/// Writers on several nodes, one of them another process, with random delays and rollbacks; tailers on several nodes; and a
/// checker that holds what each tailer told against the log.
/// </summary>
public sealed class ManyWritersTests : IAsyncLifetime
{
    private readonly SqliteDatabase _database = new();

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task No_tailer_misses_or_repeats_an_event_whoever_writes_and_whatever_is_rolled_back(int seed)
    {
        const int writersPerNode = 4, writes = 25, sent = 60;
        var stores = new[] { await _database.OpenStoreAsync(), await _database.OpenStoreAsync(), await _database.OpenStoreAsync() };
        await using var process = await ServerProcess.StartAsync(Path.GetDirectoryName(_database.File));
        await using var hub = await HubListener.StartAsync(process.Address);
        await using var early = await Checker.StartAsync(stores[0]);
        await using var onlooker = await Checker.StartAsync(await _database.OpenStoreAsync());

        var working = stores.SelectMany((store, node) => Enumerable.Range(0, writersPerNode)
            .Select(writer => Task.Run(() => WriteAsync(store, new Random((seed * 1000) + (node * 10) + writer), writes), Ended))).ToList();
        var crude = Task.Run(() => TakeLocksAndRollBackAsync(new Random(seed), 40), Ended);
        var sending = Task.Run(() => SendAsync(process.Http, sent), Ended);
        await using var late = await Checker.StartAsync(await _database.OpenStoreAsync());
        var kept = (await Task.WhenAll(working)).Sum() + await sending;
        await crude;

        var log = (await new EventLog(stores[0]).ReadAfterAsync(0, 100_000, Ended)).Select(e => e.Position).ToList();
        log.ShouldBe(Enumerable.Range(1, kept).Select(i => (long)i), "what was kept stands there without a gap, and nothing that was rolled back");
        foreach (var checker in new[] { early, onlooker, late })
        {
            await checker.HasAsync(kept);
            checker.Told.ShouldBe(log.Skip((int)checker.Began), "each once, in order, from where it began");
        }

        await hub.HasAsync(kept, TimeSpan.FromSeconds(30));
        hub.Positions.ToList().ShouldBe(log, "the other process told each once, in order");
    }

    /// <returns>How many events were kept.</returns>
    private static async Task<int> WriteAsync(Store store, Random random, int writes)
    {
        var kept = 0;
        for (var i = 0; i < writes; i++)
        {
            var (count, delay, fails) = (random.Next(1, 4), random.Next(4), random.Next(4) == 0);
            try
            {
                await store.WriteAsync(
                    session =>
                    {
                        var taken = IncidentStore.TakeIn(session, [.. Enumerable.Range(0, count).Select(_ => Report())], session.Now);
                        session.Flush();
                        Thread.Sleep(delay);
                        return fails ? throw new TestFault() : taken;
                    },
                    Ended);
                kept += count;
            }
            catch (TestFault)
            {
                // Nothing of it was kept.
            }

            await Task.Delay(random.Next(10), Ended);
        }

        return kept;
    }

    /// <summary>A program that takes the next positions, waits, and thinks better of it.</summary>
    private async Task TakeLocksAndRollBackAsync(Random random, int times)
    {
        await using var connection = await _database.ConnectAsync();
        for (var i = 0; i < times; i++)
        {
            await using (var transaction = await connection.BeginTransactionAsync(Ended))
            {
                await connection.ExecuteAsync(
                    """
                    INSERT INTO event_log (position, recorded_at, kind, subject_id, actor, payload)
                    SELECT COALESCE(MAX(position), 0) + 1, '2026-01-01T00:00:00.000Z', 'never', 0, 'never', '{}' FROM event_log
                    """,
                    transaction: transaction);
                await Task.Delay(random.Next(8), Ended);
                await transaction.RollbackAsync(Ended);
            }

            await Task.Delay(random.Next(20), Ended);
        }
    }

    private static async Task<int> SendAsync(HttpClient http, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var content = new ByteArrayContent(SampleReport.Utf8(i));
            content.Headers.ContentType = new("application/json");
            using var answer = await http.PostAsync(new Uri("/api/v1/incidents", UriKind.Relative), content, Ended);
            answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Ended));
        }

        return count;
    }

    private static IncidentReport Report() => new(
        "grid-worker", ExternalId: null, "0401", Urgency.Normal, "占用消防通道", Description: null, 105.1, 30.2, "wgs84", GridCode: null, OutsideGrids: true,
        Address: null, OccurredAt: null, ReporterName: null, ReporterPhone: null);

    private sealed class TestFault : Exception;

    /// <summary>A node's tailer, and every entry by which its board moved on.</summary>
    private sealed class Checker : IAsyncDisposable
    {
        private readonly LiveBoardHost _host = new(TimeProvider.System);
        private readonly List<long> _told = [];
        private readonly TaskCompletionSource<long> _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly LiveTailer _tailer;
        private LiveBoard? _last;

        private Checker(Store store)
        {
            var pace = new LivePace { Poll = TimeSpan.FromMilliseconds(20), Page = 7, Breath = TimeSpan.FromMilliseconds(1) };
            _tailer = new LiveTailer(new EventLog(store), new BoardLoader(store), _host, pace, TimeProvider.System, NullLogger<LiveTailer>.Instance);
            _host.Subscribe(Note);
        }

        /// <summary>The position of its first board; what follows is in <see cref="Told"/>.</summary>
        public long Began => _loaded.Task.Result;

        public IReadOnlyList<long> Told
        {
            get
            {
                lock (_told)
                {
                    return [.. _told];
                }
            }
        }

        public static async Task<Checker> StartAsync(Store store)
        {
            var checker = new Checker(store);
            await checker._tailer.StartAsync(Ended);
            await checker._loaded.Task.WaitAsync(TimeSpan.FromSeconds(30), Ended);
            return checker;
        }

        public async Task HasAsync(long position)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ended);
            patience.CancelAfter(TimeSpan.FromSeconds(30));
            while (_host.Current.Position < position)
            {
                await Task.Delay(10, patience.Token);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _tailer.StopAsync(CancellationToken.None);
            _tailer.Dispose();
        }

        private void Note(LiveBoard board, LiveState state)
        {
            if (state.Condition == LiveCondition.Behind && _last is null)
            {
                return;
            }

            if (_last is { } before && !ReferenceEquals(before, board))
            {
                lock (_told)
                {
                    _told.AddRange(board.StreamAfter(before.Position).Select(entry => entry.Position));
                }
            }

            _last = board;
            _loaded.TrySetResult(board.Position);
        }
    }
}
