using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>
/// Periods in addresses and questions: <c>2026-10</c>, <c>2026-Q3</c>, <c>2026</c>, <c>2026-10-15</c>, <c>week:2026-10-12</c>,
/// <c>ytd:2026-11-20</c>, <c>2026-01-01..2026-03-31</c>.
/// </summary>
public static class PeriodText
{
    private const string Week = "week:", YearToDate = "ytd:", Between = "..";

    public static string Of(Period period)
    {
        ArgumentNullException.ThrowIfNull(period);
        return period.Kind switch
        {
            PeriodKind.Day => Day(period.From),
            PeriodKind.Week when period.Length == 7 => Week + Day(period.From),
            PeriodKind.Month when period.IsWholeMonths => period.From.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            PeriodKind.Quarter when period.IsWholeMonths => string.Create(CultureInfo.InvariantCulture, $"{period.From.Year:0000}-Q{(period.From.Month + 2) / 3}"),
            PeriodKind.Year when period.IsWholeMonths => period.From.ToString("yyyy", CultureInfo.InvariantCulture),
            PeriodKind.YearToDate => YearToDate + Day(period.To),
            _ => Day(period.From) + Between + Day(period.To),
        };
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out Period? period)
    {
        period = text switch
        {
            null => null,
            _ when text.StartsWith(Week, StringComparison.Ordinal) => Day(text[Week.Length..]) is { } day ? Period.OfWeek(day) : null,
            _ when text.StartsWith(YearToDate, StringComparison.Ordinal) => Day(text[YearToDate.Length..]) is { } day ? Period.YearTo(day) : null,
            _ when text.Split(Between) is [var from, var to] => Day(from) is { } first && Day(to) is { } last && first <= last ? Period.Between(first, last) : null,
            { Length: 7 } when text[4..6] == "-Q" => Year(text[..4]) is { } year && text[6] is >= '1' and <= '4' ? Period.OfQuarter(year, text[6] - '0') : null,
            { Length: 7 } => Day($"{text}-01") is { } day ? Period.OfMonth(day.Year, day.Month) : null,
            { Length: 4 } => Year(text) is { } year ? Period.OfYear(year) : null,
            _ => Day(text) is { } day ? Period.OfDay(day) : null,
        };
        return period is not null;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // Years that can be compared with those before and that the lunar calendar knows.
    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1950 and < 2100 ? day : null;

    private static int? Year(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1950 and < 2100 ? year : null;
}
