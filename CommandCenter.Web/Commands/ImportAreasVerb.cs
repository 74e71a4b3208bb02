using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CommandCenter.Data.Audit;
using CommandCenter.Data.Grids;
using Spectre.Console;

namespace CommandCenter.Web.Commands;

/// <summary><c>import areas FILE</c>: as <c>PUT /api/v1/areas</c>, with its report as tables.</summary>
internal sealed class ImportAreasVerb : Verb
{
    private Argument<string> _file = null!;
    private Option<string?> _crs = null!;
    private Option<string?> _validFrom = null!;
    private Option<bool> _partial = null!;
    private Option<bool> _dryRun = null!;

    public override string Name => "import areas";

    public override void Describe(Command command)
    {
        command.Arguments.Add(_file = File());
        command.Options.Add(_crs = Option<string?>("--crs", "wgs84|cgcs2000|gcj02|bd09"));
        command.Options.Add(_validFrom = Option<string?>("--valid-from", "yyyy-MM-dd"));
        command.Options.Add(_partial = Option<bool>("--partial"));
        command.Options.Add(_dryRun = Option<bool>("--dry-run"));
    }

    public override async Task<int> RunAsync(ParseResult given, VerbRun run)
    {
        var request = new AreaImportRequest(
            Crs(given, run), ValidFrom(given, run), given.GetValue(_partial), given.GetValue(_dryRun), Actor: "import")
        {
            Record = (session, done) => run.Get<AuditLog>().Append(
                session, new AuditEntry(Environment.UserName, AuditActions.AreasReplaced, $"{done.ValidFrom:yyyy-MM-dd}", AuditResult.Done, Address: null, $"{done.Taken} taken, {done.Retired} retired")),
        };
        var file = given.GetRequiredValue(_file);
        await using var body = ImportFile.Open(file);
        await run.RequireSchemaAsync();
        try
        {
            var result = await run.Steps.RunAsync(
                run.Verb.Name,
                async progress =>
                {
                    await run.Get<AreaDirectory>().LoadAsync(run.Stopped);
                    await using var counted = new CountedStream(body, progress);
                    return await run.Get<AreaImport>().RunAsync(counted, request, run.Stopped);
                });
            Show(run, result.Report);
            return result.Report.Accepted ? ExitCodes.Done : ExitCodes.CouldNot;
        }
        catch (JsonException e)
        {
            throw run.Refused("BadJson", file, (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1);
        }
        catch (AreaFileTooLargeException e)
        {
            throw run.Refused("TooLarge", file, e.MaxBytes >> 20);
        }
    }

    private CoordinateSystem Crs(ParseResult given, VerbRun run) =>
        given.GetValue(_crs) is not { } text ? CoordinateSystem.Wgs84
        : CoordinateTransform.TryParse(text, out var crs) ? crs
        : throw run.Refused("BadCrs", text);

    private DateOnly? ValidFrom(ParseResult given, VerbRun run) =>
        given.GetValue(_validFrom) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1949 and < 3000 ? day
        : throw run.Refused("BadDay", text);

    private static void Show(VerbRun run, AreaImportReport report)
    {
        run.Say(
            report.Accepted ? report.DryRun ? "WouldTake" : "Taken" : "NotTaken",
            report.Taken, report.Features, report.ValidFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), report.RepairedTotal, report.RejectedTotal, report.RetiredTotal);
        var isChinese = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";
        Table(run, "Levels", report.TakenByLevel.Count, report.TakenByLevel.Select(level => new[] { AreaLevels.NameOf(level.Key), $"{level.Value:N0}" }), "Level", "Count");
        Table(
            run,
            "Rejected",
            report.RejectedTotal,
            report.Rejected.Select(rejected => new[] { $"{rejected.Index}", rejected.Code ?? "", isChinese ? rejected.Reason.Zh : rejected.Reason.En }),
            "Feature", "Code", "Reason");
        Table(run, "Repaired", report.RepairedTotal, report.Repaired.Select(repaired => new[] { $"{repaired.Index}", repaired.Code ?? "", $"{repaired.Repairs}" }), "Feature", "Code", "Repairs");
        Table(run, "Retired", report.RetiredTotal, report.Retired.Select(retired => new[] { retired.Code, retired.Name }), "Code", "AreaName");
        if (!report.Accepted && report.RejectedTotal < report.Features && !report.Partial)
        {
            run.Say("PartialHint");
        }
    }

    private static void Table(VerbRun run, string title, int total, IEnumerable<string[]> rows, params string[] columns)
    {
        const int MostShown = 50;
        var shown = rows.Take(MostShown).ToList();
        if (shown.Count == 0)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(VerbText.Get($"import-areas.{title}")));
        foreach (var column in columns)
        {
            table.AddColumn(Markup.Escape(VerbText.Get($"import-areas.{column}")));
        }

        foreach (var row in shown)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        run.Console.Write(table);
        if (total > shown.Count)
        {
            run.Say("More", total - shown.Count);
        }
    }
}
