using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Live;

/// <summary>
/// A valid log from arbitrary numbers, each of which makes one event: reports in two counties, outside all grids and without a
/// place, moves of what is open, new boundaries; over seconds or weeks, sometimes with an instant that lies before the last.
/// </summary>
public sealed class RandomLog
{
    public static readonly string[] Grids =
    [
        "330481001001001", "330481001001002", "330481001202001", "330481100001001", "330482001001001",
    ];

    private static readonly string[] Categories = ["01", "0102", "04", "0401", "0499", "11"];

    private readonly List<(long Id, IncidentStatus Status, string Title, DateTime At)> _open = [];
    private readonly List<long> _closed = [];
    private DateTime _now = new(2026, 10, 1, 15, 59, 30, DateTimeKind.Utc);

    private RandomLog(IEnumerable<int> choices, bool erasing)
    {
        foreach (var choice in choices)
        {
            var random = new Random(choice);
            _now += Step(random);
            Events.Add(random.Next(10) switch
            {
                0 when erasing && _closed.Count > 2 => Erase(random),
                0 => Log(0, "admin", Upload(random, CountyTime.Day(_now)), null, _now),
                < 6 => Report(random),
                6 when _open.Count > 0 => Remind(random),
                _ when _open.Count > 0 => Move(random),
                _ => Report(random),
            });
        }
    }

    private static DomainEvent Upload(Random random, DateOnly day) => random.Next(5) switch
    {
        0 => new AreasReplaced(day, 131, 0),
        1 => new UnitsReplaced("330481", 48, 2, 1),
        2 => new StatisticsImported("公安局", day, day, day, 7),
        3 => new StatisticsUndone(3, "公安局", "错"),
        _ => new SafetyIndexComputed(day, day, 12, 1),
    };

    public static Arbitrary<int[]> Choices { get; } =
        Arb.From(Gen.Choose(0, int.MaxValue).ArrayOf(), numbers => ArbMap.Default.ArbFor<int[]>().Shrinker(numbers));

    public List<LoggedEvent> Events { get; } = [];

    public DateTime Now => _now;

    /// <param name="erasing">People are erased from some of what is closed, too.</param>
    public static RandomLog From(IEnumerable<int> choices, bool erasing = false) => new(choices, erasing);

    public static RandomLog OfLength(int length, int seed, bool erasing = false)
    {
        var random = new Random(seed);
        return new RandomLog(Enumerable.Range(0, length).Select(_ => random.Next()), erasing);
    }

    private static TimeSpan Step(Random random) => random.Next(20) switch
    {
        0 => TimeSpan.FromDays(random.Next(1, 40)),
        1 => TimeSpan.FromHours(random.Next(1, 30)),
        2 => TimeSpan.FromHours(-random.Next(1, 60)),
        < 6 => TimeSpan.Zero,
        < 12 => TimeSpan.FromMilliseconds(random.Next(1, 90_000)),
        _ => TimeSpan.FromMinutes(random.Next(1, 90)),
    };

    private LoggedEvent Report(Random random)
    {
        var id = Events.Count + 1;
        var place = random.Next(Grids.Length + 2);
        var urgency = (Urgency)random.Next(1, 5);
        var (acceptBy, finishBy) = IncidentClock.For(urgency, _now);
        var title = $"第 {id} 件";
        _open.Add((id, IncidentStatus.Reported, title, _now));
        var hasPoint = place <= Grids.Length;
        return Log(id, "110", new IncidentReported(
            $"20261001-{id:00000}", "110", Categories[random.Next(Categories.Length)], urgency,
            hasPoint ? 120.5 : null, hasPoint ? 30.5 : null, place < Grids.Length ? Grids[place] : null, place == Grids.Length,
            null, acceptBy, finishBy), title, _now);
    }

    private LoggedEvent Move(Random random)
    {
        var index = random.Next(_open.Count);
        var (id, from, title, last) = _open[index];
        var to = IncidentLifecycle.Next(from)!.Value;

        // Within one incident time does not run backwards, whatever the order in which incidents are brought in.
        var at = last > _now ? last : _now;
        _open.RemoveAt(index);
        if (to != IncidentStatus.Closed)
        {
            _open.Add((id, to, title, at));
        }
        else
        {
            _closed.Add(id);
        }

        return Log(id, "desk", new IncidentMoved(from, to, random.Next(2) == 0 ? "已派网格员" : null), title, at);
    }

    private LoggedEvent Remind(Random random)
    {
        var index = random.Next(_open.Count);
        var (id, status, title, last) = _open[index];
        var at = last > _now ? last : _now;
        _open[index] = (id, status, title, at);
        var clock = status == IncidentStatus.Reported ? IncidentClockKind.Accept : IncidentClockKind.Finish;
        return Log(id, IncidentReminders.Actor, new IncidentReminded((ReminderKind)random.Next(2), clock, at.AddHours(1), status), title, at);
    }

    private LoggedEvent Erase(Random random)
    {
        long[] some = [.. _closed.Where(_ => random.Next(2) == 0)];
        _closed.RemoveAll(some.Contains);
        return Log(0, "program", new IncidentsErased(some), null, _now);
    }

    private LoggedEvent Log(long subject, string actor, DomainEvent happened, string? title, DateTime at) =>
        new(Events.Count + 1, at, actor, subject, happened, title);
}
