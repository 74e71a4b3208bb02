using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CommandCenter.Data.Events;

/// <summary>How events are written into the log: a kind that never changes its meaning, and a JSON payload.</summary>
internal static class EventPayload
{
    public const string IncidentReported = "incident.reported";
    public const string IncidentMoved = "incident.moved";
    public const string IncidentReminded = "incident.reminded";
    public const string AreasReplaced = "areas.replaced";
    public const string UnitsReplaced = "units.replaced";
    public const string StatisticsImported = "statistics.imported";
    public const string StatisticsUndone = "statistics.undone";
    public const string SafetyIndexComputed = "safety.computed";
    public const string IncidentsErased = "incidents.erased";
    public const string DisputeRegistered = "dispute.registered";
    public const string DisputeMoved = "dispute.moved";
    public const string DisputeExtended = "dispute.extended";
    public const string DisputeRated = "dispute.rated";
    public const string DisputeTurnedCriminal = "dispute.criminal";
    public const string DisputeHandedOver = "dispute.handed";
    public const string DisputeJoined = "dispute.joined";
    public const string DisputeLinked = "dispute.linked";
    public const string IncidentBecameDispute = "incident.dispute";
    public const string DisputesErased = "disputes.erased";

    private static readonly EventPayloadContext Json = EventPayloadContext.Default;

    // The payload is data at rest, never put into a page as it is; readable Chinese is worth more here than \u escapes. Said to
    // the writer and not to the serializer, which would then leave the code generated for our events unused.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Utf8, Utf8JsonWriter Json)? s_writer;

