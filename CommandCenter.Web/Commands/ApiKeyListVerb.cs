using System.CommandLine;
using System.Globalization;
using CommandCenter.Data.Accounts;

namespace CommandCenter.Web.Commands;

/// <summary><c>apikey list</c>: the keys, a line each, the newest first, without their secrets; columns are separated by tabs.</summary>
internal sealed class ApiKeyListVerb : Verb
{
    public override string Name => "apikey list";

    public override async Task<int> RunAsync(ParseResult given, VerbRun run)
    {
        await run.RequireSchemaAsync();
        var now = run.Get<TimeProvider>().GetUtcNow().UtcDateTime;
        run.Say("Heading");
        foreach (var key in await run.Get<ApiKeyStore>().ListAsync(run.Stopped))
        {
            var state = key.RevokedAt is not null ? "revoked" : key.IsGood(now) ? "good" : "expired";
            run.Line(string.Join(
                '\t', key.Id.ToString(CultureInfo.InvariantCulture), key.Name, state, key.Scopes.ToString().Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant(), key.Area ?? "-",
                key.Source ?? "-", WallListVerb.Text(key.LastUsedAt), WallListVerb.Text(key.ExpiresAt)));
        }

        return ExitCodes.Done;
    }
}
