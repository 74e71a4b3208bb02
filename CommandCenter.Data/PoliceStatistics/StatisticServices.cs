using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Data.PoliceStatistics;

public static class StatisticServices
{
    /// <summary>Statistics: imports, figures, published figures, the safety index. Needs the store and the audit.</summary>
    public static IServiceCollection AddStatisticStorage(this IServiceCollection services) =>
        services.AddSingleton<StatisticTermStore>().AddSingleton<StatisticStore>().AddSingleton<FigureQueries>().AddSingleton<StatisticPreviews>().AddSingleton<StatisticLayoutStore>().AddSingleton<StatisticFiles>()
            .AddSingleton<SafetyWeightStore>().AddSingleton<SafetyIndexStore>().AddSingleton<StatisticPublications>();
}
