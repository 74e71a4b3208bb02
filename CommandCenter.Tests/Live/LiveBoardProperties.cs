using CommandCenter.Data.Incidents;
using CommandCenter.Data.Live;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Live;

public class LiveBoardProperties
{
    [Fact]
    public void However_the_log_is_cut_into_batches_the_board_is_the_same() =>
        Holds(choices =>
        {
            var log = RandomLog.From(choices).Events;
            var whole = LiveBoard.Apply(LiveBoard.Empty, log);
            var random = new Random(choices.Length);
            var board = LiveBoard.Empty;
            for (var at = 0; at < log.Count;)
            {
                var length = Math.Min(random.Next(1, 9), log.Count - at);
                board = LiveBoard.Apply(board, log.GetRange(at, length));
                at += length;
            }

            board.Same(whole).ShouldBeTrue();
        });

    [Fact]
    public void A_board_stays_as_it_was_when_others_are_made_from_it() =>
        Holds(choices =>
        {
            var log = RandomLog.From(choices).Events;
            var half = log.Count / 2;
            var before = LiveBoard.Apply(LiveBoard.Empty, log.GetRange(0, half));
            _ = LiveBoard.Apply(before, log.GetRange(half, log.Count - half));
            before.Same(LiveBoard.Apply(LiveBoard.Empty, log.GetRange(0, half))).ShouldBeTrue();
        });

    [Fact]
    public void Every_figure_of_every_area_is_what_its_definition_says() =>
        Holds(choices =>
        {
            var log = RandomLog.From(choices);
            var board = LiveBoard.Apply(LiveBoard.Empty, log.Events);
            var latest = board.LastEventAt ?? log.Now;
            foreach (var now in (DateTime[])[latest, latest.AddSeconds(50), latest.AddHours(7.5), latest.AddDays(1.3), latest.AddDays(20)])
            {
                foreach (var area in (string[])["", "330481", "330482", "330481001", "330481001001", "330481001001002", "999999"])
                {
                    ShouldBeSame(board.Overview(area, now), ByTheBook.Overview(log.Events, area, now), area);
                }
            }
        });

    [Fact]
    public void What_is_due_is_listed_overdue_first_and_counted_whole() =>
        Holds(choices =>
        {
            var log = RandomLog.From(choices);
            var board = LiveBoard.Apply(LiveBoard.Empty, log.Events);
            var latest = board.LastEventAt ?? log.Now;
            foreach (var now in (DateTime[])[latest, latest.AddHours(1.7), latest.AddHours(20), latest.AddDays(6)])
            {
                foreach (var area in (string[])["", "330481", "330481001", "330482001001001", "999999"])
                {
                    var (overdue, soon) = ByTheBook.Due(log.Events, area, now);
                    var due = DueIncidents.Of(board, area, now, count: 5);
                    due.Overdue.ShouldBe(overdue.Count, area);
                    due.DueSoon.ShouldBe(soon.Count, area);
                    due.First.Select(incident => incident.Id).ShouldBe(overdue.Concat(soon).Take(5), area);
                }
            }
        });

    [Fact]
    public void An_incident_is_due_soon_from_three_quarters_of_its_time_until_it_is_overdue()
    {
        var received = new DateTime(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);
        var incident = new OpenIncident(
            1, "20261120-00001", "路灯不亮", "0706", Urgency.Normal, IncidentStatus.Reported, null, null, null, false, "110", received, received.AddHours(4));

        incident.IsDueSoon(received.AddHours(3).AddMilliseconds(-1)).ShouldBeFalse();
        incident.IsDueSoon(received.AddHours(3)).ShouldBeTrue();
        incident.IsDueSoon(received.AddHours(4)).ShouldBeTrue();
        incident.IsDueSoon(received.AddHours(4).AddMilliseconds(1)).ShouldBeFalse();
        (incident with { Status = IncidentStatus.Closed }).IsDueSoon(received.AddHours(3)).ShouldBeFalse();
    }

    private static void Holds(Action<int[]> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(150), Prop.ForAll(RandomLog.Choices, property));

    private static void ShouldBeSame(OverviewFigures figures, OverviewFigures expected, string area)
    {
        figures.Categories.ShouldBe(expected.Categories, area);
        figures.Last24Hours.ShouldBe(expected.Last24Hours, area);
        figures.Towns.Where(Counts).ShouldBe(expected.Towns.Where(Counts), area);
        (figures with { Categories = [], Last24Hours = [], Towns = [] })
            .ShouldBe(expected with { Categories = [], Last24Hours = [], Towns = [] }, area);
    }

    // Whether a town that has nothing to say stands in the list or not says nothing.
    private static bool Counts(TownFigures town) =>
        town.Open + town.Overdue + town.ReportedToday + town.ClosedToday + town.OnTime.Closed > 0;
}
