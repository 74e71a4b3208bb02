using CommandCenter.Data.Grids;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Grids;

public class GeodesicTests
{
    private static readonly Arbitrary<int> Seeds = Arb.From(Gen.Choose(0, int.MaxValue));

    // Lengths by GeographicLib 2.2.0 (Karney): short, long, nearly opposite, over poles, across the 180th meridian, along the equator.
    [Theory]
    [InlineData(119.36, 29.18, 119.36, 29.18, 0)]
    [InlineData(119.36, 29.18, 119.361, 29.181, 147.4669956166107)]
    [InlineData(0, -30.12345, 0.00005, -30.12344, 4.944208283968597)]
    [InlineData(105, 30, 105.4, 30.2, 44475.69553227462)]
    [InlineData(75, 18, 135, 53.5, 6443140.164390905)]
    [InlineData(116.39, 39.9, -58.4, -34.6, 19263979.110829987)]
    [InlineData(-73.8, 40.6, 103.99, 1.36, 15352044.660409648)]
    [InlineData(179.9, 10, -179.9, 10.1, 24556.579652876357)]
    [InlineData(0, 0, 90, 0, 10018754.171394622)]
    [InlineData(0, 0, 179.3, 0, 19959584.699233953)]
    [InlineData(0, 0, 179.5, 0, 19980861.908890963)]
    [InlineData(0, 0, 179.5, 0.5, 19936288.578965314)]
    [InlineData(0, 0, 179.99, 0.001, 20003811.669054374)]
    [InlineData(0, 1e-10, 179.9, -1e-10, 20003008.42150941)]
    [InlineData(0, 0, 180, 0, 20003931.458625447)]
    [InlineData(0, 30, 180, -30, 20003931.458625447)]
    [InlineData(0, 30, 179.9, -30, 20003008.42150941)]
    [InlineData(0, 30, 179.99, -29.9, 19992838.73021555)]
    [InlineData(1, -45, -179, 45.0001, 20003920.345447607)]
    [InlineData(-104.13348197937012, 0.4171854257583618, 74.98925906419754, -0.6530547142028809, 19931438.004215263)]
    [InlineData(0, 45, 180, 45, 10034042.702669958)]
    [InlineData(0, 89.9, 180, 89.95, 16754.096804884648)]
    [InlineData(10, 90, 50, 30, 6681852.33137234)]
    [InlineData(10, 90, 50, -90, 20003931.458625447)]
    [InlineData(20, -90, 110, -90, 0)]
    public void Distances_are_those_of_GeographicLib_within_a_millimetre(double lon1, double lat1, double lon2, double lat2, double metres)
    {
        Geodesic.Distance(lon1, lat1, lon2, lat2).ShouldBe(metres, 0.001);
        Geodesic.Distance(lon2, lat2, lon1, lat1).ShouldBe(metres, 0.001);
        Geodesic.Distance(-lon1, -lat1, -lon2, -lat2).ShouldBe(metres, 0.001);
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.NaN)]
    [InlineData(double.PositiveInfinity, 0)]
    [InlineData(180.1, 0)]
    [InlineData(0, -90.1)]
    public void What_is_no_place_on_earth_has_no_distance(double lon, double lat)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Geodesic.Distance(lon, lat, 0, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => Geodesic.Distance(0, 0, lon, lat));
        Should.Throw<ArgumentOutOfRangeException>(() => GeoBox.Around(lon, lat, 1));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    public void What_is_no_length_has_no_box(double metres) =>
        Should.Throw<ArgumentOutOfRangeException>(() => GeoBox.Around(105, 30, metres));

    [Fact]
    public void Everything_within_a_distance_lies_in_its_box() =>
        Prop.ForAll(Seeds, seed =>
        {
            var random = new Random(seed);
            var (lon, lat) = Somewhere(random);
            // From metres to the whole earth, the other point about as far.
            var metres = Math.Pow(10, random.NextDouble() * 7.4);
            var away = metres / 111_000 * 1.2;
            var (x, y) = random.Next(4) == 0
                ? Somewhere(random)
                : (Wrapped(lon + ((random.NextDouble() - 0.5) * 2 * away / Math.Max(0.01, Math.Cos(lat * Math.PI / 180)))), Math.Clamp(lat + ((random.NextDouble() - 0.5) * 2 * away), -90, 90));
            return Geodesic.Distance(lon, lat, x, y) > metres || GeoBox.Around(lon, lat, metres).Holds(x, y);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    [Fact]
    public void No_way_round_is_shorter_than_the_way()
    {
        Prop.ForAll(Seeds, seed =>
        {
            var random = new Random(seed);
            var (a, b, c) = (Somewhere(random), Somewhere(random), Somewhere(random));
            var direct = Geodesic.Distance(a.Lon, a.Lat, b.Lon, b.Lat);
            return direct <= Geodesic.Farthest
                && direct <= Geodesic.Distance(a.Lon, a.Lat, c.Lon, c.Lat) + Geodesic.Distance(c.Lon, c.Lat, b.Lon, b.Lat) + 0.001;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    private static double Wrapped(double lon) => Math.IEEERemainder(lon, 360);

    // Round numbers among them, because poles, the equator and the 180th meridian are where formulas break.
    private static (double Lon, double Lat) Somewhere(Random random) => random.Next(5) == 0
        ? ((random.Next(9) * 45) - 180, (random.Next(5) * 45) - 90)
        : ((random.NextDouble() * 360) - 180, (random.NextDouble() * 180) - 90);
}
