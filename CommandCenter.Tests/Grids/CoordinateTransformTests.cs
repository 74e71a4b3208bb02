using CommandCenter.Data.Grids;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Grids;

public class CoordinateTransformTests
{
    private static readonly Arbitrary<(double Lon, double Lat)> InChina = Arb.From(
        from x in Gen.Choose(0, 1_000_000)
        from y in Gen.Choose(0, 1_000_000)
        select (74 + (61.0 * x / 1_000_000), 4 + (49.0 * y / 1_000_000)));

    [Theory]
    [InlineData(CoordinateSystem.Gcj02)]
    [InlineData(CoordinateSystem.Bd09)]
    [InlineData(CoordinateSystem.Cgcs2000)]
    public void There_and_back_ends_where_it_began_within_a_billionth_of_a_degree(CoordinateSystem system) =>
        Prop.ForAll(InChina, point =>
        {
            var there = CoordinateTransform.FromWgs84(system, point.Lon, point.Lat);
            var back = CoordinateTransform.ToWgs84(system, there.Lon, there.Lat);
            return Math.Abs(back.Lon - point.Lon) < 1e-9 && Math.Abs(back.Lat - point.Lat) < 1e-9;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    // Reference values of the published conversions, which are themselves good to about a metre.
    [Theory]
    [InlineData(CoordinateSystem.Gcj02, 116.404, 39.915, 116.397755, 39.913596)]
    [InlineData(CoordinateSystem.Bd09, 116.404, 39.915, 116.391382, 39.907253)]
    public void A_known_point_is_found_within_two_metres(CoordinateSystem system, double lon, double lat, double wgsLon, double wgsLat)
    {
        var (x, y) = CoordinateTransform.ToWgs84(system, lon, lat);
        x.ShouldBe(wgsLon, 2e-5);
        y.ShouldBe(wgsLat, 2e-5);
    }

    [Fact]
    public void Outside_China_GCJ02_is_WGS84() =>
        CoordinateTransform.ToWgs84(CoordinateSystem.Gcj02, 2.3522, 48.8566).ShouldBe((2.3522, 48.8566));

    [Theory]
    [InlineData("wgs84", CoordinateSystem.Wgs84)]
    [InlineData("CGCS2000", CoordinateSystem.Cgcs2000)]
    [InlineData("gcj02", CoordinateSystem.Gcj02)]
    [InlineData("Bd09", CoordinateSystem.Bd09)]
    public void Systems_are_read_by_name(string name, CoordinateSystem expected)
    {
        CoordinateTransform.TryParse(name, out var system).ShouldBeTrue();
        system.ShouldBe(expected);
        CoordinateTransform.NameOf(system).ToUpperInvariant().ShouldBe(name.ToUpperInvariant());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("EPSG:3857")]
    public void Other_names_are_no_system(string? name) => CoordinateTransform.TryParse(name, out _).ShouldBeFalse();
}
