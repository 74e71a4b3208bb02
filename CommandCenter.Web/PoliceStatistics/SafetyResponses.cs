using System.ComponentModel;
using CommandCenter.Data.PoliceStatistics;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary>The safety index of towns.</summary>
public sealed record SafetyAnswer(
    [property: Description("The day; null when nothing is reported by day.")] DateOnly? On,
    [property: Description("By code; towns without a single part are left out.")] IReadOnlyList<SafetyTown> Towns);

/// <summary>The safety index of a town.</summary>
public sealed record SafetyTown(
    [property: Description("Its code.")] string Area,
    [property: Description("0 to 100.")] decimal? Score,
    [property: Description("green from 90, yellow from 80, orange from 70, red below.")] SafetyLevel? Level,
    [property: Description("A part that counts has fewer than three base years.")] bool Provisional,
    [property: Description("Version of the weights; 0 are those of the program.")] int WeightsVersion,
    [property: Description("All parts, also the missing.")] IReadOnlyList<SafetyPartAnswer> Parts,
    [property: Description("What it would be with the weights of the question; null when it has none.")] SimulatedSafety? Simulated)
{
    internal static SafetyTown Of(StoredSafetyIndex stored, SafetyWeights? other) => new(
        stored.AreaCode, stored.Index.Score, stored.Index.Level, stored.Index.Provisional, stored.WeightsVersion, [.. stored.Index.Parts.Select(SafetyPartAnswer.Of)],
        other is null ? null : SimulatedSafety.Of(stored.Index.With(other)));
}

/// <summary>The safety index as it would be with other weights; it is not stored.</summary>
public sealed record SimulatedSafety(
    [property: Description("0 to 100.")] decimal? Score,
    [property: Description("green from 90, yellow from 80, orange from 70, red below.")] SafetyLevel? Level,
    [property: Description("A part that counts has fewer than three base years.")] bool Provisional,
    [property: Description("All parts, also the missing.")] IReadOnlyList<SafetyPartAnswer> Parts)
{
    internal static SimulatedSafety Of(SafetyIndex index) => new(index.Score, index.Level, index.Provisional, [.. index.Parts.Select(SafetyPartAnswer.Of)]);
}

/// <summary>A part of the index.</summary>
public sealed record SafetyPartAnswer(
    [property: Description("crime, telecomFraud, traffic, fire, disputes, petitions or onTime.")] SafetyPart Part,
    [property: Description("As it was set.")] decimal Weight,
    [property: Description("Of the parts that are there, 0 to 1; 0 when it is missing.")] decimal Share,
    [property: Description("n of the 30 days; of onTime the rate; null when it is missing.")] decimal? N,
    [property: Description("b: the mean of the same days of the prior years, adjusted for population where it is known.")] decimal? B,
    [property: Description("How many prior years b is made of.")] int BaseYears,
    [property: Description("Whether b is adjusted for population.")] bool Adjusted,
    [property: Description("s, 0 to 100.")] decimal? S,
    [property: Description("What it gives to the score: share × s.")] decimal Points)
{
    internal static SafetyPartAnswer Of(SafetyPartScore part) => new(
        part.Part, part.Weight, Math.Round(part.Share, 4), part.Count, Rounded(part.Base), part.BaseYears, part.Adjusted, Rounded(part.Score), Math.Round(part.Points, 2));

    private static decimal? Rounded(decimal? value) => value is { } number ? Math.Round(number, 2, MidpointRounding.AwayFromZero) : null;
}

/// <summary>Weights that are to count from now on.</summary>
public sealed record SafetyWeightsSubmission(
    [property: Description("By part: crime, telecomFraud, traffic, fire, disputes, petitions, onTime; what is not named weighs nothing. 0 to 1000, at most two decimals.")] IReadOnlyDictionary<string, decimal>? Weights,
    [property: Description("1 to 400 characters.")] string? Reason);

/// <summary>A version of the weights.</summary>
public sealed record SafetyWeightsAnswer(
    [property: Description("0 are those of the program.")] int Version,
    [property: Description("By part.")] IReadOnlyDictionary<string, decimal> Weights,
    [property: Description("Why they were changed; empty for those of the program.")] string Reason,
    [property: Description("UTC; null for those of the program.")] DateTime? RecordedAt,
    [property: Description("Who changed them; null for those of the program.")] string? Actor)
{
    internal static SafetyWeightsAnswer Of(SafetyWeightVersion version) => new(
        version.Version, version.Weights.Of.ToDictionary(weight => SafetyWeightText.NameOf(weight.Key), weight => weight.Value, StringComparer.Ordinal), version.Reason, version.RecordedAt, version.Actor);
}

/// <summary>All versions of the weights, the latest first.</summary>
public sealed record SafetyWeightsList([property: Description("The first counts.")] IReadOnlyList<SafetyWeightsAnswer> Items);
