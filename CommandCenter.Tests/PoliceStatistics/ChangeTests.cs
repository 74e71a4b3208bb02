using CommandCenter.Data.PoliceStatistics;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.PoliceStatistics;

/// <summary>The formulas, at their edges and everywhere.</summary>
public class ChangeTests
{
    [Fact]
    public void Nothing_then_bears_no_ratio_and_nothing_on_both_sides_is_level()
    {
        Change.Of(5, 0).ShouldBe(new Change(ChangeKind.NoBase, null));
        Change.Of(0, 0).ShouldBe(new Change(ChangeKind.Level, null));
        Change.Of(0, 5).Ratio.ShouldBe(-1);
        Change.Of(5, 5).ShouldBe(new Change(ChangeKind.Ratio, 0));
        Change.Of(5, -2).Kind.ShouldBe(ChangeKind.NoBase);
        Change.Of(null, 5).Kind.ShouldBe(ChangeKind.NotReported);
        Change.Of(5, null).Kind.ShouldBe(ChangeKind.NotReported);
        FigureText.Of(Change.Of(5, 0), "持平").ShouldBe("—");
        FigureText.Of(Change.Of(0, 0), "持平").ShouldBe("持平");
        FigureText.Of(Change.Of(null, 0), "持平").ShouldBe("—");
    }

    [Theory]
    [InlineData(673, 1000, "−32.7%")]
    [InlineData(529, 1000, "−47.1%")]
    [InlineData(8961, 10000, "−10.39%")]
    [InlineData(591, 1000, "−40.9%")]
    [InlineData(7597, 10000, "−24.03%")]
    [InlineData(7672, 10000, "−23.28%")]
    [InlineData(1179, 2000, "−41.05%")]
    [InlineData(1041, 1000, "+4.1%")]
    [InlineData(1000, 1000, "0%")]
    [InlineData(3, 3000, "−99.9%")]
    [InlineData(1, 3, "−66.67%")]
    [InlineData(100005, 100000, "+0.01%")]
    [InlineData(99995, 100000, "−0.01%")]
    [InlineData(120, 10, "+1,100%")]
    public void Counts_that_published_figures_come_from_give_those_figures(int now, int then, string text) =>
        FigureText.Of(Change.Of(now, then), "持平").ShouldBe(text);

    [Theory]
    [InlineData("-32.7", "−32.7%")]
    [InlineData("-47.1", "−47.1%")]
    [InlineData("-10.39", "−10.39%")]
    [InlineData("-40.9", "−40.9%")]
    [InlineData("-24.03", "−24.03%")]
    [InlineData("-23.28", "−23.28%")]
    [InlineData("-41.05", "−41.05%")]
    [InlineData("-40.90", "−40.90%")]
    public void What_a_source_published_is_shown_with_as_many_decimals_as_it_has(string given, string text) =>
        FigureText.Percent(decimal.Parse(given, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(text);

    [Fact]
    public void Numbers_keep_their_decimals() =>
        new[] { 1234m, 24.03m, 24.10m, -5m, 0m }.Select(value => FigureText.Number(value)).ShouldBe(["1,234", "24.03", "24.10", "−5", "0"]);

    [Fact]
    public void Yoy_inverts()
    {
        var counts = Gen.Choose(1, 10_000_000);
        var property = Prop.ForAll(
            (from now in counts from then in counts select (now, then)).ToArbitrary(),
            sample =>
            {
                var (there, back) = (Change.Of(sample.now, sample.then).Ratio!.Value, Change.Of(sample.then, sample.now).Ratio!.Value);
                return Math.Abs(((1 + there) * (1 + back)) - 1) < 1e-18m && Math.Abs((sample.then * (1 + there)) - sample.now) < 1e-18m;
            });
        property.QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_light_of_an_adverse_change_turns_red_above_ten_percent_and_from_three_cases_on()
    {
        Light Of(decimal now, decimal then, Adverse adverse = Adverse.Up) => AdverseLight.Of(Change.Of(now, then), now, adverse);

        Of(10, 10).ShouldBe(Light.Green);
        Of(9, 10).ShouldBe(Light.Green);
        Of(11, 10).ShouldBe(Light.Amber);
        Of(12, 10).ShouldBe(Light.Red);
        Of(2, 1).ShouldBe(Light.Amber);
        Of(2, 0).ShouldBe(Light.Amber);
        Of(3, 0).ShouldBe(Light.Red);
        Of(0, 0).ShouldBe(Light.Green);
        Of(8, 10, Adverse.Down).ShouldBe(Light.Red);
        Of(12, 10, Adverse.Down).ShouldBe(Light.Green);
        Of(12, 10, Adverse.None).ShouldBe(Light.Off);
        AdverseLight.Of(Change.Incomplete, 12, Adverse.Up).ShouldBe(Light.Off);
    }

    [Fact]
    public void A_comparison_carries_its_base_and_daily_mean_and_refuses_what_is_not_the_same_thing()
    {
        var (now, then) = (Amount.None with { Value = 280 }, Amount.None with { Value = 290 });
        var february = Period.OfMonth(2025, 2);

        var whole = Comparison.Of(now, february.YearBefore(), then);
        (whole.Base.Value, whole.DailyMean, whole.Change.Percent).ShouldBe((290m, 10m, -3.45m));

        Comparison.Of(now with { MissingTowns = ["990101002"] }, february.YearBefore(), then).Change.ShouldBe(Change.Incomplete);
        Comparison.Of(now, february.YearBefore(), then with { MissingDays = 1 }).Change.ShouldBe(Change.Incomplete);
        Comparison.Of(now, february.YearBefore(), Amount.None).Change.Kind.ShouldBe(ChangeKind.NotReported);
    }

    [Fact]
    public void A_band_is_two_standard_deviations_wide_on_each_side_and_never_below_zero()
    {
        Band.Of([1, 2]).ShouldBeNull();
        var band = Band.Of([2, 4, 4, 4, 5, 5, 7, 9])!;
        band.Mean.ShouldBe(5);
        Math.Round(band.High, 4).ShouldBe(9.2762m);
        Math.Round(band.Low, 4).ShouldBe(0.7238m);
        Band.Of([0, 0, 9])!.Low.ShouldBe(0);
        Band.Of([7, 7, 7]).ShouldBe(new Band(7, 7, 7));
    }

    [Fact]
    public void Litigation_is_cases_of_ten_thousand_people()
    {
        Rates.LitigationPer10k(1_201, 400_000, 99_800).ShouldBe(24.03m);
        Rates.LitigationPer10k(1_201, 400_000, migrants: null).ShouldBe(30.03m);
        Rates.LitigationPer10k(5, null, 3).ShouldBeNull();
        Rates.LitigationPer10k(5, 0, 0).ShouldBeNull();
    }
}
