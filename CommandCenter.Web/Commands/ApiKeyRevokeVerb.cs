using System.CommandLine;
using CommandCenter.Data.Accounts;

namespace CommandCenter.Web.Commands;

/// <summary><c>apikey revoke</c>: lets a program in no more; running nodes notice within two seconds.</summary>
internal sealed class ApiKeyRevokeVerb : Verb
{
    private Option<string> _name = null!;

    public override string Name => "apikey revoke";

    public override void Describe(Command command) => command.Options.Add(_name = Option<string>("--name", "NAME", required: true));

    public override async Task<int> RunAsync(ParseResult given, VerbRun run)
    {
        var name = given.GetRequiredValue(_name).Trim();
        await run.RequireSchemaAsync();
        var keys = await run.Get<ApiKeyStore>().ListAsync(run.Stopped);
        var key = keys.FirstOrDefault(key => key.Name == name && key.RevokedAt is null) ?? throw run.Refused("NoSuchKey", name);
        _ = await run.Get<ApiKeyChanges>().RevokeAsync(key.Id, Subject.Program.Label, address: null, run.Stopped) ?? throw run.Refused("NoSuchKey", name);
        run.Say("Done", name);
        return ExitCodes.Done;
    }
}
