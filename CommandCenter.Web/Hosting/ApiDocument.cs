using Microsoft.AspNetCore.OpenApi;

namespace CommandCenter.Web.Hosting;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c>.</summary>
internal static class ApiDocument
{
    public static void AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "CommandCenter";
            document.Info.Version = "1";
            document.Info.Description =
                "Reports, areas and their live state in a county's social governance. Errors are RFC 9457 problems; "
                + "messages come in Chinese, or in English with Accept-Language: en. Times are UTC. The live feed is a SignalR hub at /hubs/live (README).";
            return Task.CompletedTask;
        }));
}
