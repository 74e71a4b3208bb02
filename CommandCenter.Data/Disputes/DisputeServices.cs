using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Data.Disputes;

public static class DisputeServices
{
    /// <summary>The register of disputes.</summary>
    public static IServiceCollection AddDisputeStorage(this IServiceCollection services) =>
        services.AddSingleton<DisputeStore>().AddSingleton<DisputeQueries>().AddSingleton<DisputeCounts>().AddSingleton<MediationStore>().AddSingleton<Litigation>();
}
