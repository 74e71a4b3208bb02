using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using CommandCenter.Data.Privacy;

namespace CommandCenter.Web.Commands;

/// <summary><c>privacy export FILE</c>: everything that is stored of one person, as JSON on standard output.</summary>
internal sealed class PrivacyExportVerb : Verb
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Argument<string> _file = null!;

    public override string Name => "privacy export";

    public override void Describe(Command command) => command.Arguments.Add(_file = File());

    public override async Task<int> RunAsync(ParseResult given, VerbRun run)
    {
        var person = PersonFile.Read(given.GetRequiredValue(_file), run);
        await run.RequireSchemaAsync();
        var found = await run.Get<PersonExport>().ReadAsync(person, Environment.UserName, address: null, run.Stopped);
        run.Line(JsonSerializer.Serialize(found, Json));
        return ExitCodes.Done;
    }
}
