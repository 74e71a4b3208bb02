using CommandCenter.Data.Grids;

namespace CommandCenter.Web.Grids;

/// <summary>Areas and grids: in over HTTP, out as GeoJSON, found by point.</summary>
public static class GridSetup
{
    public static IServiceCollection AddGrids(this IServiceCollection services) => services
        .AddGridStorage()
        .AddSingleton<AreaDocuments>()
        .AddSingleton<AreaPreviews>()
        .AddHostedService<AreaRefresh>();

    public static void MapGrids(this IEndpointRouteBuilder endpoints)
    {
        var areas = endpoints.MapGroup("/api/v1/areas").WithTags("Areas");
        areas.MapUpload();
        areas.MapReading();
        areas.MapSearch();
    }
}
