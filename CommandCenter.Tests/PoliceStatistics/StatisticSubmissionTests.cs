using System.Text;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.PoliceStatistics;

namespace CommandCenter.Tests.PoliceStatistics;

public class StatisticSubmissionTests
{
    private const string Town = "990101002";

    [Theory]
    [InlineData(Town, "公安局")]
    [InlineData("990101003", "公安局", "figures[0].area")]
    [InlineData("990101", "公安局", "figures[0].area")]
    [InlineData(Town, "信访局", "source")]
    public void A_key_of_an_area_and_source_sends_nothing_else(string area, string source, params string[] fields)
    {
        var sight = AccessPolicy.SightOf(Subject.OfKey(1, "town", KeyScopes.Statistics, Town, "公安局"), Permission.ManageStatistics)!;
        var errors = new FieldErrors();

        var read = StatisticSubmissionReader.Read(
            Encoding.UTF8.GetBytes($$"""{"source":"{{source}}","asOf":"2026-02-01","figures":[{"area":"{{area}}","month":"2026-01","value":24.10}]}"""),
            sight, StatisticTerms.Defaults, new AreaNames(TownHistory.Empty), errors);

        errors.ToDictionary().Keys.ShouldBe(fields);
        (read is not null).ShouldBe(fields.Length == 0);
        read?.Draft.ByKey.Single().Value.Decimals.ShouldBe(2);
    }
}