    public static (string Kind, string Payload) Write(DomainEvent happened) => happened switch
    {
        IncidentReported e => (IncidentReported, Serialize(e, Json.IncidentReported)),
        IncidentMoved e => (IncidentMoved, Serialize(e, Json.IncidentMoved)),
        IncidentReminded e => (IncidentReminded, Serialize(e, Json.IncidentReminded)),
        AreasReplaced e => (AreasReplaced, Serialize(e, Json.AreasReplaced)),
        UnitsReplaced e => (UnitsReplaced, Serialize(e, Json.UnitsReplaced)),
        StatisticsImported e => (StatisticsImported, Serialize(e, Json.StatisticsImported)),
        StatisticsUndone e => (StatisticsUndone, Serialize(e, Json.StatisticsUndone)),
        SafetyIndexComputed e => (SafetyIndexComputed, Serialize(e, Json.SafetyIndexComputed)),
        IncidentsErased e => (IncidentsErased, Serialize(e, Json.IncidentsErased)),
        DisputeRegistered e => (DisputeRegistered, Serialize(e, Json.DisputeRegistered)),
        DisputeMoved e => (DisputeMoved, Serialize(e, Json.DisputeMoved)),
        DisputeExtended e => (DisputeExtended, Serialize(e, Json.DisputeExtended)),
        DisputeRated e => (DisputeRated, Serialize(e, Json.DisputeRated)),
        DisputeTurnedCriminal e => (DisputeTurnedCriminal, Serialize(e, Json.DisputeTurnedCriminal)),
        DisputeHandedOver e => (DisputeHandedOver, Serialize(e, Json.DisputeHandedOver)),
        DisputeJoined e => (DisputeJoined, Serialize(e, Json.DisputeJoined)),
        DisputeLinked e => (DisputeLinked, Serialize(e, Json.DisputeLinked)),
        IncidentBecameDispute e => (IncidentBecameDispute, Serialize(e, Json.IncidentBecameDispute)),
        DisputesErased e => (DisputesErased, Serialize(e, Json.DisputesErased)),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "No kind is known for this event."),
    };

    /// <exception cref="InvalidDataException">The kind is unknown: the log was written by a newer program. Or the payload lacks what its kind must have.</exception>
    public static DomainEvent Read(string kind, string payload) => kind switch
    {
        IncidentReported => Deserialize(payload, Json.IncidentReported) is { Number: not null, Source: not null, Category: not null } reported
            ? reported
            : throw new InvalidDataException("The event log holds a report without number, source or category."),
        IncidentMoved => Deserialize(payload, Json.IncidentMoved),
        IncidentReminded => Deserialize(payload, Json.IncidentReminded),
        AreasReplaced => Deserialize(payload, Json.AreasReplaced),
        UnitsReplaced => Deserialize(payload, Json.UnitsReplaced),
        StatisticsImported => Deserialize(payload, Json.StatisticsImported),
        StatisticsUndone => Deserialize(payload, Json.StatisticsUndone),
        SafetyIndexComputed => Deserialize(payload, Json.SafetyIndexComputed),
        IncidentsErased => Deserialize(payload, Json.IncidentsErased) is { Incidents: not null } erased
            ? erased
            : throw new InvalidDataException("The event log holds an erasure that names no incidents."),
        DisputeRegistered => Deserialize(payload, Json.DisputeRegistered) is { Number: not null, Source: not null, Category: not null } registered
            ? registered
            : throw new InvalidDataException("The event log holds a dispute without number, source or category."),
        DisputeMoved => Deserialize(payload, Json.DisputeMoved),
        DisputeExtended => Deserialize(payload, Json.DisputeExtended),
        DisputeRated => Deserialize(payload, Json.DisputeRated),
        DisputeTurnedCriminal => Deserialize(payload, Json.DisputeTurnedCriminal),
        DisputeHandedOver => Deserialize(payload, Json.DisputeHandedOver),
        DisputeJoined => Deserialize(payload, Json.DisputeJoined),
        DisputeLinked => Deserialize(payload, Json.DisputeLinked),
        IncidentBecameDispute => Deserialize(payload, Json.IncidentBecameDispute),
        DisputesErased => Deserialize(payload, Json.DisputesErased) is { Disputes: not null } gone
            ? gone
            : throw new InvalidDataException("The event log holds an erasure that names no disputes."),
        _ => throw new InvalidDataException($"The event log holds an event of the kind '{kind}', which this program does not know. It was written by a newer version."),
    };

    private static string Serialize<T>(T happened, JsonTypeInfo<T> type)
    {
        var (utf8, json) = s_writer ??= New();
        utf8.ResetWrittenCount();
        json.Reset();
        JsonSerializer.Serialize(json, happened, type);
        return Encoding.UTF8.GetString(utf8.WrittenSpan);

        static (ArrayBufferWriter<byte> Utf8, Utf8JsonWriter Json) New()
        {
            var buffer = new ArrayBufferWriter<byte>(512);
            return (buffer, new Utf8JsonWriter(buffer, Relaxed));
        }
    }

    private static T Deserialize<T>(string payload, JsonTypeInfo<T> type)
        where T : DomainEvent =>
        JsonSerializer.Deserialize(payload, type) ?? throw new InvalidDataException("The event log holds an empty payload.");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(IncidentReported))]
[JsonSerializable(typeof(IncidentMoved))]
[JsonSerializable(typeof(IncidentReminded))]
[JsonSerializable(typeof(AreasReplaced))]
[JsonSerializable(typeof(UnitsReplaced))]
[JsonSerializable(typeof(StatisticsImported))]
[JsonSerializable(typeof(StatisticsUndone))]
[JsonSerializable(typeof(SafetyIndexComputed))]
[JsonSerializable(typeof(IncidentsErased))]
[JsonSerializable(typeof(DisputeRegistered))]
[JsonSerializable(typeof(DisputeMoved))]
[JsonSerializable(typeof(DisputeExtended))]
[JsonSerializable(typeof(DisputeRated))]
[JsonSerializable(typeof(DisputeTurnedCriminal))]
[JsonSerializable(typeof(DisputeHandedOver))]
[JsonSerializable(typeof(DisputeJoined))]
[JsonSerializable(typeof(DisputeLinked))]
[JsonSerializable(typeof(IncidentBecameDispute))]
[JsonSerializable(typeof(DisputesErased))]
internal sealed partial class EventPayloadContext : JsonSerializerContext;
