using System.Globalization;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Storage;

/// <summary>
/// Numbers that people say on the phone: county day and sequence within it. One per transaction; what was given out is
/// written back once, before commit, so that a number costs no statement of its own.
/// </summary>
internal abstract class DayNumbers
{
    private readonly WriteSession _session;
    private readonly string _table;
    private readonly string _prefix;
    private readonly Dictionary<DateOnly, int> _last = [];

    /// <param name="table">With day and last_sequence.</param>
    /// <param name="prefix">Before the day, where several kinds have numbers.</param>
    protected DayNumbers(WriteSession session, string table, string prefix)
    {
        (_session, _table, _prefix) = (session, table, prefix);
        session.BeforeCommit(Save);
    }

    /// <param name="receivedAt">UTC.</param>
    public string Next(DateTime receivedAt)
    {
        var day = CountyTime.Day(receivedAt);
        if (!_last.TryGetValue(day, out var last))
        {
            var stored = _session.Scalar($"SELECT last_sequence FROM {_table} WHERE day = @day", ("@day", _session.Dialect.Day(day)));
            last = Convert.ToInt32(stored ?? 0, CultureInfo.InvariantCulture);
        }

        _last[day] = ++last;
        return string.Create(CultureInfo.InvariantCulture, $"{_prefix}{(day.Year * 10_000) + (day.Month * 100) + day.Day:D8}-{last:D5}");
    }

    private void Save()
    {
        foreach (var (day, last) in _last)
        {
            ReadOnlySpan<(string, object?)> arguments = [("@day", _session.Dialect.Day(day)), ("@last", last)];
            if (_session.Execute($"UPDATE {_table} SET last_sequence = @last WHERE day = @day", arguments) == 0)
            {
                _session.Execute($"INSERT INTO {_table} (day, last_sequence) VALUES (@day, @last)", arguments);
            }
        }
    }
}
