using System.Globalization;
using CommandCenter.Data.Disputes;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Disputes;

public class DisputeClockTests
{
    private static readonly DateTime Accepted = Utc("2026-01-30T23:00:00+08:00");

    private static DateTime Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime;

    [Theory]
    [InlineData("2026-01-30T23:00:00+08:00", "2026-02-28", "2026-03-30")]
    [InlineData("2024-01-31T09:00:00+08:00", "2024-02-29", "2024-03-31")]
    [InlineData("2026-08-31T09:00:00+08:00", "2026-09-30", "2026-10-31")]
    [InlineData("2026-12-15T00:30:00+08:00", "2027-01-15", "2027-02-15")]
    public void A_month_ends_on_the_day_of_the_same_number_or_on_the_last_there_is(string accepted, string due, string extended)
    {
        DisputeClock.DueOn(Utc(accepted), extended: false).ShouldBe(DateOnly.Parse(due, CultureInfo.InvariantCulture));
        DisputeClock.DueOn(Utc(accepted), extended: true).ShouldBe(DateOnly.Parse(extended, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_last_day_is_whole() => DisputeClock.DueBy(new DateOnly(2026, 2, 28)).ShouldBe(Utc("2026-03-01T00:00:00+08:00"));

    [Fact]
    public void It_is_extended_once_before_it_has_run_out_and_with_a_reason()
    {
        Extend("2026-02-28T23:59:59+08:00").ShouldBe(ExtensionOutcome.Extended);
        Extend("2026-03-01T00:00:00+08:00").ShouldBe(ExtensionOutcome.TooLate);
        Extend("2026-02-20T09:00:00+08:00", extended: true).ShouldBe(ExtensionOutcome.AlreadyExtended);
        Extend("2026-02-20T09:00:00+08:00", reason: " ").ShouldBe(ExtensionOutcome.ReasonMissing);
        Extend("2026-02-20T09:00:00+08:00", stage: DisputeStage.Agreed).ShouldBe(ExtensionOutcome.NotRunning);
        DisputeClock.Extend(DisputeStage.Registered, acceptedAt: null, extended: false, "伤情鉴定未出", Accepted).ShouldBe(ExtensionOutcome.NotRunning);

        static ExtensionOutcome Extend(string now, bool extended = false, string reason = "伤情鉴定未出", DisputeStage stage = DisputeStage.Mediating) =>
            DisputeClock.Extend(stage, Accepted, extended, reason, Utc(now));
    }

    [Fact]
    public void Time_that_was_extended_is_always_longer() =>
        Prop.ForAll(Gen.Choose(0, 20_000_000).ToArbitrary(), minute =>
        {
            var accepted = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(minute);
            var (due, extended) = (DisputeClock.DueOn(accepted, extended: false), DisputeClock.DueOn(accepted, extended: true));
            (DisputeClock.DueBy(due) - accepted).TotalDays.ShouldBeInRange(28, 32);
            (extended.DayNumber - due.DayNumber).ShouldBeInRange(28, 31);
        }).QuickCheckThrowOnFailure();
}
