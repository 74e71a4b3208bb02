using System.Reflection;
using CommandCenter.Data.Nodes;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Nodes;

/// <summary>What lets several nodes share one database, behind one address.</summary>
public static class NodeSetup
{
    // 1.2.0+0123456: a whole hash says no more to anybody.
    private static string Version { get; } =
        typeof(NodeSetup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion is { } version
            ? version[..Math.Min(version.Length, version.IndexOf('+', StringComparison.Ordinal) is var plus and > 0 ? plus + 8 : 40)]
            : "";

    public static void AddNodes(this WebApplicationBuilder builder)
    {
        var node = builder.AddValidatedOptions<NodeOptions>(NodeOptions.Section);
        var keys = builder.AddValidatedOptions<KeyOptions>(KeyOptions.Section);
        builder.AddValidatedOptions<ProxyOptions>(ProxyOptions.Section);
        builder.Services
            .AddSingleton(_ => NodeIdentity.Of(node.Name.Length > 0 ? node.Name : Environment.MachineName, Version))
            .AddSingleton<NodeStore>()
            .AddSingleton<ProtectionKeyStore>()
            .AddHostedService<NodeHeartbeat>();
        AddLeases(builder.Services);

        // One name for all nodes: by default it is the folder that the program stands in.
        var protection = builder.Services.AddDataProtection().SetApplicationName("CommandCenter");
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = new ProtectionKeys(provider.GetRequiredService<ProtectionKeyStore>())));
        if (!keys.Problems().Any() && keys.Certificate() is { } certificate)
        {
            protection.ProtectKeysWithCertificate(certificate);
        }
    }

    /// <summary>Takes the word of the known proxies about who asks, and how. Comes first.</summary>
    public static void UseKnownProxies(this WebApplication app)
    {
        var networks = app.Services.GetRequiredService<ProxyOptions>().Networks;
        if (networks.Count == 0)
        {
            return;
        }

        // No limit on how many stand in a row: each must be known, and the first that is not is the client.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
        {
            options.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(options);
    }

    /// <summary>Background work that one node at a time does.</summary>
    public static IServiceCollection AddLeasedWork<T>(this IServiceCollection services)
        where T : LeasedWork
    {
        AddLeases(services);
        return services.AddHostedService<T>();
    }

    private static void AddLeases(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new LeasePace());
        services.TryAddSingleton<LeaseStore>();
        services.TryAddSingleton<LeaseKeeper>();
        services.TryAddSingleton(_ => NodeIdentity.Of(Environment.MachineName, Version));
    }
}
