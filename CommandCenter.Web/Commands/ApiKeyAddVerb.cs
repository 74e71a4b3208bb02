using System.CommandLine;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Web.Commands;

/// <summary><c>apikey add</c>: lets a program in. The key stands alone on the last line of standard output, and nowhere else.</summary>
internal sealed class ApiKeyAddVerb : Verb
{
    private Option<string> _name = null!;
    private Option<string> _scopes = null!;
    private Option<string?> _area = null!;
    private Option<string?> _source = null!;
    private Option<int?> _expires = null!;
    private Option<int?> _rate = null!;

    public override string Name => "apikey add";

    public override void Describe(Command command)
    {
        command.Options.Add(_name = Option<string>("--name", "NAME", required: true));
        command.Options.Add(_scopes = Option<string>("--scopes", "intake,read,live,areas", required: true));
        command.Options.Add(_area = Option<string?>("--area", "CODE"));
        command.Options.Add(_source = Option<string?>("--source", "CODE"));
        command.Options.Add(_expires = Option<int?>("--expires", "DAYS"));
        command.Options.Add(_rate = Option<int?>("--rate", "N"));
    }

    public override async Task<int> RunAsync(ParseResult given, VerbRun run)
    {
        var name = given.GetRequiredValue(_name).Trim();
        var (area, source) = (given.GetValue(_area), given.GetValue(_source));
        var (expires, rate) = (given.GetValue(_expires), given.GetValue(_rate));
        var scopes = Scopes(given.GetRequiredValue(_scopes), run);
        if (area is not null && !AreaCode.IsValid(area))
        {
            throw run.Refused("BadArea", area);
        }

        var terms = new ApiKeyTerms(name, scopes, area, source, rate, expires is { } days ? TimeSpan.FromDays(days) : null);
        if (terms.Problems().FirstOrDefault() is { } problem)
        {
            throw run.Refused(problem, problem switch
            {
                "BadName" => ApiKeyStore.NameLength,
                "BadSource" => IncidentLimits.Source,
                "BadExpiry" => ApiKeyTerms.MostDays,
                _ => ApiKeyTerms.MostRate,
            });
        }

        await run.RequireSchemaAsync();
        var made = await run.Get<ApiKeyChanges>().AddAsync(terms, Subject.Program.Label, address: null, run.Stopped) ?? throw run.Refused("NameTaken", name);
        run.Say("Done", made.Key.Name);
        run.Line(made.Secret);
        return ExitCodes.Done;
    }

    private static KeyScopes Scopes(string text, VerbRun run)
    {
        var scopes = KeyScopes.None;
        foreach (var word in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            scopes |= word switch
            {
                "intake" => KeyScopes.Intake,
                "read" => KeyScopes.Read,
                "live" => KeyScopes.Live,
                "areas" => KeyScopes.Areas,
                "statistics" => KeyScopes.Statistics,
                _ => throw run.Refused("BadScope", word),
            };
        }

        return scopes == KeyScopes.None ? throw run.Refused("NoScope") : scopes;
    }
}
