using System.CommandLine;
using CommandCenter.Data.Accounts;

namespace CommandCenter.Web.Commands;

/// <summary><c>user reset</c>: gives an account a new password that serves once; also takes its second factor away, when asked to.</summary>
internal sealed class UserResetVerb : Verb
{
    private Option<string> _name = null!;
    private Option<bool> _input = null!;
    private Option<bool> _factor = null!;

    public override string Name => "user reset";

    public override void Describe(Command command)
    {
        command.Options.Add(_name = Option<string>("--name", "NAME", required: true));
        command.Options.Add(_input = Option<bool>("--password-stdin"));
        command.Options.Add(_factor = Option<bool>("--second-factor"));
    }

    public override async Task<int> RunAsync(ParseResult given, VerbRun run)
    {
        await run.RequireSchemaAsync();
        var name = given.GetRequiredValue(_name);
        var account = await run.Get<AccountStore>().FindAsync(name, run.Stopped) ?? throw run.Refused("NotFound", name);
        var (password, isMade) = UserPassword.Take(account.Name, given.GetValue(_input));
        var changes = run.Get<AccountChanges>();
        await changes.ResetPasswordAsync(account.Id, UserPassword.Hash(password), ChangedBy.Program, run.Stopped);
        if (given.GetValue(_factor))
        {
            await changes.RemoveSecondFactorAsync(account.Id, session: null, ChangedBy.Program, run.Stopped);
        }

        run.Say(isMade ? "DoneMade" : "Done", account.Name);
        if (isMade)
        {
            run.Line(password);
        }

        return ExitCodes.Done;
    }
}
