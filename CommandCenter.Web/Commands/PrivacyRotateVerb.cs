using System.CommandLine;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Privacy;

namespace CommandCenter.Web.Commands;

/// <summary><c>privacy rotate</c>: adds a key to the key file and seals everything anew with it, while the program runs.</summary>
internal sealed class PrivacyRotateVerb : Verb
{
    private Option<bool> _removeOld = null!;

    public override string Name => "privacy rotate";

    public override string StoppedText => VerbText.Get("privacy-rotate.Stopped");

    public override void Describe(Command command) => command.Options.Add(_removeOld = Option<bool>("--remove-old"));

    public override async Task<int> RunAsync(ParseResult given, VerbRun run)
    {
        await run.RequireSchemaAsync();
        var done = await run.Steps.RunAsync(
            VerbText.Get("privacy-rotate.Seals"), progress => run.Get<KeyRotation>().RunAsync(given.GetValue(_removeOld), progress, run.Stopped));
        await run.Get<AuditLog>().AppendAsync(
            new AuditEntry(Environment.UserName, AuditActions.KeysRotated, $"key:{done.Key}", done.Left > 0 ? AuditResult.Failed : AuditResult.Done, Address: null, $"{done.Values} values, {done.Left} left"), run.Stopped);
        run.Say(done.Resumed ? "Resumed" : "Done", done.Key, done.Rows, done.Values, run.Get<Data.Storage.Store>().Dialect.Keys.Path);
        if (done.OldKeys.Count > 0)
        {
            run.Say("OldKeys", string.Join(", ", done.OldKeys));
        }

        if (done.Left > 0)
        {
            run.Say("Left", done.Left);
        }

        return done.Left > 0 ? ExitCodes.CouldNot : ExitCodes.Done;
    }
}
