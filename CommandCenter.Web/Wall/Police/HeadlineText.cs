using System.Globalization;
using CommandCenter.Data.Live;
using CommandCenter.Data.PoliceStatistics;
using Microsoft.Extensions.Localization;

namespace CommandCenter.Web.Wall.Police;

/// <summary>A headline in words.</summary>
/// <param name="Name">刑事警情.</param>
/// <param name="Value">With all its decimals; "&lt;3" where guests must not know; null when nothing was reported.</param>
/// <param name="Base">The same days last year; null where it is not told.</param>
/// <param name="Change"><c>32.7%</c> without a sign, 持平, or —.</param>
/// <param name="Arrow">▲, ▼ or nothing.</param>
/// <param name="Sentence">刑事警情同比下降 32.7%, to be read aloud; null without a ratio.</param>
/// <param name="Light"><c>good</c>, <c>fair</c>, <c>poor</c> or <c>muted</c>.</param>
internal sealed record HeadlineText(string Name, string? Value, string? Base, string Change, string Arrow, string? Sentence, string Light)
{
    /// <param name="visitor">Guests look on: groups below <see cref="BoardMask.SmallestGroup"/> are not told, nor what would give them away.</param>
    public static HeadlineText Of(IStringLocalizer<WallText> text, Headline headline, bool visitor, string? name = null)
    {
        var called = name ?? text["Figure" + headline.Key];
        if (visitor && IsSmall(headline))
        {
            return new(called, $"<{BoardMask.SmallestGroup}", Base: null, FigureText.None, "", Sentence: null, "muted");
        }

        var percent = headline.Change.Percent;
        var arrow = percent switch { > 0 => "▲", < 0 => "▼", _ => "" };
        var change = percent switch
        {
            0 => (string)text["Level"],
            { } number => FigureText.Number(Math.Abs(number)) + "%",
            null => FigureText.Of(headline.Change, text["Level"]),
        };
        var sentence = (headline.Change.Kind, percent) switch
        {
            (ChangeKind.Ratio, > 0) => text["Rose", called, change],
            (ChangeKind.Ratio, < 0) => text["Fell", called, change],
            (ChangeKind.Ratio or ChangeKind.Level, _) => text["Stayed", called],
            _ => null,
        };
        return new(
            called, headline.Value is null ? null : FigureText.Number(headline.Value), headline.Base is null ? null : FigureText.Number(headline.Base), change, arrow, sentence?.Value,
            headline.Light switch { Data.PoliceStatistics.Light.Green => "good", Data.PoliceStatistics.Light.Amber => "fair", Data.PoliceStatistics.Light.Red => "poor", _ => "muted" });
    }

    /// <summary>1月1日—11月20日.</summary>
    public static string Days(IStringLocalizer<WallText> text, Period period) => $"{Day(text, period.From)}—{Day(text, period.To)}";

    public static string Day(IStringLocalizer<WallText> text, DateOnly day) => day.ToString(text["DayFormat"], CultureInfo.CurrentCulture);

    // A rate of many is no group of few.
    private static bool IsSmall(Headline headline) =>
        headline.Key != "Litigation" && (headline.Value is > 0 and < BoardMask.SmallestGroup || headline.Base is > 0 and < BoardMask.SmallestGroup);
}
