using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>Parts and weights as they are stored.</summary>
internal static class SafetyJson
{
    public static string Write(IReadOnlyList<SafetyPartScore> parts) => JsonSerializer.Serialize([.. parts], SafetyJsonContext.Default.ListSafetyPartScore);

    public static IReadOnlyList<SafetyPartScore> ReadParts(string json) => JsonSerializer.Deserialize(json, SafetyJsonContext.Default.ListSafetyPartScore) ?? [];

    public static string Write(SafetyWeights weights) => JsonSerializer.Serialize(new Dictionary<SafetyPart, decimal>(weights.Of), SafetyJsonContext.Default.DictionarySafetyPartDecimal);

    public static SafetyWeights ReadWeights(string json) => new((JsonSerializer.Deserialize(json, SafetyJsonContext.Default.DictionarySafetyPartDecimal) ?? []).ToImmutableSortedDictionary());
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(List<SafetyPartScore>))]
[JsonSerializable(typeof(Dictionary<SafetyPart, decimal>))]
internal sealed partial class SafetyJsonContext : JsonSerializerContext;
