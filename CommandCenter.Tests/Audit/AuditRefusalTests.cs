using CommandCenter.Data.Audit;
using CommandCenter.Tests.Storage;

namespace CommandCenter.Tests.Audit;

/// <summary>However many are refused, little is written, and the numbers are right.</summary>
public class AuditRefusalTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Repeated_refusals_become_one_row_with_their_number()
    {
        await using var world = await World.OpenAsync();

        for (var i = 0; i < 500; i++)
        {
            await world.Log.AppendAsync(Refused("10.0.0.7"), CancellationToken.None);
        }

        (await world.RowsAsync()).Select(row => row.Times).ShouldBe([1]);
        world.Clock.Now = Noon.AddSeconds(61);
        await world.Log.WriteRefusalsAsync(all: false, CancellationToken.None);

        var rows = await world.RowsAsync();
        rows.Select(row => row.Times).ShouldBe([499, 1]);
        rows[0].Detail.ShouldBe("2026-11-22T12:00:00Z/PT60S");
        rows.ShouldAllBe(row => row.Address == "10.0.0.7" && row.Result == AuditResult.Refused);
    }

    [Fact]
    public async Task A_flood_from_ever_new_addresses_and_names_writes_no_more_than_so_many_rows_a_minute()
    {
        await using var world = await World.OpenAsync();
        await Parallel.ForAsync(0, 20_000, async (i, ended) => await world.Log.AppendAsync(Refused($"10.0.{i / 250}.{i % 250}") with { Subject = $"u{i}" }, ended));
        await world.Log.WriteRefusalsAsync(all: true, CancellationToken.None);

        var rows = await world.RowsAsync();
        rows.Count.ShouldBe(AuditRefusals.MostKinds + 1);
        rows.Sum(row => row.Times).ShouldBe(20_000);
        rows.Single(row => row.Subject == AuditRefusals.Others).Times.ShouldBe(20_000 - AuditRefusals.MostKinds);
    }

    [Fact]
    public async Task Different_ones_each_have_their_row_and_a_new_minute_begins_anew()
    {
        await using var world = await World.OpenAsync();
        await world.Log.AppendAsync(Refused("10.0.0.7"), CancellationToken.None);
        await world.Log.AppendAsync(Refused("10.0.0.8"), CancellationToken.None);
        await world.Log.AppendAsync(Refused("10.0.0.7") with { Action = "apikey.refused" }, CancellationToken.None);
        world.Clock.Now = Noon.AddMinutes(2);
        await world.Log.AppendAsync(Refused("10.0.0.7"), CancellationToken.None);

        (await world.RowsAsync()).Count.ShouldBe(4);
    }

    [Fact]
    public async Task While_the_store_is_away_refusals_go_on_and_are_written_when_it_is_back()
    {
        await using var world = await World.OpenAsync();
        world.Store.HoldBack(new CommandCenter.Data.Storage.StoreUnavailableException(CommandCenter.Data.Storage.StoreFault.Away, "away"));
        for (var i = 0; i < 5_000; i++)
        {
            world.Clock.Now += TimeSpan.FromSeconds(20);
            await world.Log.AppendAsync(Refused("10.0.0.7") with { Object = $"{i}" }, CancellationToken.None);
        }

        world.Store.Open();
        await world.Log.WriteRefusalsAsync(all: true, CancellationToken.None);

        var rows = await world.RowsAsync();
        rows.Sum(row => row.Times).ShouldBe(5_000);
        rows.Count.ShouldBe(2_000);
    }

    private static AuditEntry Refused(string address) => new("nobody", "session.refused", "/sign-in", AuditResult.Refused, address, null);

    private sealed class World : IAsyncDisposable
    {
        private readonly SqliteDatabase _database = new();

        public ClockAt Clock { get; } = new(Noon);

        public CommandCenter.Data.Storage.Store Store { get; private set; } = null!;

        public AuditLog Log { get; private set; } = null!;

        public static async Task<World> OpenAsync()
        {
            var world = new World();
            await world._database.CreateAsync();
            world.Store = await world._database.OpenStoreAsync(world.Clock);
            world.Log = new AuditLog(world.Store, new NoAuditKey(), world.Clock);
            return world;
        }

        public Task<IReadOnlyList<AuditRecord>> RowsAsync() =>
            new AuditQueries(Store).ListAsync(new AuditFilter(null, null, null, null, null, null, null, 100_000), CancellationToken.None);

        public ValueTask DisposeAsync() => _database.DisposeAsync();
    }
}
