using System.Globalization;
using System.Text;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>What a file holds.</summary>
/// <param name="Errors">What keeps it out: a file is taken whole or not at all.</param>
/// <param name="Notes">What is suspicious about the file itself.</param>
public sealed record FileContent(StatisticDraft Draft, ProblemList Errors, ProblemList Notes);

/// <summary>Figures out of the rows of a file, as a layout says.</summary>
public sealed class StatisticFileReader
{
    // Written where there is no figure.
    private static readonly string[] Nothing = ["", "-", "—", "－", "/", "无", "…", "——"];

    private readonly StatisticLayout _layout;
    private readonly StatisticTerms _terms;
    private readonly AreaNames _areas;
    private readonly StatisticDraft _draft = new();
    private readonly ProblemList _errors = new(), _notes = new();
    private readonly Dictionary<string, string?> _areaByText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateOnly Day, bool IsMonth)?> _dateByText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StatisticSeries?> _seriesByText = new(StringComparer.Ordinal);
    private readonly List<ColumnUse> _values, _termColumns;
    private readonly ColumnUse? _area, _date, _total;

    private StatisticFileReader(StatisticLayout layout, StatisticTerms terms, AreaNames areas)
    {
        (_layout, _terms, _areas) = (layout, terms, areas);
        _values = [.. layout.Columns.Where(column => column.Role == ColumnRole.Value)];
        _termColumns = [.. layout.Columns.Where(column => column.Role == ColumnRole.Term)];
        _area = layout.Columns.FirstOrDefault(column => column.Role == ColumnRole.Area);
        _date = layout.Columns.FirstOrDefault(column => column.Role == ColumnRole.Date);
        _total = layout.Columns.FirstOrDefault(column => column.Role == ColumnRole.Total);
    }

    /// <param name="rows">All of the file, its headings included.</param>
    /// <exception cref="TableFileException">The file turns out damaged further down.</exception>
    public static FileContent Read(IEnumerable<string[]> rows, StatisticLayout layout, StatisticTerms terms, AreaNames areas)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(layout);
        var reader = new StatisticFileReader(layout, terms, areas);
        reader.CheckLayout();
        if (reader._errors.Count == 0)
        {
            foreach (var (i, row) in rows.Index().Skip(layout.HeadingRow + 1))
            {
                reader.Take(row, i + 1);
            }

            reader.Finish();
        }

        return new FileContent(reader._draft, reader._errors, reader._notes);
    }

    private void CheckLayout()
    {
        if (_values.Count == 0)
        {
            Missing("LayoutValue");
        }

        if (_area is null && _layout.Area is null)
        {
            Missing("LayoutArea");
        }

        if (_date is null && _layout.Date is null && _values.Exists(column => column.Date is null))
        {
            Missing("LayoutDate");
        }

        if (_termColumns.Count == 0 && _layout.Series is null && _values.Exists(column => column.Series is null))
        {
            Missing("LayoutSeries");
        }

        void Missing(string key) => _errors.Add(new StatisticProblem(key, StatisticMessages.Get(key)));
    }

    private void Take(string[] row, int number)
    {
        if (Array.TrueForAll(row, string.IsNullOrWhiteSpace))
        {
            return;
        }

        // Below a table stand its remarks: a line without any figure is none of it.
        if (_values.TrueForAll(column => Text(row, column.Index).Length == 0))
        {
            return;
        }

        if (AreaOf(row, number) is not { } area || SeriesOf(row, number) is not { } shared || DateOf(row, number) is not { } date)
        {
            return;
        }

        decimal? sum = null;
        foreach (var column in _values)
        {
            if (Value(row, column, number) is { } value && SeriesOf(column, shared.Series, number) is { } series && DateOf(column, date.Date, number) is { } when)
            {
                sum = (sum ?? 0) + value;
                if (when.IsMonth)
                {
                    _draft.AddMonth(series, area, when.Day, value);
                }
                else
                {
                    _draft.AddDay(series, area, when.Day, value);
                }
            }
        }

        if (_total is { } total && sum is { } parts && Figure(Text(row, total.Index)) is { } told && told != parts)
        {
            _notes.Add(StatisticProblem.At(number, total.Index + 1, "RowTotal", FigureText.Number(told), FigureText.Number(parts)));
        }
    }

    private void Finish()
    {
        foreach (var conflict in _draft.Conflicts)
        {
            _errors.Add(new StatisticProblem(
                "Twice", StatisticMessages.Format("Twice", conflict.Series, conflict.AreaCode, conflict.Day.ToString(conflict.IsMonth ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture)),
                Series: conflict.Series, Area: conflict.AreaCode, Day: conflict.Day));
        }

        if (_draft.Cells == 0 && _errors.Count == 0)
        {
            _errors.Add(new StatisticProblem("NoFigures", StatisticMessages.Get("NoFigures")));
        }
        else if (_layout.MissingIsZero && _errors.Count == 0)
        {
            _draft.FillWithZero();
        }
    }

    private string? AreaOf(string[] row, int number)
    {
        var text = _area is { } column ? Text(row, column.Index) : _layout.Area!;
        if (!_areaByText.TryGetValue(text, out var code))
        {
            _areaByText.Add(text, code = _areas.Find(text));
        }

        return code ?? Wrong<string>(number, _area?.Index ?? -1, "UnknownArea", text);
    }

    private Shared? SeriesOf(string[] row, int number)
    {
        if (_termColumns.Count == 0)
        {
            return new Shared(_layout.Series is { } all ? StatisticSeries.Parse(all) : null);
        }

        var text = _termColumns.Count == 1 ? Text(row, _termColumns[0].Index) : string.Join('\n', _termColumns.Select(column => Text(row, column.Index)));
        if (!_seriesByText.TryGetValue(text, out var series))
        {
            _seriesByText.Add(text, series = Together(text.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        }

        return series is null ? Wrong<Shared>(number, _termColumns[0].Index, "UnknownTerm", text.Replace('\n', '/')) : new Shared(series);
    }

    // A measure, a category and a tag, each at most once.
    private StatisticSeries? Together(string[] names)
    {
        var terms = names.Select(_terms.FindByName).ToList();
        if (terms.Count == 0 || terms.Contains(null) || terms.GroupBy(term => term!.Kind).Any(same => same.Count() > 1))
        {
            return terms is [null] && StatisticSeries.TryParse(names[0], out var written) && _terms.Knows(written) ? written : null;
        }

        string Code(TermKind kind) => terms.Find(term => term!.Kind == kind)?.Code ?? "";
        var series = StatisticSeries.Of(Code(TermKind.Measure) is { Length: > 0 } measure ? measure : StatisticTerms.Calls, Code(TermKind.Category), Code(TermKind.Tag));
        return _terms.Knows(series) ? series : null;
    }

    private StatisticSeries? SeriesOf(ColumnUse column, StatisticSeries? shared, int number)
    {
        if (column.Series is null)
        {
            return shared;
        }

        return StatisticSeries.TryParse(column.Series, out var own) && _terms.Knows(own) ? own : Wrong<StatisticSeries>(number, column.Index, "UnknownTerm", column.Series);
    }

    private Dated? DateOf(string[] row, int number)
    {
        var text = _date is { } column ? Text(row, column.Index) : _layout.Date;
        return text is null ? new Dated(null) : Date(text) is { } date ? new Dated(date) : Wrong<Dated>(number, _date?.Index ?? -1, "BadDate", text);
    }

    private (DateOnly Day, bool IsMonth)? DateOf(ColumnUse column, (DateOnly Day, bool IsMonth)? shared, int number)
    {
        if (column.Date is not { } text)
        {
            return shared;
        }

        // 01 is a month of the layout's year.
        if (Date(text.Length == 2 ? $"{text}月" : text) is { } own)
        {
            return own;
        }

        Wrong<string>(number, column.Index, "BadDate", text);
        return null;
    }

    private (DateOnly Day, bool IsMonth)? Date(string text)
    {
        if (!_dateByText.TryGetValue(text, out var date))
        {
            date = DateText.TryParse(text, _layout.Year, out var day, out var isMonth) ? (day, isMonth || _layout.DatesAreMonths) : null;
            _dateByText.Add(text, date);
        }

        return date;
    }

    private decimal? Value(string[] row, ColumnUse column, int number)
    {
        var text = Text(row, column.Index);
        if (Array.IndexOf(Nothing, text) >= 0)
        {
            return null;
        }

        if (Figure(text) is not { } value)
        {
            Wrong<string>(number, column.Index, "BadFigure", text);
            return null;
        }

        if (!StatisticDraft.Takes(value))
        {
            Wrong<string>(number, column.Index, "TooExact", text);
            return null;
        }

        return value;
    }

    private static decimal? Figure(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value)
        || decimal.TryParse(
            text.Normalize(NormalizationForm.FormKC).Replace('−', '-'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out value)
            ? value
            : null;

    private static string Text(string[] row, int index) => index < row.Length ? row[index].Trim() : "";

    private T? Wrong<T>(int row, int column, string key, string text)
        where T : class
    {
        _errors.Add(StatisticProblem.At(row, column + 1, key, text.Length > 60 ? text[..60] + "…" : text));
        return null;
    }

    private sealed record Shared(StatisticSeries? Series);

    private sealed record Dated((DateOnly Day, bool IsMonth)? Date);
}
