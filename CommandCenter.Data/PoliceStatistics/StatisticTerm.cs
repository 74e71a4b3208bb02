namespace CommandCenter.Data.PoliceStatistics;

public enum TermKind
{
    Measure = 1,
    Category = 2,
    Tag = 3,
}

/// <summary>A measure, category or tag, and what people call it.</summary>
/// <param name="Code">Part of a <see cref="StatisticSeries"/>.</param>
/// <param name="Adverse">Which way it is bad news.</param>
/// <param name="IsStock">It is a level and not a count of what happened (population): a period holds its last value, not a sum.</param>
/// <param name="Aliases">Other names that files give it.</param>
public sealed record StatisticTerm(TermKind Kind, string Code, string Name, string NameEn, Adverse Adverse, bool IsStock, IReadOnlyList<string> Aliases)
{
    public bool Equals(StatisticTerm? other) => other is not null && (Kind, Code, Name, NameEn, Adverse, IsStock) == (other.Kind, other.Code, other.Name, other.NameEn, other.Adverse, other.IsStock)
        && Aliases.SequenceEqual(other.Aliases, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Kind, Code);
}
