using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;

namespace CommandCenter.Web.Demo;

/// <summary>
/// The demonstration county's register of disputes, through the register that everybody uses: three years of them before the day on
/// which the demonstration began, then new ones and the next stages of those that are open. What a visitor registers stays theirs.
/// </summary>
internal sealed class DemoDisputes(Store store, EventLog log, DisputeStore disputes, DisputeQueries queries, MediationStore mediation, TimeProvider time, ILogger<DemoDisputes> logger)
{
    /// <summary>How far back the register goes.</summary>
    public const int Days = 3 * 365;

    private const string Actor = "demo", Prefix = "demo-", LivePrefix = Prefix + "live-";
    private const double PerDay = 4.6, MinutesBetweenNew = 45, SecondsBetweenJudged = 40;

    // So few that a report sent by somebody else meanwhile waits a moment, not seconds.
    private const int DisputesPerCommit = 25;
    private const int MostAtOnce = 5, Page = 200;

    private readonly PriorityQueue<(long Id, DemoDispute Dispute, DisputeStage Stage), DateTime> _due = new();
    private readonly Dice _dice = new($"disputes {time.GetUtcNow().UtcTicks}");
    private DateTime _nextNew, _nextJudged;
    private long _registered;

    private int _daysBefore = Days;

    /// <summary>Lets it go back less far, for tests that look at the newest.</summary>
    internal DemoDisputes Back(int days)
    {
        _daysBefore = days;
        return this;
    }

    /// <summary>Completes the register, and finds what is open.</summary>
    /// <exception cref="StoreUnavailableException">The store can't take it now; run again.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var began = (await log.ReadAfterAsync(0, 1, cancellationToken))[0].RecordedAt;
        var known = (await mediation.ReadAsync(cancellationToken)).Bodies.Select(body => body.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var body in DemoQuarrels.Bodies.Where(body => !known.Contains(body.Code)))
        {
            await mediation.SaveAsync(body, new ChangedBy(Actor, Address: null), cancellationToken);
        }

