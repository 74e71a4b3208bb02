using System.Globalization;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Tests.Incidents;

public class CountyTimeTests
{
    [Theory]
    [InlineData("2026-11-22T08:30:00Z", "2026-11-22T08:30:00.000Z")]
    [InlineData("2026-11-22T08:30:00+08:00", "2026-11-22T00:30:00.000Z")]
    [InlineData("2026-11-22T08:30:00-03:30", "2026-11-22T12:00:00.000Z")]
    [InlineData("2026-11-22T08:30:00", "2026-11-22T00:30:00.000Z")]
    [InlineData("2026-11-22T08:30", "2026-11-22T00:30:00.000Z")]
    [InlineData("2026-11-22", "2026-11-21T16:00:00.000Z")]
    [InlineData("2026-11-22T08:30:00.1239999+08:00", "2026-11-22T00:30:00.123Z")]
    public void An_instant_without_an_offset_is_county_time(string text, string utc)
    {
        CountyTime.TryParse(text, out var read).ShouldBeTrue();

        (read, read.Kind).ShouldBe((DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture).UtcDateTime, DateTimeKind.Utc));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-22T08:30:00z")]
    [InlineData("2026-02-30")]
    [InlineData("2026-11-22 08:30")]
    [InlineData("22.11.2026")]
    [InlineData("0001-01-01")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("2026-11-22T24:00:00Z")]
    public void What_is_no_instant_is_not_read(string text) => CountyTime.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_county_day_begins_at_16_o_clock_UTC()
    {
        var start = CountyTime.StartOfDay(new DateOnly(2026, 11, 22));

        start.ShouldBe(new DateTime(2026, 11, 21, 16, 0, 0, DateTimeKind.Utc));
        CountyTime.Day(start).ShouldBe(new DateOnly(2026, 11, 22));
        CountyTime.Day(start.AddMilliseconds(-1)).ShouldBe(new DateOnly(2026, 11, 21));
    }
}
