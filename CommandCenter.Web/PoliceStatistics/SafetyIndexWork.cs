using CommandCenter.Data.Grids;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Web.Nodes;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary>
/// Computes the safety index of the newest days anew when figures or weights changed, and once a day for the on-time rate; on one
/// node at a time. Older days stay as they were computed.
/// </summary>
internal sealed class SafetyIndexWork(LeaseKeeper keeper, FigureQueries figures, SafetyIndexStore index, SafetyWeightStore weights, AreaDirectory areas) : LeasedWork(keeper)
{
    private (long Figures, int Weights, DateOnly Day)? _done;

    public override string Name => "safety-index";

    public override TimeSpan Every { get; } = TimeSpan.FromSeconds(2);

    public override async Task RunAsync(CancellationToken leaseLost)
    {
        var now = (await figures.VersionAsync(leaseLost), (await weights.ListAsync(leaseLost))[0].Version, areas.Today);
        if (now == _done)
        {
            return;
        }

        foreach (var county in (await figures.TownsAsync(leaseLost)).Names.Where(area => area.Code.Length == 6).Select(area => area.Code))
        {
            if (await index.LastDayAsync(county, leaseLost) is { } last)
            {
                await index.ComputeAsync(county, last.AddDays(1 - SafetyIndex.Window), last, "program", leaseLost);
            }
        }

        _done = now;
    }
}
