using CommandCenter.Data.Disputes;
using CommandCenter.Data.Incidents;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Disputes;

public class DisputeBacklogProperties
{
    private const int FlowDays = 30;

    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly DateTime Now = CountyTime.StartOfDay(Today).AddHours(17);

    private static readonly Gen<CountedDispute> One =
        from id in Gen.Choose(1, 1_000_000)
        from area in Gen.Elements<string?>(null, "990101", "990101100", "990101101", "990101101203", "990101102201001")
        from body in Gen.Elements<string?>(null, "tw-1", "tw-2", "fy-1")
        from stage in Gen.Elements(Enum.GetValues<DisputeStage>())
        from risk in Gen.Elements(Enum.GetValues<DisputeRisk>())
        from registered in Gen.Choose(0, 150 * 24 * 60)
        from accepted in Gen.Choose(0, 100)
        from closed in Gen.Choose(0, 100)
        from extended in Gen.Elements(true, false)
        select Made(id, area, body, stage, risk, registered, accepted, closed, extended);

    private static readonly Arbitrary<List<CountedDispute>> Registers = One.ListOf().Select(list => list.DistinctBy(dispute => dispute.Id).ToList()).ToArbitrary();

    // Registered so many minutes ago, accepted and closed after a part, in hundredths, of the time since.
    private static CountedDispute Made(int id, string? area, string? body, DisputeStage stage, DisputeRisk risk, int registered, int accepted, int closed, bool extended)
    {
        var registeredAt = Now.AddMinutes(-registered);
        DateTime? acceptedAt = stage == DisputeStage.Registered ? null : registeredAt.AddMinutes(registered * accepted / 200);
        DateTime? closedAt = stage >= DisputeStage.Closed ? registeredAt.AddMinutes(registered * (100 + closed) / 200) : null;
        return new CountedDispute(id, area, body, stage, risk, registeredAt, acceptedAt, extended, closedAt);
    }

    [Fact]
    public void Every_split_sums_to_what_is_open() => Prop.ForAll(Registers, disputes =>
    {
        var backlog = DisputeBacklog.Of(disputes, Today, FlowDays);

        backlog.Open.ShouldBe(disputes.Count(dispute => dispute.ClosedAt is null));
        backlog.ByStage.Values.Sum().ShouldBe(backlog.Open);
        backlog.ByAge.Values.Sum().ShouldBe(backlog.Open);
        backlog.ByRisk.Values.Sum().ShouldBe(backlog.Open);
        backlog.ByTown.Sum(town => town.Open).ShouldBe(backlog.Open);
        backlog.ByBody.Sum(body => body.Open).ShouldBe(backlog.Open);
        backlog.ByTown.Sum(town => town.Overdue).ShouldBe(backlog.Overdue);
        backlog.ByBody.Sum(body => body.Overdue).ShouldBe(backlog.Overdue);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Each_day_ends_with_what_the_day_before_left_and_what_came_and_went() => Prop.ForAll(Registers, disputes =>
    {
        var backlog = DisputeBacklog.Of(disputes, Today, FlowDays);

        backlog.Flow.Count.ShouldBe(FlowDays);
        backlog.Flow[^1].Backlog.ShouldBe(backlog.Open);
        foreach (var (before, day) in backlog.Flow.Zip(backlog.Flow.Skip(1)))
        {
            day.Backlog.ShouldBe(before.Backlog + day.Inflow - day.Outflow);
        }

        foreach (var day in backlog.Flow.SkipLast(1))
        {
            var end = CountyTime.StartOfDay(day.Day.AddDays(1));
            day.Backlog.ShouldBe(disputes.Count(dispute => dispute.RegisteredAt < end && !(dispute.ClosedAt < end)));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_in_which_disputes_come_does_not_matter() => Prop.ForAll(Registers, disputes =>
    {
        var (one, other) = (DisputeBacklog.Of(disputes, Today, FlowDays), DisputeBacklog.Of(Enumerable.Reverse(disputes), Today, FlowDays));

        other.ByTown.ShouldBe(one.ByTown);
        other.ByBody.ShouldBe(one.ByBody);
        other.DueByDay.ShouldBe(one.DueByDay);
        other.Flow.ShouldBe(one.Flow);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_falls_due_is_told_for_its_day_and_what_is_past_it_is_overdue()
    {
        CountedDispute Accepted(long id, DateOnly on, DisputeStage stage = DisputeStage.Mediating, bool extended = false)
        {
            var at = CountyTime.StartOfDay(on).AddHours(9);
            return new CountedDispute(id, "990101101203", "tw-1", stage, DisputeRisk.Blue, at, at, extended, null);
        }

        var backlog = DisputeBacklog.Of(
            [
                Accepted(1, new DateOnly(2026, 10, 21)), // due yesterday
                Accepted(2, new DateOnly(2026, 10, 21), extended: true), // due in a month
                Accepted(3, new DateOnly(2026, 10, 22)), // due today
                Accepted(4, new DateOnly(2026, 10, 28)), // due on the seventh day
                Accepted(5, new DateOnly(2026, 10, 29)), // beyond
                Accepted(6, new DateOnly(2026, 10, 1), DisputeStage.Agreed), // its clock has stopped
            ],
            Today, FlowDays);

        backlog.Overdue.ShouldBe(1);
        backlog.DueByDay.ShouldBe([1, 0, 0, 0, 0, 0, 1]);
        backlog.ByBody.ShouldHaveSingleItem().ShouldBe(new DisputeHolding("tw-1", 6, 1, 6, 52));
        backlog.ByTown.ShouldHaveSingleItem().Code.ShouldBe("990101101");
    }
}
