using CommandCenter.Data.Disputes;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Tests.Disputes;

public class DisputeFiguresTests
{
    [Theory]
    [InlineData(0, AgeBand.UpTo7Days)]
    [InlineData(7, AgeBand.UpTo7Days)]
    [InlineData(8, AgeBand.UpTo15Days)]
    [InlineData(15, AgeBand.UpTo15Days)]
    [InlineData(16, AgeBand.UpTo30Days)]
    [InlineData(30, AgeBand.UpTo30Days)]
    [InlineData(31, AgeBand.UpTo60Days)]
    [InlineData(60, AgeBand.UpTo60Days)]
    [InlineData(61, AgeBand.Over60Days)]
    [InlineData(4000, AgeBand.Over60Days)]
    public void Ages_fall_into_their_bands(int days, AgeBand band) => DisputeAge.Band(days).ShouldBe(band);

    [Fact]
    public void A_dispute_grows_older_at_midnight_in_the_county()
    {
        var registered = new DateTime(2026, 11, 1, 15, 59, 0, DateTimeKind.Utc);

        DisputeAge.Days(registered, new DateOnly(2026, 11, 1)).ShouldBe(0);
        DisputeAge.Days(registered.AddMinutes(1), new DateOnly(2026, 11, 2)).ShouldBe(0);
        DisputeAge.Days(registered, new DateOnly(2026, 11, 2)).ShouldBe(1);
    }

    [Fact]
    public void No_disputes_are_no_rate()
    {
        DisputeRates.Resolution(0, 0).ShouldBeNull();
        DisputeRates.Success(0, 0).ShouldBeNull();
    }

    [Fact]
    public void Rates_are_exact()
    {
        DisputeRates.Resolution(19, 20).ShouldBe(0.95m);
        DisputeRates.Success(3, 1).ShouldBe(0.75m);
        Should.Throw<ArgumentOutOfRangeException>(() => DisputeRates.Resolution(21, 20));
    }

    [Fact]
    public void Every_incident_of_category_01_has_a_category_as_a_dispute_and_no_other_has()
    {
        foreach (var category in IncidentCategories.All)
        {
            var dispute = DisputeCategories.OfIncident(category.Code);
            (dispute is not null).ShouldBe(category.Code.StartsWith("01", StringComparison.Ordinal), category.Code);
            (dispute is null || DisputeCategories.Find(dispute) is not null).ShouldBeTrue(category.Code);
        }

        DisputeCategories.All.Select(category => category.Code).ShouldBeUnique();
        DisputeCategories.All.Count.ShouldBe(19);
    }
}
