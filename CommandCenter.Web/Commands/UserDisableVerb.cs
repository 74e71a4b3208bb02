using System.CommandLine;
using CommandCenter.Data.Accounts;

namespace CommandCenter.Web.Commands;

/// <summary><c>user disable</c>: lets nobody in with an account any more, at once.</summary>
internal sealed class UserDisableVerb : Verb
{
    private Option<string> _name = null!;

    public override string Name => "user disable";

    public override void Describe(Command command) => command.Options.Add(_name = Option<string>("--name", "NAME", required: true));

    public override async Task<int> RunAsync(ParseResult given, VerbRun run)
    {
        await run.RequireSchemaAsync();
        var name = given.GetRequiredValue(_name);
        var account = await run.Get<AccountStore>().FindAsync(name, run.Stopped) ?? throw run.Refused("NotFound", name);
        var outcome = await run.Get<AccountChanges>().DisableAsync(account.Id, disabled: true, ChangedBy.Program, run.Stopped);
        if (outcome != AccountOutcome.Done)
        {
            throw run.Refused(outcome.ToString(), account.Name);
        }

        run.Say("Done", account.Name);
        return ExitCodes.Done;
    }
}
