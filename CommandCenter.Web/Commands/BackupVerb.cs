using System.CommandLine;
using CommandCenter.Data.Storage;
using CommandCenter.Data.Storage.Backup;

namespace CommandCenter.Web.Commands;

/// <summary><c>backup FILE</c>: a copy of the database as of one moment, while the program runs.</summary>
internal sealed class BackupVerb : Verb
{
    private Argument<string> _file = null!;
    private Option<bool> _force = null!;

    public override string Name => "backup";

    public override void Describe(Command command)
    {
        command.Arguments.Add(_file = File());
        command.Options.Add(_force = Option<bool>("--force"));
    }

    public override async Task<int> RunAsync(ParseResult given, VerbRun run)
    {
        var backup = run.Get<DatabaseBackup>();
        var file = given.GetRequiredValue(_file);
        if (!backup.IsOwnWork)
        {
            ServerAdvice.Say(run, await backup.PlanBackupAsync(file, run.Stopped));
            return ExitCodes.Done;
        }

        var made = await run.Steps.RunAsync(
            run.Verb.Name, progress => backup.BackUpAsync(file, given.GetValue(_force), progress, run.Stopped));
        run.Say("Done", made.File, made.Bytes, made.Position, made.Incidents, made.Sha256, run.Get<Store>().Dialect.Keys.Path);
        if (made.Gap is { } gap)
        {
            run.Say("Gap", gap.Events, gap.First);
        }

        return ExitCodes.Done;
    }
}
