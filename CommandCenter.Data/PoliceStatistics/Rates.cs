namespace CommandCenter.Data.PoliceStatistics;

/// <summary>Rates that are no comparison.</summary>
public static class Rates
{
    /// <summary>First-instance civil and administrative cases of 10,000 people (万人成讼率), to two decimals.</summary>
    /// <param name="residents">Persons.</param>
    /// <param name="migrants">Registered migrants; null where the county's scope leaves them out.</param>
    /// <returns>Null when something is not known, or nobody lives there.</returns>
    public static decimal? LitigationPer10k(decimal? cases, decimal? residents, decimal? migrants) =>
        cases is { } sued && residents is { } living && living + (migrants ?? 0) is > 0 and var people
            ? Math.Round(sued * 10_000 / people, 2, MidpointRounding.AwayFromZero)
            : null;
}
