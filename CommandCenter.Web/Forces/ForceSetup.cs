using CommandCenter.Data.Forces;

namespace CommandCenter.Web.Forces;

/// <summary>Who can be sent: units in over HTTP, out by code and by distance.</summary>
public static class ForceSetup
{
    public static IServiceCollection AddForces(this IServiceCollection services) => services.AddForceStorage();

    public static void MapForces(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGroup("/api/v1/units").WithTags("Units").MapUnits();
}
