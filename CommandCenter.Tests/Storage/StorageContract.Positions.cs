using System.Data.Common;
using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Tests.Storage;

public abstract partial class StorageContract
{
    [Fact]
    public async Task Many_writers_on_two_nodes_leave_a_log_without_gaps_and_a_reader_misses_nothing_meanwhile()
    {
        const int writers = 12, writes = 8, events = 3;
        var other = await _database.OpenStoreAsync();
        var seen = Task.Run(async () =>
        {
            var read = new List<LoggedEvent>();
            while (read.Count < writers * writes * events)
            {
                read.AddRange(await _log.ReadAfterAsync(read.Count, 7, Ended));
                read.Count.ShouldBe((int)(read.LastOrDefault()?.Position ?? 0));
                await _log.Doorbell.WaitBeyondAsync(read.Count, TimeSpan.FromMilliseconds(20), Ended);
            }

            return read;
        });
        var given = await Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
        {
            var positions = new List<long>();
            for (var i = 0; i < writes; i++)
            {
                positions.AddRange(await (writer % 2 == 0 ? _store : other).WriteAsync(
                    session => Enumerable.Range(0, events).Select(_ => session.Append(SomeEvent, 0, $"writer {writer}")).ToArray(), Ended));
            }

            return positions;
        }));

        given.SelectMany(positions => positions).Order().ShouldBe(Enumerable.Range(1, writers * writes * events).Select(i => (long)i));
        given.ShouldAllBe(positions => positions.SequenceEqual(positions.Order()));
        given.ShouldAllBe(positions => positions.Chunk(events).All(piece => piece.Last() == piece.First() + events - 1));
        (await seen).Select(e => (e.Position, e.Actor)).ShouldBe((await WholeLogAsync()).Select(e => (e.Position, e.Actor)));
    }

    [Fact]
    public async Task Of_two_open_transactions_the_second_gets_its_position_after_the_first_has_committed()
    {
        var other = await _database.OpenStoreAsync();
        var impatient = await _database.OpenStoreAsync(dialect: _database.DialectThatWaits(seconds: 1));
        using var first = new Gate();
        var slow = _store.WriteAsync(session => first.Hold(session.Append(SomeEvent, 0, "slow")), Ended);
        await first.Reached;
        var quick = other.WriteAsync(session => session.Append(SomeEvent, 0, "quick"), Ended);

        // One that waits no longer than a second is refused: nobody gets a position while the first is open.
        (await Should.ThrowAsync<StoreUnavailableException>(impatient.WriteAsync(session => session.Append(SomeEvent, 0, "impatient"), Ended)))
            .Fault.ShouldBe(StoreFault.Locked);
        quick.IsCompleted.ShouldBeFalse();
        (await new EventLog(other).HeadAsync(Ended)).ShouldBe(0);
        first.Open();
        (await slow, await quick).ShouldBe((1, 2));
        (await WholeLogAsync()).Select(e => e.Actor).ShouldBe(["slow", "quick"]);
    }

    [Fact]
    public async Task A_transaction_that_is_rolled_back_leaves_no_gap_for_the_one_that_waited_for_it()
    {
        var other = await _database.OpenStoreAsync();
        using var first = new Gate();
        var failing = _store.WriteAsync<long>(session => throw new TestFault(first.Hold(session.Append(SomeEvent, 0, "failing"))), Ended);
        await first.Reached;
        var waiting = other.WriteAsync(session => session.Append(SomeEvent, 0, "waiting"), Ended);
        first.Open();

        await Should.ThrowAsync<TestFault>(failing);
        (await waiting).ShouldBe(1);
        (await WholeLogAsync()).ShouldHaveSingleItem().Actor.ShouldBe("waiting");
    }

    [Fact]
    public async Task What_a_write_answered_is_seen_by_every_reader_from_then_on()
    {
        var other = new EventLog(await _database.OpenStoreAsync());
        for (var i = 1; i <= 5; i++)
        {
            var taken = await TakeInAsync(Report());
            (await other.HeadAsync(Ended)).ShouldBe(taken.Id);
            (await other.ReadAfterAsync(taken.Id - 1, 10, Ended)).ShouldHaveSingleItem().Title.ShouldBe("占用消防通道");
        }
    }

    [Fact]
    public async Task The_doorbell_rings_with_the_position_that_a_reader_then_finds()
    {
        var ringing = _log.Doorbell.WaitBeyondAsync(0, TimeSpan.FromSeconds(30), Ended);
        ringing.IsCompleted.ShouldBeFalse();

        await TakeInAsync(Report());

        await ringing.WaitAsync(TimeSpan.FromSeconds(10), Ended);
        (await _log.HeadAsync(Ended)).ShouldBe(1);
    }

    [Theory]
    [InlineData("UPDATE event_log SET actor = 'somebody else'")]
    [InlineData("UPDATE event_log SET payload = '{}' WHERE position = 1")]
    [InlineData("DELETE FROM event_log")]
    [InlineData("DELETE FROM event_log WHERE position = 1")]
    [InlineData("INSERT INTO event_log SELECT position + 1, recorded_at, kind, subject_id, actor, 'no JSON' FROM event_log")]
    public async Task The_log_refuses_to_be_edited(string statement)
    {
        await TakeInAsync(Report());
        var before = await WholeLogAsync();

        await Should.ThrowAsync<DbException>(_database.ExecuteAsync(statement));

        (await WholeLogAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Events_of_every_kind_come_back_as_they_were_written()
    {
        var at = new DateTime(2026, 11, 22, 8, 15, 30, 123, DateTimeKind.Utc);
        DomainEvent[] events =
        [
            new IncidentReported("20261122-00001", "110", "0401", Urgency.Critical, 105.123456789, 30.987654321, "990101001001001", true, at, at, at.AddHours(2)),
            new IncidentReported("20261122-00002", "12345", "04", Urgency.Normal, null, null, null, false, null, at, at),
            new IncidentMoved(IncidentStatus.InProgress, IncidentStatus.Closed, "已清理 🚒 <b>"),
            new AreasReplaced(new DateOnly(2027, 1, 1), 131, 12),
        ];

        await _store.WriteAsync(session => events.Select(e => session.Append(e, 7, "值班调度员", at)).ToList(), Ended);

        var log = await WholeLogAsync();
        log.Select(e => e.Event).ShouldBe(events);
        log.ShouldAllBe(e => e.RecordedAt == at && e.RecordedAt.Kind == DateTimeKind.Utc && e.Actor == "值班调度员" && e.SubjectId == 7);
    }

    /// <summary>Holds a piece of work where it is until the test lets it go on.</summary>
    private sealed class Gate : IDisposable
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _open = new();

        public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

        public T Hold<T>(T value)
        {
            _reached.TrySetResult();
            _open.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
            return value;
        }

        public void Open() => _open.Set();

        public void Dispose()
        {
            _open.Set();
            _open.Dispose();
        }
    }

    private sealed class TestFault(object? about = null) : Exception($"A fault of the test's own ({about}).");
}
