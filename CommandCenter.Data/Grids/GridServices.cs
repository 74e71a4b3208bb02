using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Data.Grids;

public static class GridServices
{
    /// <summary>Areas: their store, the directory in memory, the import. Needs the store (<c>AddStorage</c>).</summary>
    public static IServiceCollection AddGridStorage(this IServiceCollection services) => services
        .AddSingleton<AreaStore>()
        .AddSingleton<AreaDirectory>()
        .AddSingleton<AreaImport>();
}
