using System.Globalization;
using System.Text;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>Days and months as counties write them: 2026-01-15, 2026/1/15, 20260115, 2026年1月15日, 2026-01, 2026年1月, 202601, 1月, 一月.</summary>
public static class DateText
{
    private static readonly string[] Days = ["yyyy-M-d", "yyyyMMdd", "yyyy-M-d H:mm", "yyyy-M-d H:mm:ss"];
    private static readonly string[] Months = ["yyyy-M", "yyyyMM"];
    private static readonly string[] Names = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];

    /// <param name="year">For months that are written without one; null: they are none.</param>
    /// <param name="day">Of a month the first.</param>
    public static bool TryParse(string text, int? year, out DateOnly day, out bool isMonth)
    {
        var plain = text.Normalize(NormalizationForm.FormKC).Replace(" ", "", StringComparison.Ordinal)
            .Replace("年度", "年", StringComparison.Ordinal).Replace("月份", "月", StringComparison.Ordinal);
        (isMonth, day) = (false, default);
        if (plain.Length is 0 or > 20)
        {
            return false;
        }

        if (plain[^1] == '月' && plain.IndexOf('年', StringComparison.Ordinal) is var at && (at >= 0 || year is not null))
        {
            isMonth = true;
            var (ofYear, month) = (at < 0 ? year : Number(plain[..at]), Month(plain[(at + 1)..^1]));
            return ofYear is { } y and >= 1900 and < 3000 && month is { } m && DateOnly.TryParseExact($"{y}-{m}-1", "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
        }

        var written = plain.Replace('年', '-').Replace('月', '-').Replace("日", "", StringComparison.Ordinal).Replace('/', '-').Replace('.', '-');
        if (DateTime.TryParseExact(text.Trim().Contains(' ', StringComparison.Ordinal) ? text.Trim().Replace('/', '-') : written, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
        {
            day = DateOnly.FromDateTime(instant);
            return day.Year is >= 1900 and < 3000;
        }

        isMonth = DateOnly.TryParseExact(written, Months, CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is >= 1900 and < 3000;
        return isMonth;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int? Month(string text) =>
        Number(text) is { } number ? number is >= 1 and <= 12 ? number : null : Array.IndexOf(Names, text) is >= 0 and var index ? index + 1 : null;
}
