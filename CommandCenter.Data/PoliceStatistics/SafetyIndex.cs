using System.Collections.Immutable;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>What the index is made of.</summary>
public enum SafetyPart
{
    /// <summary>Criminal and public-order calls.</summary>
    Crime,
    TelecomFraud,

    /// <summary>Traffic calls, a death counting as ten.</summary>
    Traffic,
    Fire,
    Disputes,

    /// <summary>Petition batches.</summary>
    Petitions,

    /// <summary>OnTimeRate × 100.</summary>
    OnTime,
}

public enum SafetyLevel
{
    /// <summary>≥ 90.</summary>
    Green,

    /// <summary>80 to below 90.</summary>
    Yellow,

    /// <summary>70 to below 80.</summary>
    Orange,

    /// <summary>Below 70.</summary>
    Red,
}

/// <summary>How much each part weighs. What is not named weighs nothing.</summary>
public sealed record SafetyWeights(ImmutableSortedDictionary<SafetyPart, decimal> Of)
{
    public static readonly SafetyWeights Default = new(new Dictionary<SafetyPart, decimal>
    {
        [SafetyPart.Crime] = 30, [SafetyPart.TelecomFraud] = 10, [SafetyPart.Traffic] = 15, [SafetyPart.Fire] = 10,
        [SafetyPart.Disputes] = 15, [SafetyPart.Petitions] = 10, [SafetyPart.OnTime] = 10,
    }.ToImmutableSortedDictionary());

    /// <summary>Whether they can be counted with: none below 0, and not all 0.</summary>
    public bool IsValid => Of.Values.All(weight => weight >= 0) && Of.Values.Any(weight => weight > 0);

    public bool Equals(SafetyWeights? other) => other is not null && Of.SequenceEqual(other.Of);

    public override int GetHashCode() => Of.Count;
}

/// <summary>The same window of a prior year.</summary>
/// <param name="Population">Of the area then; null when not known.</param>
public sealed record SafetyBase(int Year, decimal Count, decimal? Population);

/// <summary>What is known about a part.</summary>
/// <param name="Count">n of the window of 30 days; null: not reported. Of <see cref="SafetyPart.OnTime"/> the rate, 0 to 1.</param>
/// <param name="Bases">At most three prior years, those that are known. Empty for <see cref="SafetyPart.OnTime"/>.</param>
public sealed record SafetyInput(SafetyPart Part, decimal? Count, IReadOnlyList<SafetyBase> Bases);

/// <summary>A part as it counted, so that every point can be explained.</summary>
/// <param name="Weight">As it was set.</param>
/// <param name="Share">Of the parts that are there, 0 to 1; 0 when it is missing.</param>
/// <param name="Count">n; of <see cref="SafetyPart.OnTime"/> the rate.</param>
/// <param name="Base">b: the mean of the prior years, adjusted for population; null without any.</param>
/// <param name="BaseYears">How many prior years b is made of.</param>
/// <param name="Adjusted">Whether the population of this and of all those years was known.</param>
/// <param name="Ratio">r = (n + 3) / (b + 3); null where s does not come from it.</param>
/// <param name="Score">s, 0 to 100; null when the part is missing.</param>
public sealed record SafetyPartScore(
    SafetyPart Part, decimal Weight, decimal Share, decimal? Count, decimal? Base, int BaseYears, bool Adjusted, decimal? Ratio, decimal? Score)
{
    /// <summary>What it gives to the index.</summary>
    public decimal Points => Share * (Score ?? 0);
}

/// <summary>The safety index (平安指数) of a town over 30 days.</summary>
/// <param name="Score">0 to 100, one decimal; null when no part is there.</param>
/// <param name="Provisional">A part that counts has fewer than three base years.</param>
/// <param name="Parts">All of them, also the missing.</param>
public sealed record SafetyIndex(decimal? Score, bool Provisional, IReadOnlyList<SafetyPartScore> Parts)
{
    /// <summary>Days of the window, the day itself included.</summary>
    public const int Window = 30;

    public const int BaseYears = 3;

    private const decimal Smoothing = 3;

    public SafetyLevel? Level => Score is { } score ? LevelOf(score) : null;

    public static SafetyLevel LevelOf(decimal score) =>
        score >= 90 ? SafetyLevel.Green : score >= 80 ? SafetyLevel.Yellow : score >= 70 ? SafetyLevel.Orange : SafetyLevel.Red;

    /// <summary>
    /// n = 0 gives 100, else s = clamp(120 − 40 r, 0, 100) with r = (n + 3) / (b + 3). A missing part is left out and the rest
    /// carries its weight.
    /// </summary>
    /// <param name="population">Of the area now; null when not known: b is then not adjusted.</param>
    /// <param name="inputs">No part twice.</param>
    public static SafetyIndex Of(IEnumerable<SafetyInput> inputs, decimal? population, SafetyWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var given = inputs.ToDictionary(input => input.Part);
        var parts = Enum.GetValues<SafetyPart>()
            .Select(part => ScoreOf(given.GetValueOrDefault(part) ?? new SafetyInput(part, Count: null, []), population, weights.Of.GetValueOrDefault(part)))
            .ToList();
        return Weighed(parts);
    }

    /// <summary>What it would be with other weights.</summary>
    public SafetyIndex With(SafetyWeights weights) => Weighed([.. Parts.Select(part => part with { Weight = weights.Of.GetValueOrDefault(part.Part), Share = 0 })]);

    private static SafetyIndex Weighed(List<SafetyPartScore> parts)
    {
        var sum = parts.Where(part => part.Score is not null).Sum(part => part.Weight);
        if (sum == 0)
        {
            return new SafetyIndex(Score: null, Provisional: true, parts);
        }

        parts = parts.ConvertAll(part => part.Score is null ? part : part with { Share = part.Weight / sum });
        var provisional = parts.Any(part => part is { Share: > 0, BaseYears: < BaseYears } && part.Part != SafetyPart.OnTime);
        return new SafetyIndex(Math.Round(parts.Sum(part => part.Points), 1, MidpointRounding.AwayFromZero), provisional, parts);
    }

    private static SafetyPartScore ScoreOf(SafetyInput input, decimal? population, decimal weight)
    {
        if (input.Part == SafetyPart.OnTime)
        {
            return new(input.Part, weight, 0, input.Count, Base: null, 0, Adjusted: false, Ratio: null, input.Count is { } rate ? Math.Clamp(rate * 100, 0, 100) : null);
        }

        var adjusted = population > 0 && input.Bases.Count > 0 && input.Bases.All(year => year.Population > 0);
        decimal? b = input.Bases.Count == 0 ? null : input.Bases.Average(year => adjusted ? year.Count * population!.Value / year.Population!.Value : year.Count);
        decimal? r = input.Count is { } n && b is { } mean ? (n + Smoothing) / (mean + Smoothing) : null;
        decimal? s = input.Count == 0 ? 100 : r is { } ratio ? Math.Clamp(120 - (40 * ratio), 0, 100) : null;
        return new(input.Part, weight, 0, input.Count, b, input.Bases.Count, adjusted, r, s);
    }
}
