using Microsoft.Extensions.Localization;

namespace CommandCenter.Web.Wall;

/// <summary>A length of time in two units at most, as a person would say it.</summary>
internal static class Durations
{
    public static string Text(IStringLocalizer<WallText> text, TimeSpan length) => length switch
    {
        { TotalDays: >= 10 } => text["Days", (int)length.TotalDays],
        { TotalDays: >= 1 } => text["DaysHours", (int)length.TotalDays, length.Hours],
        { TotalHours: >= 1 } => text["HoursMinutes", (int)length.TotalHours, length.Minutes],
        _ => text["Minutes", Math.Max(1, (int)length.TotalMinutes)],
    };
}
