using System.CommandLine;
using CommandCenter.Data.Storage;
using CommandCenter.Data.Storage.Copy;

namespace CommandCenter.Web.Commands;

/// <summary><c>copy --to …</c>: moves everything into an empty database of the same or the other kind, and can be run again when it was stopped.</summary>
internal sealed class CopyVerb : Verb
{
    private Option<string?> _from = null!;
    private Option<string> _to = null!;
    private Option<string> _skip = null!;
    private Option<bool> _allowGaps = null!;

    public override string Name => "copy";

    public override string StoppedText => VerbText.Get("copy.Stopped");

    public override void Describe(Command command)
    {
        command.Options.Add(_from = Option<string?>("--from", "sqlite:PATH|sqlserver:\"CONNECTION\""));
        command.Options.Add(_to = Option<string>("--to", "sqlite:PATH|sqlserver:\"CONNECTION\"", required: true));
        command.Options.Add(_skip = Option<string>("--skip-scripts", "NAMES"));
        command.Options.Add(_allowGaps = Option<bool>("--allow-gaps"));
    }

    public override async Task<int> RunAsync(ParseResult given, VerbRun run)
    {
        var skip = given.GetValue(_skip) ?? "";
        var from = given.GetValue(_from) is { } named ? Read(run, "--from", named, "") : run.Storage;
        var to = Read(run, "--to", given.GetRequiredValue(_to), skip);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var done = await CopyAsync(run, from, to, given.GetValue(_allowGaps));
        foreach (var table in done.Tables)
        {
            run.Line($"  {table.Name,-24} {table.Rows,12:N0}  SHA-256 {table.Sha256[..16]}…");
        }

        var rows = done.Tables.Sum(table => table.Rows);
        var said = done.Outcome switch
        {
            CopyOutcome.Copied => "Done",
            CopyOutcome.Resumed => "Resumed",
            CopyOutcome.Complete => "Complete",
            _ => throw new InvalidOperationException($"A copy that is {done.Outcome} has no text."),
        };
        if (done.Gap is { } gap)
        {
            run.Say("Gap", gap.Events, gap.First);
        }

        run.Say(said, done.From, done.To, done.Head, $"{rows:N0}", $"{done.Tables.Sum(table => table.Copied) / clock.Elapsed.TotalSeconds:N0}");
        return ExitCodes.Done;
    }

    private static Task<CopyResult> CopyAsync(VerbRun run, StorageOptions from, StorageOptions to, bool allowGaps) =>
        run.Steps.RunAsync<CopyResult>(
            progress => Task.Run(
                () => DatabaseCopy.RunAsync(
                    from,
                    to,
                    allowGaps,
                    TimeProvider.System,
                    step => Tell(step, progress),
                    run.Stopped),
                run.Stopped));

    // An empty table is no step.
    private static void Tell(CopyStep step, Action<string, long, long> progress)
    {
        if (step.Total > 0)
        {
            progress(VerbText.Get(step.IsComparison ? "copy.Compares" : "copy.Copies", step.Table), step.Rows, step.Total);
        }
    }

    private static StorageOptions Read(VerbRun run, string option, string text, string skip)
    {
        var options = text.Split(':', 2) switch
        {
            ["sqlite", { Length: > 0 } path] => new StorageOptions { ConnectionString = $"Data Source={path}" },
            ["sqlserver", { Length: > 0 } connection] =>
                new StorageOptions { Provider = StorageProvider.SqlServer, ConnectionString = connection, SkipScripts = skip, KeyFile = run.Storage.KeyFile },
            _ => throw run.Refused("BadDatabase", option, text.Length > 60 ? $"{text[..60]}…" : text),
        };
        var problems = options.Problems().ToList();
        return problems.Count == 0 ? options : throw new VerbRefusedException($"{option}: {string.Join("\n", problems)}");
    }
}
