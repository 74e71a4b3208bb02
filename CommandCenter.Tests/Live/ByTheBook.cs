using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Live;

namespace CommandCenter.Tests.Live;

/// <summary>The figures as their definitions read, counted over the whole log each time: slow, and easy to believe.</summary>
public static class ByTheBook
{
    public static OverviewFigures Overview(IReadOnlyList<LoggedEvent> log, string area, DateTime now)
    {
        var mine = Cases(log).Where(c => area.Length == 0 || c.Report.GridCode?.StartsWith(area, StringComparison.Ordinal) == true).ToList();
        var hour = new DateTime(now.Year, now.Month, now.Day, now.Hour, 0, 0, DateTimeKind.Utc);
        var today = CountyTime.Day(now);
        var overdue = mine.Where(c => IsOverdue(c, now)).ToList();
        return new OverviewFigures(
            log.Count,
            log.Count == 0 ? null : log.Max(e => e.RecordedAt),
            mine.Count(c => CountyTime.Day(c.At) == today),
            mine.Count(c => CountyTime.Day(c.At) == today.AddDays(-1) && MinuteOfDay(c.At) < MinuteOfDay(now)),
            mine.Count(c => c.ClosedAt is null),
            mine.Count(c => c.Status == IncidentStatus.InProgress),
            mine.Count(c => ClosedOn(c) == today),
            overdue.Count,
            overdue.Count == 0 ? null : now - overdue.Min(c => c.Report.FinishBy),
            OnTime(mine, now),
            [.. mine.GroupBy(c => c.Report.Category[..2], StringComparer.Ordinal)
                .Select(g => new CategoryFigures(g.Key, g.Count(c => CountyTime.Day(c.At) == today), g.Count(c => c.ClosedAt is null)))
                .Where(c => c.ReportedToday + c.Open > 0)
                .OrderBy(c => c.Code, StringComparer.Ordinal)],
            [.. Enumerable.Range(-23, 24).Select(back => hour.AddHours(back)).Select(start => new HourFigures(
                start, mine.Count(c => In(c.At, start)), mine.Count(c => c.ClosedAt is { } closed && In(closed, start))))],
            area.Length > 9 ? [] : [.. mine.Where(c => c.Report.GridCode is not null)
                .GroupBy(c => c.Report.GridCode![..9], StringComparer.Ordinal)
                .Select(g => new TownFigures(
                    g.Key, g.Count(c => c.ClosedAt is null), g.Count(c => IsOverdue(c, now)), g.Count(c => CountyTime.Day(c.At) == today),
                    g.Count(c => ClosedOn(c) == today), OnTime([.. g], now)))
                .OrderBy(t => t.Code, StringComparer.Ordinal)],
            mine.Count(c => c.Report.OutsideGrids && c.ClosedAt is null));
    }

    /// <summary>What is overdue and what is due soon, in the order in which a wall lists them.</summary>
    public static (List<long> Overdue, List<long> Soon) Due(IReadOnlyList<LoggedEvent> log, string area, DateTime now)
    {
        var open = Cases(log)
            .Where(c => c.ClosedAt is null && (area.Length == 0 || c.Report.GridCode?.StartsWith(area, StringComparison.Ordinal) == true))
            .OrderBy(c => c.Report.FinishBy).ThenBy(c => c.Id).ToList();
        return (
            [.. open.Where(c => IsOverdue(c, now)).Select(c => c.Id)],
            [.. open.Where(c => !IsOverdue(c, now) && 4 * (c.Report.FinishBy - now) <= c.Report.FinishBy - c.At).Select(c => c.Id)]);
    }

    private static Case[] Cases(IReadOnlyList<LoggedEvent> log)
    {
        var cases = new Dictionary<long, Case>();
        foreach (var e in log)
        {
            if (e.Event is IncidentReported report)
            {
                cases[e.SubjectId] = new Case(e.SubjectId, e.RecordedAt, report, IncidentStatus.Reported, null);
            }
            else if (e.Event is IncidentMoved moved)
            {
                cases[e.SubjectId] = cases[e.SubjectId] with
                {
                    Status = moved.To,
                    ClosedAt = moved.To == IncidentStatus.Closed ? e.RecordedAt : null,
                };
            }
        }

        return [.. cases.Values];
    }

    private static OnTimeRate OnTime(List<Case> cases, DateTime now)
    {
        var closed = cases.Where(c => ClosedOn(c) is { } day && day > CountyTime.Day(now).AddDays(-30) && day <= CountyTime.Day(now)).ToList();
        return new OnTimeRate(closed.Count(c => c.ClosedAt <= c.Report.FinishBy), closed.Count, cases.Count(c => IsOverdue(c, now)));
    }

    private static bool IsOverdue(Case c, DateTime now) => c.ClosedAt is null && c.Report.FinishBy < now;

    private static DateOnly? ClosedOn(Case c) => c.ClosedAt is { } at ? CountyTime.Day(at) : null;

    private static bool In(DateTime at, DateTime hour) => at >= hour && at < hour.AddHours(1);

    private static int MinuteOfDay(DateTime utc) => (int)CountyTime.Local(utc).TimeOfDay.TotalMinutes;

    private sealed record Case(long Id, DateTime At, IncidentReported Report, IncidentStatus Status, DateTime? ClosedAt);
}
