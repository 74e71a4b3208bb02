using System.CommandLine;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Incidents;

namespace CommandCenter.Web.Commands;

/// <summary>
/// <c>import incidents FILE</c>: reports of any number, as <c>POST /api/v1/incidents/batch</c> takes them. A run that was stopped
/// is simply run again: what was taken in is known by source and external id, and a report without one gets one of its content.
/// </summary>
internal sealed class ImportIncidentsVerb : Verb
{
    private Argument<string> _file = null!;

    public override string Name => "import incidents";

    public override string StoppedText => VerbText.Get("import-incidents.Stopped");

    public override void Describe(Command command) => command.Arguments.Add(_file = File());

    public override async Task<int> RunAsync(ParseResult given, VerbRun run)
    {
        var file = given.GetRequiredValue(_file);
        await using var body = ImportFile.Open(file);
        await run.RequireSchemaAsync();
        await run.Get<AreaDirectory>().LoadAsync(run.Stopped);
        await using var rejected = new RejectedReports($"{file}.rejected.ndjson");
        var done = new Done();
        try
        {
            await run.Steps.RunAsync(run.Verb.Name, progress => ImportAsync(run, new CountedStream(body, progress), rejected, done));
        }
        finally
        {
            run.Say("Counts", done.Taken, done.Known, rejected.Count);
        }

        if (done.WithoutId > 0)
        {
            run.Say("WithoutId", done.WithoutId);
        }

        if (rejected.Count > 0)
        {
            run.Say("Rejected", Path.GetFullPath(rejected.File));
        }

        return rejected.Count == 0 ? ExitCodes.Done : ExitCodes.CouldNot;
    }

    private static async Task<bool> ImportAsync(VerbRun run, Stream body, RejectedReports rejected, Done done)
    {
        var batch = IncidentBatch.Of(Sight.OfTheProgram, body, run.Get<AreaDirectory>().Current, DateTime.UtcNow, long.MaxValue, keepRejected: true);
        var ids = new ContentIds();
        var store = run.Get<IncidentStore>();
        Task<TakenIn[]>? underWay = null;
        try
        {
            await foreach (var piece in batch.ReadAsync(run.Stopped))
            {
                var reports = new List<IncidentReport>(piece.Count);
                foreach (var line in piece)
                {
                    if (line.Report is { } report)
                    {
                        done.WithoutId += report.ExternalId is null ? 1 : 0;
                        reports.Add(ids.Identify(report));
                    }
                    else
                    {
                        await rejected.AddAsync(line);
                    }
                }

                // The next piece is read and checked while this one is written.
                var before = underWay;
                underWay = null;
                await CountAsync(before, done);
                underWay = store.TakeInAsync(reports, CancellationToken.None);
            }
        }
        finally
        {
            // Also when it was stopped: what was begun is written, and counted.
            await CountAsync(underWay, done);
        }

        return true;
    }

    private static async Task CountAsync(Task<TakenIn[]>? taking, Done done)
    {
        if (taking is not null)
        {
            var taken = await taking;
            var created = taken.Count(one => one.Created);
            (done.Taken, done.Known) = (done.Taken + created, done.Known + taken.Length - created);
        }
    }

    private sealed class Done
    {
        public long Taken { get; set; }

        public long Known { get; set; }

        public long WithoutId { get; set; }
    }
}
