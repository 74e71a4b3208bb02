using CommandCenter.Data.Incidents;
using CommandCenter.Data.Live;
using CommandCenter.Data.Privacy;

namespace CommandCenter.Tests.Live;

public class BoardMaskTests
{
    private static readonly BoardMask Mask = new(new PrivacyOptions());

    [Fact]
    public void Of_a_sensitive_category_nothing_is_told_that_leads_to_one_person()
    {
        var shown = Mask.Shown(Entry("0902"), visitor: false);

        (shown.Incident!.Title, shown.Incident.Longitude, shown.Incident.Latitude, shown.Note).ShouldBe(("", null, null, null));
        (shown.Incident.GridCode, shown.Incident.Category, shown.Position).ShouldBe(("990101001001001", "0902", 7));
    }

    [Fact]
    public void Other_categories_are_told_as_they_are_and_to_guests_without_words()
    {
        var entry = Entry("0401");

        Mask.Shown(entry, visitor: false).ShouldBeSameAs(entry);
        var shown = Mask.Shown(entry, visitor: true);
        (shown.Incident!.Title, shown.Note, shown.Incident.Longitude).ShouldBe(("", null, 105.1));
    }

    [Theory]
    [InlineData("09", 0, false)]
    [InlineData("09", 1, true)]
    [InlineData("09", 2, true)]
    [InlineData("09", 3, false)]
    [InlineData("04", 1, false)]
    public void Small_groups_of_sensitive_categories_are_not_counted_out(string category, int count, bool hidden) =>
        Mask.Hides(category, count).ShouldBe(hidden);

    private static StreamEntry Entry(string category) => new(
        7, DateTime.UnixEpoch, StreamEntryKind.Closed,
        new OpenIncident(
            3, "20261122-00001", "王某走失", category, Urgency.Normal, IncidentStatus.Closed, 105.1, 30.1, "990101001001001", OutsideGrids: false, "110",
            DateTime.UnixEpoch, DateTime.UnixEpoch),
        "desk", "已送回家", Late: false);
}
