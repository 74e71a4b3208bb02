using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;

namespace CommandCenter.Tests.Storage;

public abstract partial class StorageContract
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1), Brief = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task A_lease_is_held_by_one_node_until_it_gives_it_back()
    {
        var leases = new LeaseStore(_store);
        var others = new LeaseStore(await _database.OpenStoreAsync());

        var first = (await leases.TryTakeAsync("work", "a", Long, Ended)).ShouldNotBeNull();

        (await others.TryTakeAsync("work", "b", Long, Ended)).ShouldBeNull();
        (await others.TryTakeAsync("other work", "b", Long, Ended)).ShouldNotBeNull();
        (await leases.RenewAsync(first, Ended)).ShouldBeTrue();
        await leases.ReleaseAsync(first, Ended);
        (await leases.RenewAsync(first, Ended)).ShouldBeFalse();
        var second = (await others.TryTakeAsync("work", "b", Long, Ended)).ShouldNotBeNull();
        second.Fence.ShouldBeGreaterThan(first.Fence);
        (await leases.TryTakeAsync("work", "a", Long, Ended)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_many_nodes_that_ask_at_once_one_gets_the_lease()
    {
        var stores = new[] { _store, await _database.OpenStoreAsync(), await _database.OpenStoreAsync() };

        var taken = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => new LeaseStore(stores[i % 3]).TryTakeAsync("work", $"node {i}", Long, Ended)));

        var lease = taken.Where(one => one is not null).ShouldHaveSingleItem()!;
        var listed = (await new LeaseStore(_store).ListAsync(Ended)).ShouldHaveSingleItem();
        (listed.Name, listed.Holder, listed.IsHeld).ShouldBe(("work", lease.Holder, true));
        (listed.ExpiresAt - listed.TakenAt).ShouldBe(Long);
    }

    [Fact]
    public async Task The_lease_of_a_node_that_died_goes_to_another_when_its_time_is_over_and_not_before()
    {
        var leases = new LeaseStore(_store);
        var others = new LeaseStore(await _database.OpenStoreAsync());
        var dead = (await leases.TryTakeAsync("work", "dead", Brief, Ended)).ShouldNotBeNull();

        Lease? taken = null;
        while (taken is null)
        {
            taken = await others.TryTakeAsync("work", "alive", Long, Ended);
        }

        var listed = (await others.ListAsync(Ended)).ShouldHaveSingleItem();
        (listed.Holder, taken.Fence).ShouldBe(("alive", dead.Fence + 1));
        (await leases.RenewAsync(dead, Ended)).ShouldBeFalse();
        await leases.ReleaseAsync(dead, Ended);
        (await others.RenewAsync(taken, Ended)).ShouldBeTrue("a release by the one that lost it changes nothing");
    }

    [Fact]
    public async Task A_holder_whose_time_ran_out_and_whom_nobody_overtook_may_go_on()
    {
        var leases = new LeaseStore(_store);
        var lease = (await leases.TryTakeAsync("work", "a", Brief, Ended)).ShouldNotBeNull();
        while ((await leases.ListAsync(Ended)).Single().IsHeld)
        {
            await Task.Delay(20, Ended);
        }

        (await leases.RenewAsync(lease, Ended)).ShouldBeTrue();
        (await leases.ListAsync(Ended)).ShouldHaveSingleItem().IsHeld.ShouldBeTrue();
    }

    [Fact]
    public async Task What_a_holder_writes_after_it_was_overtaken_is_not_kept_even_when_it_does_not_know_yet()
    {
        var leases = new LeaseStore(_store);
        var other = await _database.OpenStoreAsync();
        var slow = (await leases.TryTakeAsync("work", "slow", Brief, Ended)).ShouldNotBeNull();
        await WriteUnderAsync(slow, "in time");
        Lease? quick = null;
        while (quick is null)
        {
            quick = await new LeaseStore(other).TryTakeAsync("work", "quick", Long, Ended);
        }

        (await Should.ThrowAsync<LeaseLostException>(WriteUnderAsync(slow, "too late"))).Lease.ShouldBe(slow);

        await WriteUnderAsync(quick, "the new one");
        (await WholeLogAsync()).Select(e => e.Actor).ShouldBe(["in time", "the new one"]);
    }

    [Fact]
    public async Task A_node_that_asks_for_what_it_holds_overtakes_itself()
    {
        var leases = new LeaseStore(_store);
        var first = (await leases.TryTakeAsync("work", "a", Long, Ended)).ShouldNotBeNull();

        var second = (await leases.TryTakeAsync("work", "a", Long, Ended)).ShouldNotBeNull();

        second.Fence.ShouldBe(first.Fence + 1);
        (await leases.RenewAsync(first, Ended)).ShouldBeFalse();
        (await leases.RenewAsync(second, Ended)).ShouldBeTrue();
    }

    private Task<long> WriteUnderAsync(Lease lease, string actor) =>
        _store.WriteAsync(
            session =>
            {
                LeaseStore.Require(session, lease);
                return session.Append(SomeEvent, 0, actor);
            },
            Ended);

    [Fact]
    public async Task A_lease_is_renewed_before_all_the_writing_that_waits()
    {
        var leases = new LeaseStore(_store);
        var lease = (await leases.TryTakeAsync("work", "a", Long, Ended)).ShouldNotBeNull();
        await _database.ExecuteAsync("UPDATE lease SET expires_at = taken_at");
        using var mayGo = new ManualResetEventSlim();
        var busy = _store.WriteAsync(_ => Wait(mayGo), Ended);
        var sawItRenewed = Enumerable.Range(0, 400).Select(_ => _store.WriteAsync(IsRenewed, Ended)).ToList();
        var renewal = leases.RenewAsync(lease, Ended);

        mayGo.Set();

        (await busy).ShouldBeTrue();
        (await renewal).ShouldBeTrue();
        (await Task.WhenAll(sawItRenewed)).ShouldAllBe(saw => saw);
    }

    [Fact]
    public async Task A_lease_is_renewed_in_the_middle_of_the_writing_that_is_under_way()
    {
        var leases = new LeaseStore(_store);
        var lease = (await leases.TryTakeAsync("work", "a", Long, Ended)).ShouldNotBeNull();
        await _database.ExecuteAsync("UPDATE lease SET expires_at = taken_at");
        using var mayGo = new ManualResetEventSlim();
        var busy = _store.WriteAsync(_ => Wait(mayGo), Ended);
        var before = _store.WriteAsync(IsRenewed, Ended);
        Task<bool>? renewal = null;
        var asking = _store.WriteAsync(
            session =>
            {
                // Whatever begins anew after a fault of the database asks once.
                renewal ??= leases.RenewAsync(lease, Ended);
                return session.Append(SomeEvent, 0, "bulk");
            },
            Ended);
        var after = Enumerable.Range(0, 20).Select(_ => _store.WriteAsync(session => (Saw: IsRenewed(session), At: session.Append(SomeEvent, 0, "bulk")), Ended)).ToList();

        mayGo.Set();

        (await busy).ShouldBeTrue();
        (await before).ShouldBeFalse();
        var first = await asking;
        (await renewal!).ShouldBeTrue();
        var rest = await Task.WhenAll(after);
        rest.ShouldAllBe(one => one.Saw);
        rest.Select(one => one.At).ShouldBe(Enumerable.Range(1, rest.Length).Select(i => first + i), "what waited keeps its order");
        await WholeLogAsync();
    }

    [Fact]
    public async Task A_lease_is_renewed_also_when_no_more_work_is_taken()
    {
        var leases = new LeaseStore(_store);
        var lease = (await leases.TryTakeAsync("work", "a", Long, Ended)).ShouldNotBeNull();
        using var mayGo = new ManualResetEventSlim();
        using var started = new ManualResetEventSlim();
        var busy = _store.WriteAsync(
            _ =>
            {
                started.Set();
                return Wait(mayGo);
            },
            Ended);
        started.Wait(Ended);
        var waiting = Enumerable.Range(0, 10_000).Select(_ => _store.WriteAsync(_ => true, Ended)).ToList();
        await Should.ThrowAsync<StoreUnavailableException>(async () => await _store.WriteAsync(_ => true, Ended));
        var renewal = leases.RenewAsync(lease, Ended);

        mayGo.Set();

        (await renewal).ShouldBeTrue();
        (await busy).ShouldBeTrue();
        (await Task.WhenAll(waiting)).ShouldAllBe(done => done);
    }

    private static bool IsRenewed(WriteSession session) => session.Scalar("SELECT name FROM lease WHERE expires_at > taken_at") is not null;

    private static bool Wait(ManualResetEventSlim mayGo) => mayGo.Wait(TimeSpan.FromSeconds(30), Ended);
}
