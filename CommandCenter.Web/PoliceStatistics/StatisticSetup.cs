using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Web.Nodes;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary>Police statistics: figures in and out over HTTP.</summary>
public static class StatisticSetup
{
    public static IServiceCollection AddStatistics(this IServiceCollection services) => services.AddStatisticStorage().AddLeasedWork<SafetyIndexWork>();

    public static void MapStatistics(this IEndpointRouteBuilder endpoints)
    {
        var statistics = endpoints.MapGroup("/api/v1/statistics").WithTags("Statistics");
        statistics.MapStatisticIntake();
        statistics.MapStatisticFile();
        statistics.MapFigures();
        statistics.MapFigureExport();
        statistics.MapPublications();
        statistics.MapTerms();
        statistics.MapSafety();
    }
}
