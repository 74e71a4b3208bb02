using System.Globalization;
using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Incidents;

/// <summary>
/// Numbers that people say on the phone: county day and sequence within it. One per transaction; what was given out is
/// written back once, before commit, so that a number costs no statement of its own.
/// </summary>
internal sealed class IncidentNumbers
{
    private readonly WriteSession _session;
    private readonly Dictionary<DateOnly, int> _last = [];

    public IncidentNumbers(WriteSession session)
    {
        _session = session;
        session.BeforeCommit(Save);
    }

    public string Next(DateTime receivedAt)
    {
        var day = CountyTime.Day(receivedAt);
        if (!_last.TryGetValue(day, out var last))
        {
            var stored = _session.Scalar("SELECT last_sequence FROM incident_day WHERE day = @day", ("@day", _session.Dialect.Day(day)));
            last = Convert.ToInt32(stored ?? 0, CultureInfo.InvariantCulture);
        }

        _last[day] = ++last;
        return string.Create(CultureInfo.InvariantCulture, $"{(day.Year * 10_000) + (day.Month * 100) + day.Day:D8}-{last:D5}");
    }

    private void Save()
    {
        foreach (var (day, last) in _last)
        {
            ReadOnlySpan<(string, object?)> arguments = [("@day", _session.Dialect.Day(day)), ("@last", last)];
            if (_session.Execute("UPDATE incident_day SET last_sequence = @last WHERE day = @day", arguments) == 0)
            {
                _session.Execute("INSERT INTO incident_day (day, last_sequence) VALUES (@day, @last)", arguments);
            }
        }
    }
}
