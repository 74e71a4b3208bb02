using System.CommandLine;
using CommandCenter.Data.Privacy;

namespace CommandCenter.Web.Commands;

/// <summary><c>privacy erase FILE</c>: takes one person out of the closed incidents that they reported, and says what stays and why.</summary>
internal sealed class PrivacyEraseVerb : Verb
{
    private Argument<string> _file = null!;
    private Option<bool> _yes = null!;

    public override string Name => "privacy erase";

    public override void Describe(Command command)
    {
        command.Arguments.Add(_file = File());
        command.Options.Add(_yes = Option<bool>("--yes"));
    }

    public override async Task<int> RunAsync(ParseResult given, VerbRun run)
    {
        var person = PersonFile.Read(given.GetRequiredValue(_file), run);
        await run.RequireSchemaAsync();
        if (!given.GetValue(_yes))
        {
            var found = await run.Get<PersonExport>().ReadAsync(person, Environment.UserName, address: null, run.Stopped);
            throw run.Refused("NotYet", found.Incidents.Count + found.Disputes.Count);
        }

        var done = await run.Get<PersonErasure>().EraseAsync(person, Environment.UserName, address: null, run.Stopped);
        run.Say("Done", done.Erased.Count, string.Join(' ', done.Erased));
        if (done.Open.Count > 0)
        {
            run.Say("Open", done.Open.Count, string.Join(' ', done.Open));
        }

        run.Say("Stays");
        return ExitCodes.Done;
    }
}
