using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Incidents;

namespace CommandCenter.Web.Commands;

/// <summary>
/// The reports of a file that were not taken, each as a line <c>{ line, errors, report }</c>; <c>report</c> is a text where it is
/// no JSON. The file is made with the first of them; one of an earlier run is replaced.
/// </summary>
internal sealed class RejectedReports : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private StreamWriter? _writer;

    public RejectedReports(string file)
    {
        File = file;
        System.IO.File.Delete(file);
    }

    public string File { get; }

    public long Count { get; private set; }

    public Task AddAsync(BatchLine<IncidentReport> line)
    {
        Count++;
        _writer ??= new StreamWriter(File, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return _writer.WriteLineAsync(JsonSerializer.Serialize(new { line.Line, errors = line.Errors?.ToDictionary(), report = Report(line.Rejected) }, Json));
    }

    public ValueTask DisposeAsync() => _writer?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static JsonNode? Report(byte[]? bytes)
    {
        try
        {
            return bytes is null ? null : JsonNode.Parse(bytes);
        }
        catch (JsonException)
        {
            return JsonValue.Create(Encoding.UTF8.GetString(bytes!));
        }
    }
}
