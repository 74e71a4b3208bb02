using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Data.Incidents;

public static class IncidentServices
{
    /// <summary>Intake and reading of incidents.</summary>
    public static IServiceCollection AddIncidents(this IServiceCollection services) =>
        services.AddSingleton<IncidentStore>().AddSingleton<IncidentQueries>().AddSingleton<IncidentReminders>();
}
