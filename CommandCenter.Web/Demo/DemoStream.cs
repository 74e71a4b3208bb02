using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;

namespace CommandCenter.Web.Demo;

/// <summary>
/// Reports that keep coming in, and their handling, through the same checks and the same store as everyone's. It only handles
/// its own reports: what a visitor sends in stays as the visitor left it.
/// </summary>
internal sealed class DemoStream(
    IncidentStore incidents, IncidentQueries queries, AreaDirectory areas, DemoOptions options, TimeProvider time, ILogger<DemoStream> logger)
{
    /// <summary>Begins the external id of each report of the demonstration.</summary>
    public const string Prefix = "demo-";

    /// <summary>Begins that of those that came in live.</summary>
    public const string LivePrefix = Prefix + "live-";

    /// <summary>No report comes in while so many are open.</summary>
    public const int MostOpen = 3000;

    private const int MostAtOnce = 200;
    private readonly DemoReporter _reporter = new(DemoCounty.Instance);
    private readonly PriorityQueue<DemoWork, DateTime> _due = new();
    private readonly Dice _dice = new($"stream {time.GetUtcNow().UtcTicks}");
    private DateTime _nextReport;
    private long _sent;
    private int _slow;

    /// <summary>Matters under way.</summary>
    public int Open => _due.Count;

    /// <summary>Finds what an earlier run left open. What should have happened meanwhile happens from now on, not in hindsight.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        _due.Clear();
        _slow = 0;
        var now = time.GetUtcNow().UtcDateTime;
        _nextReport = now;
        long? after = null;
        while (true)
        {
            var filter = new IncidentFilter(
                [IncidentStatus.Reported, IncidentStatus.Accepted, IncidentStatus.InProgress], null, null, null, null, after, 500);
            var page = await queries.ListAsync(Sight.OfTheProgram, filter, cancellationToken);
            foreach (var open in page.Where(i => i.ExternalId?.StartsWith(Prefix, StringComparison.Ordinal) == true))
            {
                var isLive = open.ExternalId!.StartsWith(LivePrefix, StringComparison.Ordinal);
                Schedule(new DemoWork(open.Id, open.Category, open.FinishBy, open.Status, isLive, IsSlow: isLive && TakesSlow(open.ExternalId, open.Urgency)), now);
            }

            if (page.Count < 500)
            {
                return;
            }

            after = page[^1].Id;
        }
    }

    /// <summary>Does what is due.</summary>
    /// <returns>When something is due next, UTC.</returns>
    /// <exception cref="StoreUnavailableException">The store can't take it; what was not done is due again.</exception>
    public async Task<DateTime> AdvanceAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await ReportAsync(now, cancellationToken);
        await HandleAsync(now, cancellationToken);
        var next = options.ReportsPerMinute == 0 ? DateTime.MaxValue : _nextReport;
        return _due.TryPeek(out _, out var due) && due < next ? due : next;
    }

    private async Task ReportAsync(DateTime now, CancellationToken cancellationToken)
    {
        if (options.ReportsPerMinute == 0)
        {
            return;
        }

        // The machine slept, or the store was away: reports of that time never were.
        if (now - _nextReport > TimeSpan.FromSeconds(5))
        {
            _nextReport = now;
        }

        var reports = new List<IncidentReport>();
        while (_nextReport <= now && reports.Count < MostAtOnce && _due.Count + reports.Count < MostOpen)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{LivePrefix}{now:yyyyMMddHHmmssfff}-{++_sent}");
            var errors = new FieldErrors();
            if (IncidentValidator.Validate(_reporter.Write(id, now), areas.Current, now, errors) is { } report)
            {
                reports.Add(report);
            }
            else
            {
                DemoLog.ReportRefused(logger, string.Join(", ", errors.ToDictionary().Keys));
            }

            _nextReport += TimeSpan.FromMinutes(_dice.Waiting(1) / Rate(now));
        }

        if (reports.Count == 0)
        {
            return;
        }

        var taken = await incidents.TakeInAsync(reports, cancellationToken);
        for (var i = 0; i < taken.Length; i++)
        {
            var (report, finishBy) = (reports[i], IncidentClock.For(reports[i].Urgency, taken[i].ReceivedAt).FinishBy);
            Schedule(new DemoWork(taken[i].Id, report.Category, finishBy, IncidentStatus.Reported, IsLive: true, TakesSlow(report.ExternalId!, report.Urgency)), now);
        }
    }

    private async Task HandleAsync(DateTime now, CancellationToken cancellationToken)
    {
        var due = new List<DemoWork>();
        while (due.Count < MostAtOnce && _due.TryPeek(out _, out var at) && at <= now)
        {
            due.Add(_due.Dequeue());
        }

        // Together, so that they share commits.
        var moves = due.Select(work => MoveAsync(work, now, cancellationToken)).ToArray();
        StoreUnavailableException? away = null;
        for (var i = 0; i < due.Count; i++)
        {
            try
            {
                Settle(due[i], await moves[i], now);
            }
            catch (StoreUnavailableException e)
            {
                away = e;
                _due.Enqueue(due[i], now);
            }
        }

        if (away is not null)
        {
            throw away;
        }
    }

    private Task<MoveResult> MoveAsync(DemoWork work, DateTime now, CancellationToken cancellationToken)
    {
        var to = IncidentLifecycle.Next(work.Status)!.Value;
        var (actor, note) = DemoNotes.For(work.Category, to, late: now > work.FinishBy, _dice);
        return incidents.MoveAsync(Sight.OfTheProgram, work.Id, to, actor, note, cancellationToken);
    }

    // Somebody else may have moved it: it goes on from where it stands.
    private void Settle(DemoWork work, MoveResult result, DateTime now)
    {
        if (result.Outcome == MoveOutcome.NotFound || IncidentLifecycle.Next(result.Status) is null)
        {
            _slow -= work.IsSlow ? 1 : 0;
            return;
        }

        Schedule(work with { Status = result.Status }, now);
    }

    private void Schedule(DemoWork work, DateTime now) => _due.Enqueue(work, now + DemoPace.UntilNext(work, now, Rate(now), _dice));

    private double Rate(DateTime now) => Math.Max(options.ReportsPerMinute, 1) * DemoRhythm.At(now);

    private bool TakesSlow(string externalId, Urgency urgency)
    {
        var slow = _slow < DemoPace.MostSlow && DemoPace.IsSlow(externalId, urgency);
        _slow += slow ? 1 : 0;
        return slow;
    }
}
