using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Hosting;

/// <summary>
/// One line of JSON an entry behind the priority that journald reads (<c>&lt;3&gt;{…}</c>, sd-daemon(3)): the journal filters by
/// severity, and other tools read the fields of the message. Chinese stays as it is.
/// </summary>
internal sealed class JournalFormatter(IOptionsMonitor<ConsoleFormatterOptions> options) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "journal";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        using var line = new MemoryStream();
        using (var writer = new Utf8JsonWriter(line, Json))
        {
            writer.WriteStartObject();
            writer.WriteString("level", Level(logEntry.LogLevel));
            writer.WriteString("category", logEntry.Category);
            writer.WriteString("event", logEntry.EventId.Name);
            writer.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            WriteFields(writer, logEntry.State);
            if (logEntry.Exception is { } exception)
            {
                writer.WriteString("exception", exception.ToString());
            }

            if (options.CurrentValue.IncludeScopes)
            {
                scopeProvider?.ForEachScope(WriteScope, writer);
            }

            writer.WriteEndObject();
        }

        textWriter.Write('<');
        textWriter.Write(Priority(logEntry.LogLevel));
        textWriter.Write('>');
        textWriter.Write(System.Text.Encoding.UTF8.GetString(line.GetBuffer().AsSpan(0, (int)line.Length)));
        textWriter.Write('\n');
    }

    private static void WriteScope(object? scope, Utf8JsonWriter writer) => WriteFields(writer, scope);

    // Not nested: a journal is searched with grep and jq at night.
    private static void WriteFields(Utf8JsonWriter writer, object? state)
    {
        if (state is not IEnumerable<KeyValuePair<string, object?>> fields)
        {
            return;
        }

        foreach (var (name, value) in fields)
        {
            switch (value)
            {
                case null:
                    writer.WriteNull(name);
                    break;
                case int or long or short or byte:
                    writer.WriteNumber(name, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                    break;
                case double number when double.IsFinite(number):
                    writer.WriteNumber(name, number);
                    break;
                case bool flag:
                    writer.WriteBoolean(name, flag);
                    break;
                default:
                    if (name != "{OriginalFormat}")
                    {
                        writer.WriteString(name, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
                    }

                    break;
            }
        }
    }

    private static string Level(LogLevel level) => level.ToString().ToLowerInvariant();

    private static char Priority(LogLevel level) => level switch
    {
        LogLevel.Critical => '2',
        LogLevel.Error => '3',
        LogLevel.Warning => '4',
        LogLevel.Information => '6',
        _ => '7',
    };
}
