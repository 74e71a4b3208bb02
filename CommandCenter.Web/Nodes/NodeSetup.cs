using System.Reflection;
using CommandCenter.Data.Nodes;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CommandCenter.Web.Nodes;

/// <summary>What lets several nodes share one database.</summary>
public static class NodeSetup
{
    /// <summary>The version of the program, as the build stamped it.</summary>
    internal static string Version { get; } =
        typeof(NodeSetup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>Background work that one node at a time does.</summary>
    public static IServiceCollection AddLeasedWork<T>(this IServiceCollection services)
        where T : LeasedWork
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new LeasePace());
        services.TryAddSingleton<LeaseStore>();
        services.TryAddSingleton<LeaseKeeper>();
        services.TryAddSingleton(_ => NodeIdentity.Of(Environment.MachineName, Version));
        return services.AddHostedService<T>();
    }
}
