using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CommandCenter.Data.Audit;

public static class AuditServices
{
    /// <summary>The record of who did what. Keys that lie outside the database are registered before.</summary>
    public static IServiceCollection AddAuditLog(this IServiceCollection services)
    {
        services.TryAddSingleton<IAuditKey, NoAuditKey>();
        return services.AddSingleton<AuditLog>().AddSingleton<AuditQueries>();
    }
}
