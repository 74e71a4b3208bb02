using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>Weights in addresses: <c>crime:30,telecomFraud:10</c>. What is not named weighs nothing.</summary>
public static class SafetyWeightText
{
    /// <summary>Largest weight: they are shares, whatever their sum is.</summary>
    public const decimal Largest = 1000;

    private static readonly Dictionary<string, SafetyPart> Parts = Enum.GetValues<SafetyPart>().ToDictionary(NameOf, StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of a part: <c>telecomFraud</c>.</summary>
    public static string NameOf(SafetyPart part) => char.ToLowerInvariant($"{part}"[0]) + $"{part}"[1..];

    public static string Of(SafetyWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return string.Join(',', weights.Of.Where(weight => weight.Value != 0).Select(weight => string.Create(CultureInfo.InvariantCulture, $"{NameOf(weight.Key)}:{weight.Value}")));
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out SafetyWeights? weights)
    {
        weights = null;
        var read = new Dictionary<SafetyPart, decimal>();
        foreach (var pair in text?.Split(',') ?? [])
        {
            if (pair.Split(':') is not [var name, var number] || !Parts.TryGetValue(name, out var part) || Number(number) is not { } weight || !read.TryAdd(part, weight))
            {
                return false;
            }
        }

        var made = new SafetyWeights(read.ToImmutableSortedDictionary());
        weights = made.IsValid ? made : null;
        return weights is not null;
    }

    /// <summary>One weight: 0 to <see cref="Largest"/>, at most two decimals.</summary>
    /// <returns>Null when it is none.</returns>
    public static decimal? Number(string? text) =>
        decimal.TryParse(text?.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) && weight <= Largest && decimal.Round(weight, 2) == weight ? weight : null;
}
