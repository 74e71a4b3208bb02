using CommandCenter.Data.PoliceStatistics;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.PoliceStatistics;

public class SafetyIndexTests
{
    private static SafetyInput Part(SafetyPart part, decimal? count, params decimal[] bases) =>
        new(part, count, [.. bases.Select((value, i) => new SafetyBase(2025 - i, value, Population: null))]);

    private static SafetyPartScore Score(SafetyInput input, decimal? population = null) =>
        SafetyIndex.Of([input], population, SafetyWeights.Default).Parts.Single(part => part.Part == input.Part);

    [Fact]
    public void As_many_as_in_the_prior_years_gives_80_and_none_gives_100()
    {
        Score(Part(SafetyPart.Crime, 12, 12, 12, 12)).Score.ShouldBe(80);
        Score(Part(SafetyPart.Crime, 0, 12, 12, 12)).Score.ShouldBe(100);
        Score(Part(SafetyPart.Crime, 0, 0, 0, 0)).Score.ShouldBe(100);
        var half = Score(Part(SafetyPart.Crime, 6, 15, 15, 15));
        (half.Count, half.Base, half.Ratio, half.Score).ShouldBe((6m, 15m, 0.5m, 100m));
        Score(Part(SafetyPart.Crime, 24, 15, 15, 15)).Score.ShouldBe(60);
        Score(Part(SafetyPart.Crime, 1_000, 15, 15, 15)).Score.ShouldBe(0);
    }

    [Fact]
    public void The_base_is_the_mean_of_the_prior_years_adjusted_for_population()
    {
        var input = new SafetyInput(SafetyPart.Fire, 10, [new(2025, 8, 10_000), new(2024, 8, 20_000), new(2023, 9, 30_000)]);

        // 8 × 30/10, 8 × 30/20, 9 × 30/30.
        var part = Score(input, population: 30_000);
        (part.Base, part.Adjusted).ShouldBe((15m, true));
        Score(input).Adjusted.ShouldBeFalse();
        Math.Round(Score(input).Base!.Value, 4).ShouldBe(8.3333m);
    }

    [Fact]
    public void A_missing_part_is_left_out_and_the_rest_carries_its_weight()
    {
        var index = SafetyIndex.Of(
            [Part(SafetyPart.Crime, 12, 12, 12, 12), Part(SafetyPart.Fire, 0, 1, 1, 1), Part(SafetyPart.Petitions, count: null, 4, 4, 4)], null, SafetyWeights.Default);

        index.Score.ShouldBe(85);
        index.Provisional.ShouldBeFalse();
        index.Parts.Count.ShouldBe(7);
        index.Parts.Where(part => part.Share > 0).Select(part => (part.Part, part.Share)).ShouldBe([(SafetyPart.Crime, 0.75m), (SafetyPart.Fire, 0.25m)]);
        index.Level.ShouldBe(SafetyLevel.Yellow);
    }

    [Fact]
    public void Fewer_than_three_base_years_are_provisional_and_none_at_all_leave_the_part_out()
    {
        SafetyIndex.Of([Part(SafetyPart.Crime, 5, 5, 5)], null, SafetyWeights.Default).Provisional.ShouldBeTrue();
        var without = SafetyIndex.Of([Part(SafetyPart.Crime, 5)], null, SafetyWeights.Default);
        (without.Score, without.Provisional).ShouldBe((null, true));
    }

    [Fact]
    public void Other_weights_are_tried_on_the_same_parts()
    {
        var index = SafetyIndex.Of([Part(SafetyPart.Crime, 12, 12, 12, 12), Part(SafetyPart.Fire, 0, 1, 1, 1)], null, SafetyWeights.Default);

        index.With(new SafetyWeights(SafetyWeights.Default.Of.SetItem(SafetyPart.Fire, 30))).Score.ShouldBe(90);
        index.With(SafetyWeights.Default).Score.ShouldBe(index.Score);
    }

    [Fact]
    public void The_on_time_rate_counts_as_it_is()
    {
        var index = SafetyIndex.Of([new(SafetyPart.OnTime, 0.953m, [])], null, SafetyWeights.Default);
        (index.Score, index.Provisional).ShouldBe((95.3m, false));
    }

    [Theory]
    [InlineData(90, SafetyLevel.Green)]
    [InlineData(89.9, SafetyLevel.Yellow)]
    [InlineData(80, SafetyLevel.Yellow)]
    [InlineData(79.9, SafetyLevel.Orange)]
    [InlineData(70, SafetyLevel.Orange)]
    [InlineData(69.9, SafetyLevel.Red)]
    public void The_colours_begin_where_the_rule_says(decimal score, SafetyLevel level) => SafetyIndex.LevelOf(score).ShouldBe(level);

    [Fact]
    public void Weights_that_cannot_be_counted_with_are_told()
    {
        SafetyWeights.Default.IsValid.ShouldBeTrue();
        SafetyWeights.Default.Of.Values.Sum().ShouldBe(100);
        new SafetyWeights(SafetyWeights.Default.Of.SetItem(SafetyPart.Fire, -1)).IsValid.ShouldBeFalse();
        new SafetyWeights(SafetyWeights.Default.Of.Clear()).IsValid.ShouldBeFalse();
    }

    [Fact]
    public void Shares_sum_to_one_points_to_the_score_and_more_cases_never_score_better()
    {
        var inputs =
            from parts in Gen.ArrayOf(
                from part in Gen.Elements(Enum.GetValues<SafetyPart>())
                from count in Gen.Choose(0, 300)
                from bases in Gen.ArrayOf(Gen.Choose(0, 300))
                select part == SafetyPart.OnTime
                    ? new SafetyInput(part, count / 300m, [])
                    : new SafetyInput(part, count, [.. bases.Take(3).Select((value, i) => new SafetyBase(2025 - i, value, Population: null))]))
            from more in Gen.Choose(1, 100)
            select (parts: parts.DistinctBy(part => part.Part).ToList(), more);
        var property = Prop.ForAll(
            inputs.ToArbitrary(),
            sample =>
            {
                var index = SafetyIndex.Of(sample.parts, null, SafetyWeights.Default);
                var worse = SafetyIndex.Of(sample.parts.Select(part => part.Part == SafetyPart.OnTime ? part : part with { Count = part.Count + sample.more }), null, SafetyWeights.Default);
                var sums = index.Score is null
                    || (Math.Abs(index.Parts.Sum(part => part.Share) - 1) < 1e-20m && Math.Abs(index.Parts.Sum(part => part.Points) - index.Score.Value) <= 0.05m);
                var monotone = index.Parts.Zip(worse.Parts).All(pair => pair.First.Score is not { } s || pair.Second.Score is not { } t || t <= s);
                return sums && monotone && index.Score is null or (>= 0 and <= 100);
            });
        property.QuickCheckThrowOnFailure();
    }
}
