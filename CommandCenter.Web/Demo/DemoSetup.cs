using CommandCenter.Data.Accounts;
using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Map;
using CommandCenter.Web.Nodes;

namespace CommandCenter.Web.Demo;

/// <summary>The demonstration county, where it is asked for (<c>Demo:Enabled</c>).</summary>
public static class DemoSetup
{
    private const string RiverPath = "/demo/river.geojson";

    public static void AddDemo(this WebApplicationBuilder builder)
    {
        var options = builder.AddValidatedOptions<DemoOptions>("Demo");
        if (!options.Enabled)
        {
            return;
        }

        builder.Services.AddSingleton(new MapBackdrop(RiverPath));
        builder.Services.AddSingleton<DemoSeeder>();
        builder.Services.AddSingleton<DemoStream>();
        builder.Services.AddSingleton<DemoStatistics>();
        builder.Services.AddSingleton<DemoDisputes>();
        builder.Services.AddLeasedWork<DemoWorker>();
    }

    /// <summary>Serves the river, where the demonstration is on.</summary>
    public static void MapDemo(this WebApplication app)
    {
        if (app.Services.GetRequiredService<DemoOptions>().Enabled)
        {
            app.MapGet(RiverPath, () => TypedResults.Stream(DemoCounty.Instance.RiverGeoJson(), "application/geo+json")).ExcludeFromDescription().Requires(Permission.SeeAreas);
        }
    }
}
