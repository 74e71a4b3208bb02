namespace CommandCenter.Data.PoliceStatistics;

/// <summary>Guesses how a file is laid out; whoever imports it sees the guess and may say otherwise.</summary>
public static class LayoutGuess
{
    /// <summary>How many rows at the top are looked at for headings.</summary>
    public const int RowsLookedAt = 10;

    private static readonly string[] Areas = ["镇街", "乡镇", "街道", "镇", "单位", "区域", "辖区", "地区", "所属", "县区", "派出所", "area", "town", "county"];
    private static readonly string[] Dates = ["日期", "时间", "月份", "年月", "统计月", "统计日", "date", "day", "month"];
    private static readonly string[] Terms = ["类别", "类型", "分类", "标签", "指标", "项目", "警情类", "category", "tag", "measure", "type", "series"];
    private static readonly string[] Values = ["数量", "起数", "件数", "数值", "次数", "警情数", "发案数", "value", "count", "number"];
    private static readonly string[] Totals = ["合计", "总计", "小计", "total", "sum"];
    private static readonly string[] Derived = ["同比", "环比", "占比", "增幅", "序号", "备注", "%", "％"];

    /// <param name="rows">The first of the file.</param>
    /// <param name="year">For months without one.</param>
    public static StatisticLayout Of(IReadOnlyList<string[]> rows, StatisticTerms terms, int year)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var best = new StatisticLayout();
        var most = -1;
        for (var row = 0; row < Math.Min(rows.Count, RowsLookedAt); row++)
        {
            var layout = Of(rows, row, terms, year);
            var known = layout.Columns.Count(column => column.Role != ColumnRole.Ignored);
            if (known > most)
            {
                (best, most) = (layout, known);
            }
        }

        return best;
    }

    private static StatisticLayout Of(IReadOnlyList<string[]> rows, int headingRow, StatisticTerms terms, int year)
    {
        var headings = rows[headingRow];
        var columns = headings.Select((heading, i) => Use(heading, i, terms, year)).ToList();
        var isWide = columns.Any(column => column is { Role: ColumnRole.Value, Date: not null } or { Role: ColumnRole.Value, Series: not null });
        if (isWide)
        {
            // Beside columns of months one that is called by a measure alone is its name, not its figures.
            columns = columns.ConvertAll(column => column is { Role: ColumnRole.Value, Date: null, Series: null } ? column with { Role = ColumnRole.Ignored } : column);
        }

        var date = columns.Find(column => column.Role == ColumnRole.Date);
        return new StatisticLayout
        {
            HeadingRow = headingRow,
            Columns = columns,
            Year = headings.Any(heading => !DateText.TryParse(heading, null, out _, out _) && DateText.TryParse(heading, year, out _, out _)) ? year : null,
            DatesAreMonths = date is not null && headings[date.Index].Contains('月', StringComparison.Ordinal) && !headings[date.Index].Contains('日', StringComparison.Ordinal),
            Series = columns.Exists(column => column.Role == ColumnRole.Term || column.Series is not null) ? null : StatisticTerms.Calls,
        };
    }

    private static ColumnUse Use(string heading, int index, StatisticTerms terms, int year)
    {
        var text = heading.Trim();
        if (text.Length == 0 || Has(text, Derived))
        {
            return new(index, ColumnRole.Ignored);
        }

        if (DateText.TryParse(text, null, out var day, out var isMonth) || DateText.TryParse(text, year, out day, out isMonth))
        {
            var written = DateText.TryParse(text, null, out _, out _);
            var month = written ? $"{day:yyyy-MM}" : $"{day:MM}";
            return new(index, ColumnRole.Value, isMonth ? month : $"{day:yyyy-MM-dd}");
        }

        if (terms.FindByName(text) is { } term)
        {
            return new(index, ColumnRole.Value, Series: SeriesOf(term).Code);
        }

        return Has(text, Totals) ? new(index, ColumnRole.Total)
            : Has(text, Dates) ? new(index, ColumnRole.Date)
            : Has(text, Terms) ? new(index, ColumnRole.Term)
            : Has(text, Values) ? new(index, ColumnRole.Value)
            : Has(text, Areas) ? new(index, ColumnRole.Area)
            : new(index, ColumnRole.Ignored);
    }

    internal static StatisticSeries SeriesOf(StatisticTerm term) => term.Kind switch
    {
        TermKind.Category => StatisticSeries.Of(StatisticTerms.Calls, term.Code),
        TermKind.Tag => StatisticSeries.Of(StatisticTerms.Calls, "", term.Code),
        _ => StatisticSeries.Of(term.Code),
    };

    private static bool Has(string text, string[] words) => Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
