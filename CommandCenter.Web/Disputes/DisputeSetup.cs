using CommandCenter.Data.Disputes;

namespace CommandCenter.Web.Disputes;

/// <summary>The register of disputes over HTTP.</summary>
public static class DisputeSetup
{
    public static IServiceCollection AddDisputes(this IServiceCollection services) => services.AddDisputeStorage();

    public static void MapDisputes(this IEndpointRouteBuilder endpoints)
    {
        var disputes = endpoints.MapGroup("/api/v1/disputes").WithTags("Disputes");
        disputes.MapDisputeIntake();
        disputes.MapDisputeImport();
        disputes.MapDisputeReading();
        disputes.MapDisputeFigures();
        disputes.MapDisputeChanges();
        endpoints.MapMediation();
    }
}
