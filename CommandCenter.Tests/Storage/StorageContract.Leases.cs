using CommandCenter.Data.Nodes;

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
}
