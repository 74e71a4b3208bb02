using System.CommandLine;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Walls;

namespace CommandCenter.Web.Commands;

/// <summary><c>wall revoke</c>: lets a wall in no more; running nodes notice within two seconds.</summary>
internal sealed class WallRevokeVerb : Verb
{
    private Option<string> _name = null!;

    public override string Name => "wall revoke";

    public override void Describe(Command command) => command.Options.Add(_name = Option<string>("--name", "NAME", required: true));

    public override async Task<int> RunAsync(ParseResult given, VerbRun run)
    {
        var name = given.GetRequiredValue(_name).Trim();
        await run.RequireSchemaAsync();
        var walls = await run.Get<WallStore>().ListAsync(run.Stopped);
        var wall = walls.FirstOrDefault(wall => wall.Name == name && wall.RevokedAt is null) ?? throw run.Refused("NoSuchWall", name);
        _ = await run.Get<WallPairings>().RevokeAsync(wall.Id, Subject.Program.Label, address: null, run.Stopped) ?? throw run.Refused("NoSuchWall", name);
        run.Say("Done", name);
        return ExitCodes.Done;
    }
}
