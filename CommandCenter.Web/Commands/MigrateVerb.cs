using System.CommandLine;
using CommandCenter.Data.Storage;

namespace CommandCenter.Web.Commands;

/// <summary><c>migrate</c>: brings the database to this program's schema, as the server does when it starts.</summary>
internal sealed class MigrateVerb : Verb
{
    private Option<bool> _dryRun = null!;

    public override string Name => "migrate";

    public override void Describe(Command command) => command.Options.Add(_dryRun = Option<bool>("--dry-run"));

    public override async Task<int> RunAsync(ParseResult given, VerbRun run)
    {
        var schema = run.Get<Schema>();
        var plan = await schema.PlanAsync(run.Stopped);
        if (plan.Pending.Count == 0)
        {
            run.Say("Current", plan.Database);
            return ExitCodes.Done;
        }

        var isDryRun = given.GetValue(_dryRun);
        run.Say(isDryRun ? plan.Exists ? "WouldRun" : "WouldMake" : "Running", plan.Database, plan.Pending.Count);
        if (!isDryRun)
        {
            await schema.MigrateAsync(run.Stopped);
        }

        foreach (var script in plan.Pending)
        {
            if (script.IsSkipped)
            {
                run.Say("Skipped", $"{script.Number:000}", script.Name);
            }
            else
            {
                run.Line($"  {script.Number:000}  {script.Name}");
            }
        }

        run.Say(isDryRun ? "NothingChanged" : "Done");
        return ExitCodes.Done;
    }
}
