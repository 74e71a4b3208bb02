using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Live;
using CommandCenter.Data.Privacy;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CommandCenter.Web.Live;

public static class LiveServices
{
    /// <summary>Tailer, board, figures for panels and the live feed. The store must have been brought to its schema before the host starts.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new LivePace());
        services.TryAddSingleton(provider =>
        {
            var directory = provider.GetRequiredService<AreaDirectory>();
            return new LiveAreas(() => directory.Current);
        });
        services.TryAddSingleton(new PrivacyOptions());
        services.AddSingleton<BoardMask>()
            .AddSingleton<BoardLoader>()
            .AddSingleton<LiveBoardHost>()
            .AddSingleton<LiveFeed>()
            .AddSingleton<OverviewFeed>()
            .AddHostedService<LiveTailer>()
            .AddHostedService(provider => provider.GetRequiredService<LiveFeed>())
            .AddHostedService(provider => provider.GetRequiredService<OverviewFeed>());
        services.AddSignalR().AddHubOptions<LiveHub>(options =>
        {
            // A client may call the line dead after a few seconds of silence. How long we wait for the client's own pings stays
            // at its default, because ready-made clients ping every 15 s.
            options.KeepAliveInterval = TimeSpan.FromSeconds(3);
            options.MaximumReceiveMessageSize = 4 * 1024;
        });
        return services;
    }

    public static IEndpointConventionBuilder MapLive(this IEndpointRouteBuilder endpoints) => endpoints.MapHub<LiveHub>("/hubs/live").Requires(Permission.SeeBoard);
}
