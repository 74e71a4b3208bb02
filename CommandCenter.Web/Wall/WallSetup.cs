using CommandCenter.Web.Hosting;
using CommandCenter.Web.Wall.Disputes;
using CommandCenter.Web.Wall.Police;

namespace CommandCenter.Web.Wall;

public static class WallSetup
{
    public static void AddWall(this WebApplicationBuilder builder)
    {
        builder.AddValidatedOptions<WallOptions>(WallOptions.Section);
        builder.Services.AddSingleton<PoliceFeed>().AddHostedService(provider => provider.GetRequiredService<PoliceFeed>());
        builder.Services.AddSingleton<DisputeFeed>().AddHostedService(provider => provider.GetRequiredService<DisputeFeed>());
    }
}
