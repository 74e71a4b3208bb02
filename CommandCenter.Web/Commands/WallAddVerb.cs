using System.CommandLine;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Walls;

namespace CommandCenter.Web.Commands;

/// <summary><c>wall add</c>: lets a screen in that nobody stands at. The address alone is on the last line of standard output.</summary>
internal sealed class WallAddVerb : Verb
{
    private Option<string> _name = null!;
    private Option<string> _area = null!;
    private Option<string?> _profile = null!;
    private Option<int?> _expires = null!;
    private Option<string?> _address = null!;
    private Option<string?> _scenes = null!;

    public override string Name => "wall add";

    public override void Describe(Command command)
    {
        command.Options.Add(_name = Option<string>("--name", "NAME", required: true));
        command.Options.Add(_area = Option<string>("--area", "CODE", required: true));
        command.Options.Add(_profile = Option<string?>("--profile", "centre|visitor"));
        command.Options.Add(_expires = Option<int?>("--expires", "DAYS"));
        command.Options.Add(_scenes = Option<string?>("--scenes", "NAME:SECONDS,…"));
        command.Options.Add(_address = Option<string?>("--address", "URL"));
    }

    public override async Task<int> RunAsync(ParseResult given, VerbRun run)
    {
        var (name, area, profile) = (given.GetRequiredValue(_name).Trim(), given.GetRequiredValue(_area), given.GetValue(_profile) ?? PairedWall.Centre);
        if (!WallTerms.IsName(name))
        {
            throw run.Refused("BadName", WallTerms.NameLength);
        }

        if (!AreaCode.IsValid(area))
        {
            throw run.Refused("BadArea", area);
        }

        if (profile is not (PairedWall.Centre or PairedWall.Visitor))
        {
            throw run.Refused("BadProfile", profile);
        }

        if (given.GetValue(_expires) is < 1 or > WallTerms.MostDays)
        {
            throw run.Refused("BadExpiry", WallTerms.MostDays);
        }

        var scenes = WallScenes.Read(given.GetValue(_scenes));
        if (given.GetValue(_scenes) is { } asked && WallScenes.Text(scenes) != asked && string.Join(',', scenes.Select(scene => scene.Name)) != asked)
        {
            throw run.Refused("BadScenes", string.Join(", ", WallScenes.All), WallScenes.Shortest, WallScenes.Longest);
        }

        var from = Base(given.GetValue(_address), run);
        await run.RequireSchemaAsync();
        var terms = new WallTerms(name, area, profile, [.. scenes.Select(scene => WallScenes.Text([scene]))], given.GetValue(_expires) is { } days ? TimeSpan.FromDays(days) : null);
        var secret = await run.Get<WallPairings>().InviteAsync(terms, Subject.Program.Label, address: null, run.Stopped) ?? throw run.Refused("NameTaken", name);
        run.Say("Done", name, WallPairings.AddressLife.TotalHours);
        run.Line($"{from}/wall/pair?token={secret}");
        return ExitCodes.Done;
    }

    // Where the server listens is not always where browsers find it: behind a balancer, or on all addresses of a machine.
    private static string Base(string? address, VerbRun run)
    {
        if (address is not null)
        {
            return Uri.TryCreate(address, UriKind.Absolute, out var given) && given.Scheme is "http" or "https" && given.Query.Length == 0
                ? given.GetLeftPart(UriPartial.Path).TrimEnd('/')
                : throw run.Refused("BadAddress", address);
        }

        var first = (run.Get<IConfiguration>()["Urls"] ?? "http://localhost:5080").Split(';')[0].Trim().TrimEnd('/');
        return first.Replace("://*", "://" + Environment.MachineName, StringComparison.Ordinal)
            .Replace("://+", "://" + Environment.MachineName, StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://" + Environment.MachineName, StringComparison.Ordinal)
            .Replace("://[::]", "://" + Environment.MachineName, StringComparison.Ordinal);
    }
}
