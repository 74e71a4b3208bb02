using CommandCenter.Data.Audit;
using CommandCenter.Data.Events;
using CommandCenter.Data.Privacy;
using CommandCenter.Data.Storage.Backup;
using CommandCenter.Data.Storage.Verification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CommandCenter.Data.Storage;

public static class StorageServices
{
    /// <summary>The store, its schema and the event log, for options that were found valid.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(options)
            .AddSingleton<Store>()
            .AddSingleton<Schema>()
            .AddSingleton<EventLog>()
            .AddAuditLog()
            .AddSingleton<KeyRotation>()
            .AddSingleton<PersonErasure>()
            .AddSingleton<PersonExport>()
            .AddSingleton<DatabaseBackup>()
            .AddSingleton<DatabaseVerification>();
    }
}
