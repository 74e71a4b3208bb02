using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Wall;

public static class WallSetup
{
    public static void AddWall(this WebApplicationBuilder builder) => builder.AddValidatedOptions<WallOptions>(WallOptions.Section);
}
