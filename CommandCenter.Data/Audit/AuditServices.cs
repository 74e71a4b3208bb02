using CommandCenter.Data.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CommandCenter.Data.Audit;

public static class AuditServices
{
    /// <summary>The record of who did what, sealed with the keys of the key file.</summary>
    public static IServiceCollection AddAuditLog(this IServiceCollection services)
    {
        services.TryAddSingleton<IAuditKey>(provider => new KeyRingAuditKey(provider.GetRequiredService<Store>().Dialect.Keys));
        return services.AddSingleton<AuditLog>().AddSingleton<AuditQueries>();
    }
}
