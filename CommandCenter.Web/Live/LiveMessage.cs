using System.Text.Json;
using System.Text.Json.Serialization;

namespace CommandCenter.Web.Live;

/// <summary>
/// A message of the live feed, serialised once and shared by all who get it; the hub's protocol copies the bytes.
/// <see cref="LiveHub"/> documents what it says.
/// </summary>
[JsonConverter(typeof(RawJson))]
public sealed class LiveMessage
{
    internal LiveMessage(byte[] json) => Json = json;

    /// <summary>One JSON object, UTF-8.</summary>
    internal byte[] Json { get; }

    private sealed class RawJson : JsonConverter<LiveMessage>
    {
        public override LiveMessage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Live messages are only written.");

        // We have written these bytes ourselves: no need to look at them again for each client.
        public override void Write(Utf8JsonWriter writer, LiveMessage value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Json, skipInputValidation: true);
    }
}
