using CommandCenter.Data.Accounts;
using CommandCenter.Data.PoliceStatistics;

namespace CommandCenter.Data.Disputes;

/// <summary>万人成讼率 of the year to date, with what it is made of.</summary>
/// <param name="Per10k">Null where something is not reported.</param>
/// <param name="Cases">First-instance civil and administrative cases.</param>
/// <param name="People">Residents and registered migrants.</param>
/// <param name="AsOf">The day up to which the cases are told.</param>
public sealed record LitigationFigure(decimal? Per10k, decimal? Cases, decimal? People, DateOnly? AsOf);

/// <summary>Reads the litigation rate out of the imported statistics: the series of lawsuits, population and migrants.</summary>
public sealed class Litigation(FigureQueries figures)
{
    private static readonly StatisticSeries[] Series =
        [StatisticSeries.Of(StatisticTerms.Lawsuits), StatisticSeries.Of(StatisticTerms.Residents), StatisticSeries.Of(StatisticTerms.Migrants)];

    /// <param name="sight">For statistics.</param>
    /// <param name="area">A county or town.</param>
    /// <returns>Null where the area is out of sight.</returns>
    /// <exception cref="Storage.StoreUnavailableException">The store can't serve.</exception>
    public async Task<LitigationFigure?> OfYearAsync(Sight sight, string area, DateOnly today, CancellationToken cancellationToken)
    {
        var table = await figures.TableAsync(sight, new TableQuery(area, Period.YearTo(today), Series), cancellationToken);
        if (table.Rows.FirstOrDefault(row => row.AreaCode == area) is not { } row)
        {
            return null;
        }

        var (cases, residents, migrants) = (row.Figures[0], row.Figures[1].Value, row.Figures[2].Value);
        return new LitigationFigure(Rates.LitigationPer10k(cases.Value, residents, migrants), cases.Value, residents is null ? null : residents + (migrants ?? 0), cases.Amount.AsOf);
    }
}
