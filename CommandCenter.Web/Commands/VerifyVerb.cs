using System.CommandLine;
using CommandCenter.Data.Storage;
using CommandCenter.Data.Storage.Verification;

namespace CommandCenter.Web.Commands;

/// <summary><c>verify</c>: looks the whole database through, says what is missing or differs, and ends with 2 when anything does.</summary>
internal sealed class VerifyVerb : Verb
{
    public override string Name => "verify";

    public override async Task<int> RunAsync(ParseResult given, VerbRun run)
    {
        try
        {
            return await LookAsync(run);
        }
        catch (StoreUnavailableException e) when (e.Fault == StoreFault.Corrupt)
        {
            // Too damaged to be looked through is a finding as well, and no reason to end as for a slip of the pen.
            run.Line(e.Message);
            run.Say("Found", 1L);
            return ExitCodes.Wrong;
        }
    }

    private static async Task<int> LookAsync(VerbRun run)
    {
        await run.RequireSchemaAsync();
        var verification = run.Get<DatabaseVerification>();
        var total = 0L;
        var partly = false;
        foreach (var name in DatabaseVerification.Names)
        {
            var title = VerbText.Get($"verify.check.{name}");
            var result = await run.Steps.RunAsync(
                title, progress => Task.Run(() => verification.RunAsync(name, progress, run.Stopped), run.Stopped));
            foreach (var finding in result.Findings)
            {
                run.Line(VerbText.Get($"verify.{finding.Kind}", finding.Arguments));
            }

            if (result.FindingsTotal > result.Findings.Count)
            {
                run.Say("More", result.FindingsTotal - result.Findings.Count);
            }

            foreach (var omission in result.Omissions)
            {
                run.Line(VerbText.Get($"verify.Omitted.{omission.Kind}", omission.Arguments));
            }

            // "Good" is said of what was looked at; what the server kept to itself is not.
            var isPartly = result.Omissions.Any(omission => omission.Kind is OmissionKind.Structure or OmissionKind.Definition);
            run.Say(result.FindingsTotal > 0 ? "Bad" : isPartly ? "Partly" : "Good", title, result.Looked, result.FindingsTotal);
            total += result.FindingsTotal;
            partly |= isPartly;
        }

        run.Say(total > 0 ? "Found" : partly ? "NothingFound" : "AllGood", total);
        return total == 0 ? ExitCodes.Done : ExitCodes.Wrong;
    }
}
