using System.Globalization;
using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Tests.Benchmarks.Live;

/// <summary>131 grids in 12 towns, and reports spread over them.</summary>
internal static class BenchmarkCounty
{
    public static readonly string[] Grids =
    [
        .. Enumerable.Range(0, 131).Select(i => string.Create(CultureInfo.InvariantCulture, $"990101{100 + (i % 12):000}{200 + (i / 12 % 8):000}{(i / 96) + 1:000}")),
    ];

    public static IncidentReport Report(Random random) => new(
        "grid-worker", null, IncidentCategories.All[random.Next(IncidentCategories.All.Count)].Code, (Urgency)random.Next(1, 5),
        "东门小区 3 号楼楼道内有人违规充电，存在消防隐患", null, 118 + random.NextDouble(), 29 + random.NextDouble(), "wgs84",
        Grids[random.Next(Grids.Length)], false, null, null, null, null);

    /// <summary>A log of reports and moves, in memory: of ten events four report and six move on.</summary>
    public static List<LoggedEvent> Log(int events)
    {
        var random = new Random(1);
        var open = new List<(long Id, IncidentStatus Status)>();
        var log = new List<LoggedEvent>(events);
        var now = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var position = 1L; position <= events; position++)
        {
            now = now.AddMilliseconds(random.Next(200));
            if (open.Count == 0 || random.Next(10) < 4)
            {
                var report = Report(random);
                var (acceptBy, finishBy) = IncidentClock.For(report.Urgency, now);
                open.Add((position, IncidentStatus.Reported));
                log.Add(new LoggedEvent(position, now, report.Source, position, new IncidentReported(
                    "20261101-00001", report.Source, report.Category, report.Urgency, report.Longitude, report.Latitude, report.GridCode, false,
                    null, acceptBy, finishBy), report.Title));
                continue;
            }

            var index = random.Next(open.Count);
            var (id, from) = open[index];
            var to = IncidentLifecycle.Next(from)!.Value;
            open[index] = to == IncidentStatus.Closed ? open[^1] : (id, to);
            if (to == IncidentStatus.Closed)
            {
                open.RemoveAt(open.Count - 1);
            }

            log.Add(new LoggedEvent(position, now, "desk", id, new IncidentMoved(from, to, null), "东门小区 3 号楼楼道内有人违规充电"));
        }

        return log;
    }

    /// <summary>90 days of history in a store: a share of the incidents stays open, the others go all the way.</summary>
    public static async Task FillAsync(Data.Storage.Store store, int incidents, double openShare, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        var start = DateTime.UtcNow.AddDays(-90);
        var step = TimeSpan.FromDays(90) / incidents;
        for (var at = 0; at < incidents; at += 2_000)
        {
            var first = at;
            await store.WriteAsync(
                session =>
                {
                    for (var i = first; i < Math.Min(first + 2_000, incidents); i++)
                    {
                        var received = start + (step * i);
                        var id = IncidentStore.TakeIn(session, [Report(random)], received)[0].Id;
                        if (random.NextDouble() >= openShare)
                        {
                            IncidentStore.Move(session, id, IncidentStatus.Accepted, "desk", null, received.AddMinutes(10));
                            IncidentStore.Move(session, id, IncidentStatus.InProgress, "desk", null, received.AddMinutes(60));
                            IncidentStore.Move(session, id, IncidentStatus.Closed, "desk", null, received.AddHours(random.Next(2, 30)));
                        }
                    }

                    return true;
                },
                cancellationToken);
        }
    }
}
