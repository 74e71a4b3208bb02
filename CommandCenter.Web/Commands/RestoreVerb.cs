using System.CommandLine;
using CommandCenter.Data.Storage.Backup;

namespace CommandCenter.Web.Commands;

/// <summary><c>restore FILE</c>: puts a backup in the place of the database, and keeps what was there beside it.</summary>
internal sealed class RestoreVerb : Verb
{
    private Argument<string> _file = null!;
    private Option<bool> _allowGaps = null!;

    public override string Name => "restore";

    public override void Describe(Command command)
    {
        command.Arguments.Add(_file = File());
        command.Options.Add(_allowGaps = Option<bool>("--allow-gaps"));
    }

    public override async Task<int> RunAsync(ParseResult given, VerbRun run)
    {
        var backup = run.Get<DatabaseBackup>();
        var file = given.GetRequiredValue(_file);
        if (!backup.IsOwnWork)
        {
            ServerAdvice.Say(run, await backup.PlanRestoreAsync(file, run.Stopped));
            return ExitCodes.Done;
        }

        var done = await run.Steps.RunAsync(run.Verb.Name, progress => backup.RestoreAsync(file, given.GetValue(_allowGaps), progress, run.Stopped));
        run.Say("Done", done.Restored.File, done.Restored.Position, done.Restored.Incidents);
        if (done.Replaced is not null)
        {
            run.Say("Replaced", done.Replaced);
        }

        if (done.Restored.Gap is { } gap)
        {
            run.Say("Gap", gap.Events, gap.First);
        }

        if (done.Restored.PendingScripts > 0)
        {
            run.Say("Older", done.Restored.PendingScripts);
        }

        return ExitCodes.Done;
    }
}
