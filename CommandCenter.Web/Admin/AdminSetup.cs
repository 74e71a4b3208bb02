namespace CommandCenter.Web.Admin;

public static class AdminSetup
{
    /// <summary>What the pages of the administration stand on.</summary>
    public static IServiceCollection AddAdmin(this IServiceCollection services) => services
        .AddSingleton<NodeFiguresKeeper>()
        .AddHostedService(provider => provider.GetRequiredService<NodeFiguresKeeper>())
        .AddSingleton<NodeRoster>()
        .AddSingleton<Advisories>();
}
