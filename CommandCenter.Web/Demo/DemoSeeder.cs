using CommandCenter.Data.Accounts;
using CommandCenter.Data.Events;
using CommandCenter.Data.Forces;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;

namespace CommandCenter.Web.Demo;

/// <summary>
/// Fills an empty store with the county and its last 90 days. The day its areas went in marks the end of the history, and each
/// report has its external id, so what was broken off is completed at the next start, and nothing comes in twice.
/// </summary>
internal sealed class DemoSeeder(
    Store store, EventLog log, IncidentQueries queries, AreaImport import, AreaDirectory areas, UnitStore units, TimeProvider time, ILogger<DemoSeeder> logger)
{
    // So few that a report sent by somebody else meanwhile waits a moment, not seconds.
    private const int StepsPerCommit = 800;

    /// <summary>How far back the history goes; tests that don't look at its figures want less.</summary>
    internal int Days { get; init; } = DemoHistory.Days;

    /// <returns>Whether the store holds the demonstration county; a store with other data is left alone.</returns>
    /// <exception cref="StoreUnavailableException">The store can't take it now; run again.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var first = await log.ReadAfterAsync(0, 1, cancellationToken);
        if (first.Count == 0)
        {
            await ImportAreasAsync(cancellationToken);
            first = await log.ReadAfterAsync(0, 1, cancellationToken);
        }

        await areas.LoadAsync(cancellationToken);
        if (first is not [{ Event: AreasReplaced, RecordedAt: var began }] || areas.Current.Find(DemoPlaces.CountyCode)?.Name != DemoPlaces.CountyName)
        {
            DemoLog.StoreHasOtherData(logger);
            return false;
        }

        if (await IsIncompleteAsync(cancellationToken))
        {
            await WriteDownAsync(new DemoHistory(new DemoReporter(DemoCounty.Instance), began, Days), cancellationToken);
        }

        if ((await units.ListAsync(new UnitFilter(DemoPlaces.CountyCode, Kind: null, Limit: 1), after: null, cancellationToken)).Count == 0)
        {
            await units.ReplaceAsync(DemoPlaces.CountyCode, DemoStations.In(areas.Current), "demo", cancellationToken);
        }

        return true;
    }

    /// <summary>Takes the steps of a history in, in order; those taken in before change nothing.</summary>
    internal async Task WriteDownAsync(DemoHistory history, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var ids = new long[history.Incidents];
        var next = Prepare(0);
        for (var done = 0; done < history.Steps.Length; done += StepsPerCommit)
        {
            // The reports of the next commit are worded and checked while these are stored.
            var (steps, reports) = await next;
            next = Prepare(done + StepsPerCommit);
            foreach (var (incident, id) in await store.WriteAsync(session => Write(session, steps, reports, history, ids), cancellationToken))
            {
                ids[incident] = id;
            }
        }

        await store.WriteAsync(
            session =>
            {
                IncidentReminders.Begin(session, history.Steps[^1].At);
                return true;
            },
            cancellationToken);
        var elapsed = time.GetElapsedTime(started);
        DemoLog.HistoryWritten(logger, history.Incidents, history.Steps.Length, elapsed);

        Task<(ArraySegment<HistoryStep> Steps, Dictionary<int, IncidentReport> Reports)> Prepare(int from) => Task.Run(() =>
        {
            var steps = new ArraySegment<HistoryStep>(history.Steps)[Math.Min(from, history.Steps.Length)..Math.Min(from + StepsPerCommit, history.Steps.Length)];
            var reports = steps.Where(s => s.To == IncidentStatus.Reported).ToDictionary(s => s.Incident, s => Check(history.Report(s.Incident), areas.Current, s.At));
            return (steps, reports);
        });
    }

    private static List<(int Incident, long Id)> Write(
        WriteSession session, ArraySegment<HistoryStep> steps, Dictionary<int, IncidentReport> reports, DemoHistory history, long[] known)
    {
        var taken = new Dictionary<int, long>(reports.Count);
        foreach (var step in steps)
        {
            if (step.To == IncidentStatus.Reported)
            {
                taken.Add(step.Incident, IncidentStore.TakeIn(session, [reports[step.Incident]], step.At, withReminders: false)[0].Id);
                continue;
            }

            var id = taken.TryGetValue(step.Incident, out var justNow) ? justNow : known[step.Incident];
            var (category, late) = history.Handled(step);
            var (actor, note) = DemoNotes.For(category, step.To, late, new Dice($"note {step.To} {history.ExternalId(step.Incident)}"));
            IncidentStore.Move(session, id, step.To, actor, note, step.At);
        }

        return [.. taken.Select(t => (t.Key, t.Value))];
    }

    private static IncidentReport Check(IncidentSubmission report, AreaIndex areas, DateTime now)
    {
        var errors = new FieldErrors();
        return IncidentValidator.Validate(report, areas, now, errors)
            ?? throw new InvalidOperationException($"The demonstration wrote a report that is refused: {string.Join(", ", errors.ToDictionary().Keys)}.");
    }

    internal async Task ImportAreasAsync(CancellationToken cancellationToken)
    {
        var request = new AreaImportRequest(
            CoordinateSystem.Wgs84, CountyTime.Day(time.GetUtcNow().UtcDateTime).AddDays(-DemoHistory.Days), Actor: "demo");
        using var file = DemoCounty.Instance.AreasGeoJson();
        var result = await import.RunAsync(file, request, cancellationToken);
        if (!result.Report.Accepted)
        {
            throw new InvalidOperationException($"The demonstration county was refused: {result.Report.Rejected[0]}.");
        }

        DemoLog.AreasTaken(logger, result.Report.Taken);
    }

    // Live reports only begin after the last step of the history.
    private async Task<bool> IsIncompleteAsync(CancellationToken cancellationToken)
    {
        long? after = null;
        while (true)
        {
            var page = await queries.ListAsync(Sight.OfTheProgram, new IncidentFilter(null, null, DemoPlaces.CountyCode, null, null, after, 500), cancellationToken);
            if (page.FirstOrDefault(i => i.ExternalId?.StartsWith(DemoStream.Prefix, StringComparison.Ordinal) == true) is { } newest)
            {
                return !newest.ExternalId!.StartsWith(DemoStream.LivePrefix, StringComparison.Ordinal);
            }

            if (page.Count < 500)
            {
                return true;
            }

            after = page[^1].Id;
        }
    }
}
