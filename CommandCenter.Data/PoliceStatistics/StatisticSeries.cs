using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>What is counted: a measure and, of calls, a category or a tag or both. Two are equal that are written alike.</summary>
/// <remarks>
/// Written with slashes: <c>calls</c> is all calls, <c>calls/criminal</c> those of a category, <c>calls//theft</c> those of a tag,
/// <c>calls/criminal/theft</c> those of both, <c>petitionBatches</c> a measure without categories.
/// </remarks>
public sealed record StatisticSeries : IComparable<StatisticSeries>
{
    /// <summary>Longest code of a measure, category or tag.</summary>
    public const int LongestPart = 24;

    public const int LongestCode = (3 * LongestPart) + 2;

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    private StatisticSeries(string code, string measure, string category, string tag) => (Code, Measure, Category, Tag) = (code, measure, category, tag);

    public string Code { get; }

    public string Measure { get; }

    /// <summary>"" for all of them.</summary>
    public string Category { get; }

    /// <summary>"" for all of them.</summary>
    public string Tag { get; }

    /// <summary>The letters, digits and dashes that a part of a code is made of.</summary>
    public static bool IsPart(string text) =>
        text.Length is > 0 and <= LongestPart && !text.AsSpan().ContainsAnyExcept(Letters);

    /// <exception cref="ArgumentException">A part has other characters than <see cref="IsPart"/> allows.</exception>
    public static StatisticSeries Of(string measure, string category = "", string tag = "") =>
        IsPart(measure) && (category.Length == 0 || IsPart(category)) && (tag.Length == 0 || IsPart(tag))
            ? new(tag.Length > 0 ? $"{measure}/{category}/{tag}" : category.Length > 0 ? $"{measure}/{category}" : measure, measure, category, tag)
            : throw new ArgumentException($"'{measure}/{category}/{tag}' is no series.", nameof(measure));

    public static bool TryParse(string? code, [NotNullWhen(true)] out StatisticSeries? series)
    {
        series = null;
        var parts = code?.Split('/') ?? [];
        if (parts.Length is 0 or > 3 || !IsPart(parts[0]) || parts[1..].Any(part => part.Length > 0 && !IsPart(part)) || (parts.Length > 1 && parts[^1].Length == 0))
        {
            return false;
        }

        series = Of(parts[0], parts.ElementAtOrDefault(1) ?? "", parts.ElementAtOrDefault(2) ?? "");
        return true;
    }

    /// <exception cref="FormatException">It is none.</exception>
    public static StatisticSeries Parse(string code) => TryParse(code, out var series) ? series : throw new FormatException($"'{code}' is no series.");

    public int CompareTo(StatisticSeries? other) => string.CompareOrdinal(Code, other?.Code);

    public bool Equals(StatisticSeries? other) => other is not null && Code == other.Code;

    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Code;

    public static bool operator <(StatisticSeries left, StatisticSeries right) => left.CompareTo(right) < 0;

    public static bool operator >(StatisticSeries left, StatisticSeries right) => left.CompareTo(right) > 0;

    public static bool operator <=(StatisticSeries left, StatisticSeries right) => left.CompareTo(right) <= 0;

    public static bool operator >=(StatisticSeries left, StatisticSeries right) => left.CompareTo(right) >= 0;
}
