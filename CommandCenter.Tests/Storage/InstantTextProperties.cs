using System.Globalization;
using CommandCenter.Data.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Storage;

/// <summary>Instants as texts of the embedded store: they sort as time does, so each must have the one form.</summary>
public sealed class InstantTextProperties
{
    private static readonly Arbitrary<long> Ticks = Gen.Choose(0, 3_652_058)
        .SelectMany(_ => Gen.Choose(0, int.MaxValue), (day, part) => (day * TimeSpan.TicksPerDay) + (part * 402L % TimeSpan.TicksPerDay))
        .ToArbitrary();

    [Fact]
    public void An_instant_is_written_in_the_one_form_and_read_back_to_its_milliseconds() =>
        Prop.ForAll(Ticks, ticks =>
        {
            var instant = new DateTime(ticks, DateTimeKind.Utc);
            var text = InstantText.Of(instant);

            text.ShouldBe(instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            InstantText.Of(DateTime.SpecifyKind(instant, DateTimeKind.Unspecified)).ShouldBe(text);
            InstantText.Parse(text).ShouldBe(new DateTime(ticks - (ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc));
        }).QuickCheckThrowOnFailure();
}
