using CommandCenter.Data.PoliceStatistics;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.PoliceStatistics;

public class StatisticCubeTests
{
    private static readonly string[] Categories = ["criminal", "publicOrder", "traffic"], Towns = ["990101001", "990101002", "990101003"];

    [Fact]
    public void Parts_sum_to_the_whole_over_towns_categories_and_months()
    {
        var property = Prop.ForAll(
            Gen.ArrayOf(Gen.Choose(0, 500), 27).ToArbitrary(),
            counts =>
            {
                var cube = new StatisticCube(StatisticTerms.Defaults, TownHistory.Empty, new Dictionary<long, string>());
                foreach (var (i, count) in counts.Index())
                {
                    cube.Add($"calls/{Categories[i % 3]}", Towns[i / 3 % 3], MonthNumber.Of(new DateOnly(2026, 1 + (i / 9), 1)), new CubeMonth(0, true, null, count, 31, 28, default, 1));
                }

                var quarter = Period.OfQuarter(2026, 1);
                decimal Of(string category, string area, Period period) => cube.Amount(StatisticSeries.Of("calls", category), area, period).Value!.Value;
                var months = Enumerable.Range(1, 3).Select(month => Period.OfMonth(2026, month)).ToList();
                return Of("", "990101", quarter) == counts.Sum()
                    && Of("", "990101", quarter) == Towns.Sum(town => Of("", town, quarter))
                    && Of("", "990101", quarter) == Categories.Sum(category => Of(category, "990101", quarter))
                    && Towns.All(town => Categories.All(category => Of(category, town, quarter) == months.Sum(month => Of(category, town, month))));
            });
        property.QuickCheckThrowOnFailure();
    }
}
