using System.Globalization;
using CommandCenter.Data.Storage;
using Dapper;

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
            last = _session.Connection.ExecuteScalar<int?>(
                "SELECT last_sequence FROM incident_day WHERE day = @day", new { day = _session.Dialect.Day(day) }, _session.Transaction) ?? 0;
        }

        _last[day] = ++last;
        return string.Create(CultureInfo.InvariantCulture, $"{day:yyyyMMdd}-{last:00000}");
    }

    private void Save()
    {
        foreach (var (day, last) in _last)
        {
            var arguments = new { day = _session.Dialect.Day(day), last };
            var updated = _session.Connection.Execute(
                "UPDATE incident_day SET last_sequence = @last WHERE day = @day", arguments, _session.Transaction);
            if (updated == 0)
            {
                _session.Connection.Execute("INSERT INTO incident_day (day, last_sequence) VALUES (@day, @last)", arguments, _session.Transaction);
            }
        }
    }
}
