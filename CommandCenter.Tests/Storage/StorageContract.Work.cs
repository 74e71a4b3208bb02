using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;

namespace CommandCenter.Tests.Storage;

public abstract partial class StorageContract
{
    [Fact]
    public async Task State_and_event_are_kept_together_or_not_at_all()
    {
        await Should.ThrowAsync<TestFault>(_store.WriteAsync<int>(
            session =>
            {
                IncidentStore.TakeIn(session, [Report(externalId: "a"), Report()], session.Now);
                session.Flush();
                throw new TestFault();
            },
            Ended));

        (await WholeLogAsync()).ShouldBeEmpty();
        (await _database.ScalarAsync<int>("SELECT COUNT(*) FROM incident")).ShouldBe(0);
        var taken = await TakeInAsync(Report(externalId: "a"));
        (taken.Created, taken.Id).ShouldBe((true, 1));
        taken.Number.ShouldEndWith("-00001");
    }

    [Fact]
    public async Task Work_that_fails_does_not_take_its_neighbours_with_it()
    {
        using var gate = new Gate();
        var first = _store.WriteAsync(session => gate.Hold(session.Append(SomeEvent, 0, "first")), Ended);
        await gate.Reached;

        // These wait together, so that they go into one transaction.
        var good = TakeInAsync(Report("前"));
        var throwing = _store.WriteAsync<long>(session => throw new TestFault(session.Append(SomeEvent, 0, "throwing")), Ended);
        var breaking = _store.WriteAsync(
            session =>
            {
                session.Insert(IncidentTable.Rows, IncidentTable.Row(session.Dialect, 1, null!, Report(), default, session.Now, session.Now, session.Now, remindAt: null));
                session.Flush();
                return 0;
            },
            Ended);
        var alsoGood = TakeInAsync(Report("后"));
        gate.Open();

        await Should.ThrowAsync<TestFault>(throwing);
        await Should.ThrowAsync<System.Data.Common.DbException>(breaking);
        (await first, (await good).Id, (await alsoGood).Id).ShouldBe((1, 2, 3));
        (await WholeLogAsync()).Select(e => e.Title).ShouldBe([null, "前", "后"]);
    }

    [Fact]
    public async Task Work_that_nobody_waits_for_any_more_is_dropped_before_it_begins_and_kept_after()
    {
        using var gate = new Gate();
        using var whileRunning = new CancellationTokenSource();
        using var whileWaiting = new CancellationTokenSource();
        var running = _store.WriteAsync(session => gate.Hold(session.Append(SomeEvent, 0, "running")), whileRunning.Token);
        await gate.Reached;
        var waiting = _store.WriteAsync(session => session.Append(SomeEvent, 0, "waiting"), whileWaiting.Token);
        await whileRunning.CancelAsync();
        await whileWaiting.CancelAsync();
        gate.Open();

        (await running).ShouldBe(1);
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        await Should.ThrowAsync<OperationCanceledException>(async () => await _store.WriteAsync(session => session.Append(SomeEvent, 0, "late"), whileWaiting.Token));
        await TakeInAsync(Report());
        (await WholeLogAsync()).Select(e => e.Actor).ShouldBe(["running", "grid-worker"]);
    }

    [Fact]
    public async Task A_transient_fault_is_met_by_running_the_same_transaction_again()
    {
        var store = await _database.OpenStoreAsync(dialect: _database.DialectThatRetries<TestFault>());
        var runs = 0;

        var taken = await store.WriteAsync(
            session =>
            {
                var answer = IncidentStore.TakeIn(session, [Report()], session.Now);
                session.Flush();
                return ++runs == 1 ? throw new TestFault() : answer;
            },
            Ended);

        (runs, taken[0].Id).ShouldBe((2, 1));
        (await WholeLogAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_fault_that_does_not_pass_is_told_after_a_few_runs()
    {
        var store = await _database.OpenStoreAsync(dialect: _database.DialectThatRetries<TestFault>());
        var runs = 0;

        await Should.ThrowAsync<TestFault>(store.WriteAsync<long>(session => throw new TestFault(++runs + session.Append(SomeEvent, 0, "never")), Ended));

        runs.ShouldBeInRange(2, 5);
        (await WholeLogAsync()).ShouldBeEmpty();
        (await store.WriteAsync(session => session.Append(SomeEvent, 0, "after"), Ended)).ShouldBe(1);
    }

    [Fact]
    public async Task A_store_that_is_closed_finishes_what_it_was_given_and_refuses_the_rest()
    {
        var store = await _database.OpenStoreAsync();
        using var gate = new Gate();
        var running = store.WriteAsync(session => gate.Hold(session.Append(SomeEvent, 0, "running")), Ended);
        await gate.Reached;
        var waiting = store.WriteAsync(session => session.Append(SomeEvent, 0, "waiting"), Ended);
        var closing = Task.Run(store.Dispose, Ended);
        gate.Open();
        await closing;

        (await running, await waiting).ShouldBe((1, 2));
        (await Should.ThrowAsync<StoreUnavailableException>(async () => await store.WriteAsync(session => session.Append(SomeEvent, 0, "late"), Ended)))
            .Fault.ShouldBe(StoreFault.Away);
    }
}
