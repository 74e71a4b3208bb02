using System.CommandLine;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.PoliceStatistics;

namespace CommandCenter.Web.Commands;

/// <summary><c>import disputes FILE --source CODE</c>: a workbook or CSV, as <c>POST /api/v1/disputes/import</c>: all of it, or nothing.</summary>
internal sealed class ImportDisputesVerb : Verb
{
    private const int MostShown = 20;

    private Argument<string> _file = null!;
    private Option<string> _source = null!;
    private Option<bool> _dryRun = null!;

    public override string Name => "import disputes";

    public override void Describe(Command command)
    {
        command.Arguments.Add(_file = File());
        command.Options.Add(_source = Option<string>("--source", "CODE", required: true));
        command.Options.Add(_dryRun = Option<bool>("--dry-run"));
    }

    public override async Task<int> RunAsync(ParseResult given, VerbRun run)
    {
        var (file, source, errors) = (given.GetRequiredValue(_file), given.GetRequiredValue(_source), new FieldErrors());
        DisputeImports.CheckSource(source, errors);
        if (errors.Any)
        {
            throw run.Refused("BadSource", source);
        }

        await using var body = ImportFile.Open(file);
        if (body.Length > TableFile.MostBytes)
        {
            throw run.Refused("Unreadable", file, new TableFileException(FileFault.TooLarge).Message);
        }

        var bytes = new byte[body.Length];
        await body.ReadExactlyAsync(bytes, run.Stopped);
        await run.RequireSchemaAsync();
        await run.Get<AreaDirectory>().LoadAsync(run.Stopped);
        var content = Read(bytes, file, source, run);
        foreach (var row in content.Errors.Take(MostShown))
        {
            run.Say("Row", row.Row, string.Join("; ", row.Errors.Select(error => $"{error.Key}: {string.Join(' ', error.Value)}")));
        }

        if (content.BadRows > 0)
        {
            run.Say("NotTaken", content.BadRows, content.Drafts.Count + content.BadRows);
            return ExitCodes.CouldNot;
        }

        if (given.GetValue(_dryRun))
        {
            run.Say("WouldTake", content.Drafts.Count);
            return ExitCodes.Done;
        }

        var registered = await run.Get<DisputeStore>().RegisterAsync(content.Drafts, "import", CancellationToken.None);
        var taken = registered.Count(one => one.Created);
        await run.Get<AuditLog>().AppendAsync(
            new AuditEntry(Environment.UserName, DisputeActions.Imported, source, AuditResult.Done, Address: null, $"{taken} taken"), CancellationToken.None);
        run.Say("Taken", taken, registered.Length - taken);
        return ExitCodes.Done;
    }

    private static DisputeFileContent Read(byte[] bytes, string file, string source, VerbRun run)
    {
        try
        {
            return new DisputeFileReader(Sight.OfTheProgram, source, run.Get<AreaDirectory>().Current, DateTime.UtcNow).Read(bytes);
        }
        catch (TableFileException e)
        {
            throw run.Refused("Unreadable", file, e.Message);
        }
    }
}
