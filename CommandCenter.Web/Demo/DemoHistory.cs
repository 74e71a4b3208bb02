using System.Globalization;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Web.Demo;

/// <summary>One thing that happened: a report came in, or its handling moved on.</summary>
/// <param name="Incident">Which report, counted within the history.</param>
/// <param name="At">UTC, milliseconds.</param>
/// <param name="To">Reported when it came in.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct HistoryStep(int Incident, DateTime At, IncidentStatus To);

/// <summary>
/// What happened in 云溪县 in the 90 days before the demonstration began. A function of that instant alone, so a program that was
/// killed while writing it down can go on where it stopped.
/// </summary>
internal sealed class DemoHistory
{
    public const int Days = 90;
    private readonly List<(string ExternalId, DateTime At, string Category, DateTime FinishBy)> _incidents = [];
    private readonly DemoReporter _reporter;

    /// <param name="until">When the demonstration began, UTC; nothing later is in the history.</param>
    /// <param name="days">How far back it goes.</param>
    public DemoHistory(DemoReporter reporter, DateTime until, int days = Days)
    {
        _reporter = reporter;
        var steps = new List<HistoryStep>(days * 1300);
        var lastDay = CountyTime.Day(until);
        for (var day = lastDay.AddDays(-days); day <= lastDay; day = day.AddDays(1))
        {
            foreach (var (externalId, at) in Reports(day).Where(r => r.At <= until))
            {
                steps.Add(new HistoryStep(_incidents.Count, at, IncidentStatus.Reported));
                var report = reporter.Write(externalId, at);
                var urgency = Enum.Parse<Urgency>(report.Urgency!, ignoreCase: true);
                steps.AddRange(Handle(externalId, at, urgency).Where(step => step.At <= until));
                _incidents.Add((externalId, at, report.Category!, IncidentClock.For(urgency, at).FinishBy));
            }
        }

        Steps = [.. steps.OrderBy(step => step.At).ThenBy(step => step.Incident).ThenBy(step => step.To)];
    }

    /// <summary>In the order in which they happened.</summary>
    public HistoryStep[] Steps { get; }

    public int Incidents => _incidents.Count;

    public IncidentSubmission Report(int incident) => _reporter.Write(_incidents[incident].ExternalId, _incidents[incident].At);

    /// <summary>What a step handles, and whether it comes too late.</summary>
    public (string Category, bool Late) Handled(HistoryStep step) => (_incidents[step.Incident].Category, step.At > _incidents[step.Incident].FinishBy);

    public string ExternalId(int incident) => _incidents[incident].ExternalId;

    private static IEnumerable<(string ExternalId, DateTime At)> Reports(DateOnly day)
    {
        var dayDice = new Dice($"day {day:yyyyMMdd}");
        var count = (int)(dayDice.Between(285, 345) * (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.88 : 1));
        var start = CountyTime.StartOfDay(day);
        return Enumerable.Range(1, count)
            .Select(n => string.Create(CultureInfo.InvariantCulture, $"{DemoStream.Prefix}{day:yyyyMMdd}-{n:0000}"))
            .Select(id => (id, Milliseconds(start + DemoRhythm.Pick(new Dice("time of " + id)))))
            .OrderBy(report => report.Item2);
    }

    private IEnumerable<HistoryStep> Handle(string externalId, DateTime at, Urgency urgency)
    {
        var dice = new Dice("handling of " + externalId);
        var (acceptBy, finishBy) = IncidentClock.For(urgency, at);
        var (late, workHours, lateHours) = urgency switch
        {
            Urgency.Critical => (0.10, 0.8, 1.2),
            Urgency.Urgent => (0.17, 4.5, 14),
            Urgency.Normal => (0.008, 4.3, 18),
            Urgency.Complex => (0.02, 40, 30),
            _ => throw new ArgumentOutOfRangeException(nameof(urgency), urgency, "Not an urgency."),
        };
        var accepted = at + Min(TimeSpan.FromMinutes(0.5 + dice.Waiting(urgency <= Urgency.Urgent ? 4 : 14)), (acceptBy - at) * dice.Between(0.7, 1.1));
        var started = accepted + Min(TimeSpan.FromMinutes(2 + dice.Waiting(urgency <= Urgency.Urgent ? 9 : 55)), (finishBy - at) * 0.3);
        var closed = dice.Chance(late)
            ? finishBy + TimeSpan.FromHours(0.2 + dice.Waiting(lateHours))
            : started + Min(TimeSpan.FromHours(0.15 + dice.Waiting(workHours)), (finishBy - started) * dice.Between(0.7, 0.97));
        closed = urgency >= Urgency.Normal ? InTheMorning(closed, finishBy, dice) : closed;
        var incident = _incidents.Count;
        yield return new HistoryStep(incident, Milliseconds(accepted), IncidentStatus.Accepted);
        yield return new HistoryStep(incident, Milliseconds(started), IncidentStatus.InProgress);
        yield return new HistoryStep(incident, Milliseconds(closed), IncidentStatus.Closed);
    }

    // What can wait is not closed at night, unless that would make it late.
    private static DateTime InTheMorning(DateTime closed, DateTime finishBy, Dice dice)
    {
        var local = CountyTime.Local(closed);
        if (local.Hour is >= 8 and < 21)
        {
            return closed;
        }

        var day = DateOnly.FromDateTime(local).AddDays(local.Hour >= 21 ? 1 : 0);
        var morning = CountyTime.StartOfDay(day).AddHours(8 + dice.Waiting(1.5));
        return closed <= finishBy && morning > finishBy ? closed : morning;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static DateTime Milliseconds(DateTime at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
}
