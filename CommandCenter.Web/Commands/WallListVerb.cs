using System.CommandLine;
using System.Globalization;
using CommandCenter.Data.Walls;

namespace CommandCenter.Web.Commands;

/// <summary><c>wall list</c>: the walls, a line each, the newest first; columns are separated by tabs.</summary>
internal sealed class WallListVerb : Verb
{
    public override string Name => "wall list";

    public override async Task<int> RunAsync(ParseResult given, VerbRun run)
    {
        await run.RequireSchemaAsync();
        var now = run.Get<TimeProvider>().GetUtcNow().UtcDateTime;
        run.Say("Heading");
        foreach (var wall in await run.Get<WallStore>().ListAsync(run.Stopped))
        {
            var state = wall.RevokedAt is not null ? "revoked" : !wall.IsGood(now) ? "expired" : wall.Tokens == 0 ? "awaited" : "good";
            run.Line(string.Join(
                '\t', wall.Id.ToString(CultureInfo.InvariantCulture), wall.Name, state, wall.Area ?? "-", wall.Profile, Text(wall.LastSeenAt), Text(wall.ExpiresAt)));
        }

        return ExitCodes.Done;
    }

    internal static string Text(DateTime? utc) => utc?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";
}
