using System.Collections.Concurrent;
using System.ComponentModel;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CommandCenter.Web.Hosting;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c>.</summary>
internal static class ApiDocument
{
    public static void AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi("v1", options =>
        {
            var descriptions = new ConcurrentDictionary<(string Type, string Property), string>();
            options.AddSchemaTransformer((_, context, _) =>
            {
                Gather(context, descriptions);
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                ApiSecurity.Describe(operation, context);
                return Task.CompletedTask;
            });
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "CommandCenter";
                document.Info.Version = "1";
                document.Info.Description =
                    "Reports, areas and their live state in a county's social governance. Errors are RFC 9457 problems; "
                    + "messages come in Chinese, or in English with Accept-Language: en. Times are UTC. The live feed is a SignalR hub at /hubs/live (README).";
                ApiSecurity.Describe(document);
                Describe(document, descriptions);
                return Task.CompletedTask;
            });
        });

    private static void Gather(OpenApiSchemaTransformerContext context, ConcurrentDictionary<(string Type, string Property), string> descriptions)
    {
        foreach (var property in context.JsonTypeInfo.Properties)
        {
            if (property.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true) is [DescriptionAttribute { Description: var text }, ..])
            {
                descriptions[(context.JsonTypeInfo.Type.Name, property.Name)] = text;
            }
        }
    }

    // A property that refers to another schema loses its own description on the way into the document.
    private static void Describe(OpenApiDocument document, ConcurrentDictionary<(string Type, string Property), string> descriptions)
    {
        foreach (var (type, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))
        {
            foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))
            {
                if (descriptions.TryGetValue((type, name), out var text))
                {
                    property.Description = text;
                }
            }
        }
    }
}