        await RegisterAsync([.. Registered(began)], began, cancellationToken);
        _due.Clear();
        var now = time.GetUtcNow().UtcDateTime;
        (_nextNew, _nextJudged) = (now, now.AddSeconds(SecondsBetweenJudged));
        await foreach (var open in OwnAsync(new DisputeFilter { Open = true, Limit = Page }, cancellationToken))
        {
            Schedule(open.Id, DemoDispute.Of(open.ExternalId!, open.RegisteredAt, IsLive(open.ExternalId!)), open.Stage, now);
        }
    }

    /// <summary>Does what is due.</summary>
    /// <returns>When something is due next, UTC.</returns>
    /// <exception cref="StoreUnavailableException">The store can't take it; what was not done is due again.</exception>
    public async Task<DateTime> AdvanceAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (now >= _nextNew)
        {
            var dispute = DemoDispute.Of(string.Create(CultureInfo.InvariantCulture, $"{LivePrefix}{now:yyyyMMddHHmmssfff}-{++_registered}"), now, isLive: true);
            var taken = (await disputes.RegisterAsync([dispute.Draft], Actor, cancellationToken))[0];
            Schedule(taken.Id, dispute, taken.Stage, now);
            _nextNew = now + TimeSpan.FromMinutes(_dice.Waiting(MinutesBetweenNew) / DemoRhythm.At(now));
        }

        for (var moved = 0; moved < MostAtOnce && _due.TryPeek(out var open, out var at) && at <= now; moved++)
        {
            var result = open.Dispute.After(open.Stage) is { } step
                ? await disputes.MoveAsync(Sight.OfTheProgram, open.Id, step.Move, Actor, cancellationToken)
                : new DisputeMoveResult(DisputeMoveOutcome.NotFound, open.Stage);
            _due.Dequeue();
            if (result.Outcome is DisputeMoveOutcome.Moved or DisputeMoveOutcome.AlreadyThere)
            {
                Schedule(open.Id, open.Dispute, result.Stage, now);
            }
        }

        if (now >= _nextJudged && _due.Count > 0)
        {
            await JudgeAsync(cancellationToken);
            _nextJudged = now + TimeSpan.FromSeconds(5 + _dice.Waiting(SecondsBetweenJudged));
        }

        var next = _nextNew < _nextJudged ? _nextNew : _nextJudged;
        return _due.TryPeek(out _, out var due) && due < next ? due : next;
    }

    /// <summary>What was registered in the years before an instant.</summary>
    /// <param name="until">UTC.</param>
    internal IEnumerable<DemoDispute> Registered(DateTime until)
    {
        var last = CountyTime.Day(until);
        for (var day = last.AddDays(-_daysBefore); day <= last; day = day.AddDays(1))
        {
            var dice = new Dice($"disputes of {day:yyyyMMdd}");
            var season = 1 + (.16 * Math.Sin(2 * Math.PI * ((day.DayOfYear - 80) / 365.25)));
            var weekday = day.DayOfWeek switch { DayOfWeek.Saturday or DayOfWeek.Sunday => .45, DayOfWeek.Monday => 1.35, _ => 1.16 };
            var trend = 1 + (.06 * (day.DayNumber - last.DayNumber) / 365.25);
            var count = (int)((PerDay * season * weekday * trend * dice.Between(.55, 1.45)) + dice.Next());
            for (var n = 1; n <= count; n++)
            {
                var at = CountyTime.StartOfDay(day) + DemoRhythm.Pick(dice);
                if (at < until)
                {
                    yield return DemoDispute.Of(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{day:yyyyMMdd}-{n:00}"), new DateTime(at.Ticks - (at.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc), isLive: false);
                }
            }
        }
    }

    // Each with all that became of it so far, so that what is long over never counts as waiting. What is there already stays.
    private async Task RegisterAsync(List<DemoDispute> all, DateTime until, CancellationToken cancellationToken)
    {
        if (all.Count == 0 || await IsCompleteAsync(all[^1].Draft.ExternalId!, cancellationToken))
        {
            return;
        }

        var started = time.GetTimestamp();
        foreach (var some in all.Chunk(DisputesPerCommit))
        {
            await store.WriteAsync(
                session =>
                {
                    foreach (var dispute in some)
                    {
                        var registered = DisputeStore.Register(session, [dispute.Draft], Actor, dispute.Draft.RegisteredAt!.Value)[0];
                        foreach (var step in registered.Created ? dispute.Steps.Where(step => step.At <= until) : [])
                        {
                            DisputeStore.Move(session, Sight.OfTheProgram, registered.Id, step.Move, Actor, step.At);
                        }
                    }

                    return some.Length;
                },
                cancellationToken);
        }

        var elapsed = time.GetElapsedTime(started);
        DemoLog.DisputesRegistered(logger, all.Count, elapsed);
    }

    private async Task<bool> IsCompleteAsync(string last, CancellationToken cancellationToken)
    {
        await foreach (var newest in OwnAsync(new DisputeFilter { Limit = Page }, cancellationToken))
        {
            return newest.ExternalId == last || IsLive(newest.ExternalId!);
        }

        return false;
    }

    private async IAsyncEnumerable<Dispute> OwnAsync(DisputeFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long? after = null; ;)
        {
            var page = await queries.ListAsync(Sight.OfTheProgram, filter with { After = after }, cancellationToken);
            foreach (var own in page.Where(dispute => dispute.ExternalId?.StartsWith(Prefix, StringComparison.Ordinal) == true))
            {
                yield return own;
            }

            if (page.Count < filter.Limit)
            {
                yield break;
            }

            after = page[^1].Id;
        }
    }

    private async Task JudgeAsync(CancellationToken cancellationToken)
    {
        var (id, _, _) = _due.UnorderedItems.ElementAt(_dice.Below(_due.Count)).Element;
        var (risk, reason) = DemoDispute.RiskOf(_dice);
        await disputes.RateAsync(Sight.OfTheProgram, id, risk, reason ?? "双方情绪平稳", Actor, cancellationToken);
    }

    // What should have happened while nobody was there happens bit by bit from now on, not in hindsight.
    private void Schedule(long id, DemoDispute dispute, DisputeStage stage, DateTime now)
    {
        if (dispute.After(stage) is { } step)
        {
            _due.Enqueue((id, dispute, stage), step.At > now ? step.At : now + TimeSpan.FromSeconds(20 + _dice.Waiting(240)));
        }
    }

    private static bool IsLive(string externalId) => externalId.StartsWith(LivePrefix, StringComparison.Ordinal);
}
