using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Storage;

public abstract partial class StorageContract
{
    // Opposite points, poles, both sides of the 180th meridian, one place many times over, and a county full of reports.
    private static readonly (double Lon, double Lat)[] Corners =
        [(0, 0), (180, 0), (-180, 0), (75, -30), (-105, 30.0001), (10, 90), (-100, 90), (0, -90), (179.9999, 12), (-179.9999, 12.0001)];

    [Fact]
    public async Task Incidents_within_a_distance_are_those_that_measuring_every_one_finds_page_by_page()
    {
        var random = new Random(3);
        (double Lon, double Lat)[] places =
        [
            .. Corners,
            .. Enumerable.Repeat((105.1, 30.2), 90),
            .. Enumerable.Range(0, 300).Select(_ => (105 + (random.NextDouble() * 0.4), 30 + (random.NextDouble() * 0.4))),
        ];
        var stored = (await _incidents.TakeInAsync([.. places.Select(At)], Ended)).Zip(places, (taken, place) => (taken.Id, place.Lon, place.Lat)).ToList();

        var property = Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), async seed =>
        {
            var choice = new Random(seed);
            var (lon, lat) = choice.Next(3) switch
            {
                0 => places[choice.Next(places.Length)],
                1 => (105 + (choice.NextDouble() * 0.4), 30 + (choice.NextDouble() * 0.4)),
                _ => ((choice.NextDouble() * 360) - 180, (choice.NextDouble() * 180) - 90),
            };
            var within = choice.Next(4) == 0 ? 3e7 : Math.Pow(10, choice.NextDouble() * 7.5);
            var expected = stored.Select(s => new Near<long>(Geodesic.Distance(lon, lat, s.Lon, s.Lat), s.Id))
                .Where(n => n.Metres <= within).OrderBy(n => n.Metres).ThenBy(n => n.Key).ToList();

            (await AllNearAsync(lon, lat, within, choice.Next(1, 200))).ShouldBe(expected, $"{lon}, {lat}, {within}");
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), property);
    }

    [Fact]
    public async Task A_distance_holds_what_lies_exactly_at_its_end_and_nothing_a_hair_beyond()
    {
        await _incidents.TakeInAsync([At((105.1, 30.2)), At((105.1007, 30.2009)), At((105.1, 30.2)) with { Longitude = null, Latitude = null }], Ended);
        var apart = Geodesic.Distance(105.1, 30.2, 105.1007, 30.2009);

        (await AllNearAsync(105.1, 30.2, apart, 10)).ShouldBe([new(0, 1), new(apart, 2)]);
        (await AllNearAsync(105.1, 30.2, Math.BitDecrement(apart), 10)).ShouldBe([new(0, 1)]);
        (await AllNearAsync(105.1, 30.2, 0, 10)).ShouldBe([new(0, 1)]);
        (await AllNearAsync(-74.9, -30.2, Geodesic.Farthest, 1)).Select(n => n.Key).ShouldBe([2, 1], ignoreOrder: true);
    }

    [Fact]
    public async Task Incidents_within_a_distance_are_narrowed_like_any_listing()
    {
        var west = At((105.1, 30.2)) with { GridCode = "990101001001001", OutsideGrids = false };
        await _incidents.TakeInAsync([west, west with { Category = "0101" }, west with { GridCode = "990101001001002" }, west], Ended);
        await _incidents.MoveAsync(Sight.OfTheProgram, 4, IncidentStatus.Accepted, "desk", note: null, Ended);
        async Task<IEnumerable<long>> Ids(IncidentFilter filter) => (await _queries.NearAsync(Sight.OfTheProgram, 105.1, 30.2, 10, filter, after: null, Ended)).Select(n => n.Incident.Id);

        (await Ids(Everything)).ShouldBe([1, 2, 3, 4]);
        (await Ids(Everything with { Category = "04" })).ShouldBe([1, 3, 4]);
        (await Ids(Everything with { Area = "990101001001001" })).ShouldBe([1, 2, 4]);
        (await Ids(Everything with { Status = [IncidentStatus.Accepted] })).ShouldBe([4]);
        (await Ids(Everything with { To = DateTime.UnixEpoch })).ShouldBeEmpty();
        (await Ids(Everything with { Status = [IncidentStatus.Reported], Category = "0401", Area = "990101", From = DateTime.UnixEpoch, Limit = 1 })).ShouldBe([1]);
    }

    [Theory]
    [InlineData(double.NaN, 30, 10)]
    [InlineData(105, double.NegativeInfinity, 10)]
    [InlineData(200, 30, 10)]
    [InlineData(105, 91, 10)]
    [InlineData(105, 30, -1)]
    [InlineData(105, 30, double.NaN)]
    public async Task A_distance_from_nowhere_or_of_no_length_is_refused(double lon, double lat, double within) =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => _queries.NearAsync(Sight.OfTheProgram, lon, lat, within, Everything, after: null, Ended));

    private static IncidentReport At((double Lon, double Lat) place) => Report() with { Longitude = place.Lon, Latitude = place.Lat };

    private async Task<List<Near<long>>> AllNearAsync(double lon, double lat, double within, int limit)
    {
        var all = new List<Near<long>>();
        while (true)
        {
            var page = await _queries.NearAsync(Sight.OfTheProgram, lon, lat, within, Everything with { Limit = limit }, all.Count > 0 ? all[^1] : null, Ended);
            all.AddRange(page.Select(n => new Near<long>(n.Metres, n.Incident.Id)));
            if (page.Count < limit)
            {
                return all;
            }
        }
    }
}
