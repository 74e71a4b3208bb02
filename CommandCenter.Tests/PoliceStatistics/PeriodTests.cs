using CommandCenter.Data.PoliceStatistics;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.PoliceStatistics;

public class PeriodTests
{
    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static (DateOnly, DateOnly) Span(Period? period) => (period!.From, period.To);

    [Fact]
    public void Whole_months_are_compared_with_whole_months_whatever_their_length()
    {
        Span(Period.OfMonth(2025, 2).YearBefore()).ShouldBe((Day("2024-02-01"), Day("2024-02-29")));
        Span(Period.OfMonth(2024, 2).YearBefore()).ShouldBe((Day("2023-02-01"), Day("2023-02-28")));
        Span(Period.OfMonth(2026, 3).Previous()).ShouldBe((Day("2026-02-01"), Day("2026-02-28")));
        Span(Period.OfMonth(2026, 1).Previous()).ShouldBe((Day("2025-12-01"), Day("2025-12-31")));
        Span(Period.OfQuarter(2024, 1).YearBefore()).ShouldBe((Day("2023-01-01"), Day("2023-03-31")));
        Span(Period.OfQuarter(2026, 1).Previous()).ShouldBe((Day("2025-10-01"), Day("2025-12-31")));
        Span(Period.OfYear(2025).YearBefore()).ShouldBe((Day("2024-01-01"), Day("2024-12-31")));
        Span(Period.OfYear(2025).Previous()).ShouldBe((Day("2024-01-01"), Day("2024-12-31")));
    }

    [Fact]
    public void A_year_to_date_is_compared_with_identical_days_and_the_leap_day_with_28_February()
    {
        Span(Period.YearTo(Day("2024-02-29")).YearBefore()).ShouldBe((Day("2023-01-01"), Day("2023-02-28")));
        Span(Period.YearTo(Day("2025-02-28")).YearBefore()).ShouldBe((Day("2024-01-01"), Day("2024-02-28")));
        Span(Period.YearTo(Day("2026-11-20")).YearBefore()).ShouldBe((Day("2025-01-01"), Day("2025-11-20")));
        Span(Period.OfDay(Day("2024-02-29")).YearBefore()).ShouldBe((Day("2023-02-28"), Day("2023-02-28")));
        Period.YearTo(Day("2026-11-20")).Previous().ShouldBeNull();
    }

    [Fact]
    public void A_running_period_is_compared_with_the_same_days()
    {
        var running = Period.OfMonth(2026, 3).Through(Day("2026-03-20"));
        Span(running.YearBefore()).ShouldBe((Day("2025-03-01"), Day("2025-03-20")));
        Span(running.Previous()).ShouldBe((Day("2026-02-01"), Day("2026-02-20")));
        Span(Period.OfMonth(2026, 3).Through(Day("2026-03-30")).Previous()).ShouldBe((Day("2026-02-01"), Day("2026-02-28")));
        Span(Period.OfMonth(2024, 2).Through(Day("2024-02-28")).YearBefore()).ShouldBe((Day("2023-02-01"), Day("2023-02-28")));
        Span(Period.OfQuarter(2026, 4).Through(Day("2026-11-20")).Previous()).ShouldBe((Day("2026-07-01"), Day("2026-08-20")));
        Span(Period.OfWeek(Day("2026-11-18")).Through(Day("2026-11-18")).Previous()).ShouldBe((Day("2026-11-09"), Day("2026-11-11")));
        Period.OfMonth(2026, 3).Through(Day("2026-04-20")).ShouldBe(Period.OfMonth(2026, 3));
    }

    [Fact]
    public void A_week_begins_on_monday_and_follows_a_week()
    {
        var week = Period.OfWeek(Day("2026-11-22"));

        Span(week).ShouldBe((Day("2026-11-16"), Day("2026-11-22")));
        Span(week.Previous()).ShouldBe((Day("2026-11-09"), Day("2026-11-15")));
    }

    [Fact]
    public void By_weekdays_the_days_of_the_year_before_fall_on_the_same_weekdays()
    {
        var property = Prop.ForAll(
            (from day in Gen.Choose(0, 36_500) from length in Gen.Choose(1, 400) select (Day("1950-01-01").AddDays(day), length)).ToArbitrary(),
            sample =>
            {
                var period = Period.Between(sample.Item1, sample.Item1.AddDays(sample.length - 1));
                var before = period.YearBefore(Alignment.Weekday);
                return before.Length == period.Length && before.From.DayOfWeek == period.From.DayOfWeek && before.From < period.From;
            });
        property.QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(2023, "2023-01-22")]
    [InlineData(2024, "2024-02-10")]
    [InlineData(2025, "2025-01-29")]
    [InlineData(2026, "2026-02-17")]
    [InlineData(2033, "2033-01-31")]
    [InlineData(2034, "2034-02-19")]
    public void The_spring_festival_is_where_the_calendar_has_it(int year, string day) => SpringFestival.Of(year).ShouldBe(Day(day));

    [Fact]
    public void By_the_spring_festival_the_holiday_is_compared_with_the_holiday()
    {
        // 15 to 23 February 2026 is from two days before the festival to six after it.
        var holiday = Period.Between(Day("2026-02-15"), Day("2026-02-23"));

        Span(holiday.YearBefore(Alignment.SpringFestival)).ShouldBe((Day("2025-01-27"), Day("2025-02-04")));
        Span(holiday.YearBefore(Alignment.Calendar)).ShouldBe((Day("2025-02-15"), Day("2025-02-23")));

        // The end of the year belongs to the festival that comes.
        Span(Period.OfDay(Day("2025-12-31")).YearBefore(Alignment.SpringFestival)).ShouldBe((Day("2024-12-12"), Day("2024-12-12")));
        Should.Throw<ArgumentOutOfRangeException>(() => Period.OfDay(Day("2140-01-01")).YearBefore(Alignment.SpringFestival));
    }

    [Fact]
    public void A_period_ends_no_earlier_than_it_begins() => Should.Throw<ArgumentOutOfRangeException>(() => Period.Between(Day("2026-02-02"), Day("2026-02-01")));
}
