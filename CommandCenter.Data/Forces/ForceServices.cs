using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Data.Forces;

public static class ForceServices
{
    /// <summary>Units: their store. Needs the store (<c>AddStorage</c>).</summary>
    public static IServiceCollection AddForceStorage(this IServiceCollection services) => services.AddSingleton<UnitStore>();
}
