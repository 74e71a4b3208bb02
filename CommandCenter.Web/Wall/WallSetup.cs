namespace CommandCenter.Web.Wall;

public static class WallSetup
{
    public static IServiceCollection AddWall(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WallOptions>().Bind(configuration.GetSection(WallOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true);
        return services;
    }
}
