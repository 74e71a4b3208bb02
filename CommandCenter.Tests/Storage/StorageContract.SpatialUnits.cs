using CommandCenter.Data.Events;
using CommandCenter.Data.Forces;
using CommandCenter.Data.Grids;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Storage;

public abstract partial class StorageContract
{
    private const string County = "990101";
    private static readonly UnitFilter AllUnits = new(Area: null, Kind: null, Limit: 500);

    private UnitStore Units => new(_store);

    [Fact]
    public async Task A_list_of_units_replaces_the_county_s_and_says_what_it_changed()
    {
        (await Units.ReplaceAsync(County, [Station("a"), Station("b"), Station("c")], "api", Ended)).ShouldBe(new UnitReplacement(3, 3, 0, []), Same);
        (await Units.ReplaceAsync(County, [Station("a"), Station("b"), Station("c")], "api", Ended)).ShouldBe(new UnitReplacement(3, 0, 0, []), Same);
        (await Units.ReplaceAsync(County, [Station("a"), Station("b") with { Name = "新站", Lon = 105.5 }, Station("d")], "api", Ended)).ShouldBe(new UnitReplacement(3, 2, 1, []), Same);
        (await Units.ListAsync(AllUnits, after: null, Ended)).ShouldBe([Station("a"), Station("b") with { Name = "新站", Lon = 105.5 }, Station("d")]);
        (await Units.ReplaceAsync(County, [Station("c")], "api", Ended)).ShouldBe(new UnitReplacement(1, 1, 3, []), Same);
        (await Units.ListAsync(AllUnits, after: null, Ended)).ShouldBe([Station("c")]);
        (await Units.ReplaceAsync(County, [], "api", Ended)).ShouldBe(new UnitReplacement(0, 0, 1, []), Same);

        (await Units.ListAsync(AllUnits, after: null, Ended)).ShouldBeEmpty();
        (await _database.ScalarAsync<int>("SELECT COUNT(*) FROM unit")).ShouldBe(4);
        (await WholeLogAsync()).Select(e => e.Event).ShouldBe(
            [new UnitsReplaced(County, 3, 3, 0), new UnitsReplaced(County, 3, 2, 1), new UnitsReplaced(County, 1, 1, 3), new UnitsReplaced(County, 0, 0, 1)]);
    }

    [Fact]
    public async Task A_code_of_another_county_s_unit_keeps_the_whole_list_out()
    {
        await Units.ReplaceAsync(County, [Station("a")], "api", Ended);

        var result = await Units.ReplaceAsync("990102", [Station("b") with { AreaCode = "990102" }, Station("a") with { AreaCode = "990102" }], "api", Ended);

        result.Elsewhere.ShouldBe(["a"]);
        (await Units.ListAsync(AllUnits, after: null, Ended)).ShouldBe([Station("a")]);
        (await WholeLogAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Units_are_listed_page_by_page_by_area_and_by_kind()
    {
        await Units.ReplaceAsync(County, [.. Enumerable.Range(0, 7).Select(i => Station($"u{i}") with { AreaCode = i < 3 ? "990101001" : "990101002", Kind = (UnitKind)(1 + (i % 2)) })], "api", Ended);
        async Task<IEnumerable<string>> Codes(UnitFilter filter, string? after = null) => (await Units.ListAsync(filter, after, Ended)).Select(u => u.Code);

        (await Codes(AllUnits with { Limit = 3 }, "u1")).ShouldBe(["u2", "u3", "u4"]);
        (await Codes(AllUnits with { Area = "990101001" })).ShouldBe(["u0", "u1", "u2"]);
        (await Codes(AllUnits with { Kind = UnitKind.VolunteerPatrol })).ShouldBe(["u1", "u3", "u5"]);
        (await Units.NearAsync(105.1, 30.2, within: null, new UnitFilter("990101002", UnitKind.JointStation, 10), Ended)).Select(n => n.Unit.Code).ShouldBe(["u4", "u6"]);
    }

    [Fact]
    public async Task The_nearest_units_are_those_that_measuring_every_one_finds()
    {
        var random = new Random(5);
        (double Lon, double Lat)[] places =
        [
            .. Corners, .. Enumerable.Repeat((105.1, 30.2), 90), .. Enumerable.Range(0, 200).Select(_ => (105 + (random.NextDouble() * 0.4), 30 + (random.NextDouble() * 0.4))),
        ];
        var units = places.Select((p, i) => Station($"u{random.Next(1000):000}-{i}") with { Lon = p.Lon, Lat = p.Lat }).ToList();
        await Units.ReplaceAsync(County, units, "api", Ended);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), async seed =>
        {
            var choice = new Random(seed);
            var (lon, lat) = choice.Next(2) == 0 ? places[choice.Next(places.Length)] : ((choice.NextDouble() * 360) - 180, (choice.NextDouble() * 180) - 90);
            double? within = choice.Next(2) == 0 ? null : Math.Pow(10, choice.NextDouble() * 7.4);
            var limit = choice.Next(1, 120);

            (await Units.NearAsync(lon, lat, within, AllUnits with { Limit = limit }, Ended)).Select(n => (n.Metres, n.Unit.Code)).ShouldBe(
                units.Select(u => (Metres: Geodesic.Distance(lon, lat, u.Lon, u.Lat), u.Code)).Where(u => u.Metres <= (within ?? Geodesic.Farthest))
                    .OrderBy(u => u.Metres).ThenBy(u => u.Code, StringComparer.Ordinal).Take(limit),
                $"{lon}, {lat}, {within}");
        }));
    }

    [Fact]
    public async Task The_nearest_units_to_nowhere_are_refused() =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Units.NearAsync(double.NaN, 30, within: null, AllUnits, Ended));

    private static IEqualityComparer<UnitReplacement> Same { get; } = EqualityComparer<UnitReplacement>.Create(
        (a, b) => (a!.Taken, a.Changed, a.Retired) == (b!.Taken, b.Changed, b.Retired) && a.Elsewhere.SequenceEqual(b.Elsewhere), a => a.Taken);

    private static Unit Station(string code) => new()
    {
        Code = code, Name = $"{code}联动工作站", Kind = UnitKind.JointStation, AreaCode = "990101001", Lon = 105.1, Lat = 30.2, SourceCrs = "wgs84",
    };
}
