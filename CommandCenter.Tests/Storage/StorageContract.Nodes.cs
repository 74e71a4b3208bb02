using CommandCenter.Data.Nodes;

namespace CommandCenter.Tests.Storage;

public abstract partial class StorageContract
{
    [Fact]
    public async Task Nodes_are_listed_as_they_were_last_heard_of_until_they_leave()
    {
        var nodes = new NodeStore(_store);
        var (a, b) = (NodeIdentity.Of("甲", "1.0"), NodeIdentity.Of("乙", "1.1"));
        await nodes.SeenAsync(a, "http://10.0.0.11:5080", 7, Ended);
        await new NodeStore(await _database.OpenStoreAsync()).SeenAsync(b, "http://10.0.0.12:5080", 9, Ended);
        await nodes.SeenAsync(a, "http://10.0.0.11:5080", 12, Ended);

        var listed = (await nodes.ListAsync(Ended)).ToDictionary(node => node.Name);

        listed.Keys.Order().ShouldBe(new[] { "甲", "乙" }.Order());
        (listed["甲"].Id, listed["甲"].Address, listed["甲"].Version, listed["甲"].Position).ShouldBe((a.Id, "http://10.0.0.11:5080", "1.0", 12));
        listed["甲"].LastSeen.ShouldBeGreaterThanOrEqualTo(listed["甲"].StartedAt);
        listed.Values.ShouldAllBe(node => node.Silence >= TimeSpan.Zero && node.Silence < TimeSpan.FromMinutes(1));
        await nodes.LeftAsync(a, Ended);
        (await nodes.ListAsync(Ended)).ShouldHaveSingleItem().Id.ShouldBe(b.Id);
    }

    [Fact]
    public async Task A_node_that_died_is_forgotten_after_a_day()
    {
        var nodes = new NodeStore(_store);
        await nodes.SeenAsync(NodeIdentity.Of("dead", "1.0"), "", 1, Ended);
        await _database.ExecuteAsync("UPDATE node SET last_seen = @at", new { at = _store.Dialect.Instant(DateTime.UtcNow.AddHours(-23)) });
        await nodes.SeenAsync(NodeIdentity.Of("alive", "1.0"), "", 1, Ended);
        (await nodes.ListAsync(Ended)).Single(node => node.Name == "dead").Silence.ShouldBe(TimeSpan.FromHours(23), TimeSpan.FromMinutes(5));

        await _database.ExecuteAsync("UPDATE node SET last_seen = @at WHERE name = 'dead'", new { at = _store.Dialect.Instant(DateTime.UtcNow.AddHours(-25)) });
        await nodes.SeenAsync(NodeIdentity.Of("another", "1.0"), "", 1, Ended);

        (await nodes.ListAsync(Ended)).Select(node => node.Name).ShouldBe(["alive", "another"]);
    }

    [Fact]
    public async Task Protection_keys_come_back_as_they_were_given_and_from_every_node()
    {
        var keys = new ProtectionKeyStore(_store);
        const string first = "<key id=\"1\"><descriptor>密钥 &lt;&gt;</descriptor></key>";
        await keys.AddAsync("key-1", first, Ended);
        await keys.AddAsync("key-2", new string('x', 20_000), Ended);

        (await new ProtectionKeyStore(await _database.OpenStoreAsync()).ListAsync(Ended)).ShouldBe([first, new string('x', 20_000)]);
    }

    [Fact]
    public async Task A_watch_tells_of_each_commit_to_the_log_by_whatever_node_and_that_there_was_none()
    {
        var other = await _database.OpenStoreAsync();
        using var watch = _log.Watch();
        var before = await watch.VersionAsync(Ended);
        (await watch.VersionAsync(Ended)).ShouldBe(before);
        foreach (var writer in new[] { _store, other, other, _store })
        {
            await writer.WriteAsync(session => session.Append(SomeEvent, 0, "somebody"), Ended);

            var after = await watch.VersionAsync(Ended);

            after.ShouldNotBe(before);
            (await watch.VersionAsync(Ended)).ShouldBe(after);
            before = after;
        }
    }
}
