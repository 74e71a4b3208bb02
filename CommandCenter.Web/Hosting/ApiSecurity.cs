using CommandCenter.Data.Accounts;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CommandCenter.Web.Hosting;

/// <summary>Tells in the OpenAPI document what lets a program in, and which of its scopes each operation asks for.</summary>
internal static class ApiSecurity
{
    private const string Scheme = "ApiKey";

    private static readonly KeyScopes[] Scopes = [KeyScopes.Intake, KeyScopes.Read, KeyScopes.Live, KeyScopes.Areas, KeyScopes.Statistics];

    public static void Describe(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = SubjectHandler.KeyHeader,
            Description = "Made by an administrator at /admin/keys, or by the verb apikey add; its scopes, area and source bound what it does. Never sent in an address.",
        };
    }

    public static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var permission = context.Description.ActionDescriptor.EndpointMetadata.OfType<RequiresAttribute>().LastOrDefault()?.Permission;
        if (permission is not { } wanted)
        {
            return;
        }

        var scopes = Scopes.Where(scope => AccessPolicy.Allows(Subject.OfKey(0, "", scope), wanted)).Select(scope => scope.ToString().ToLowerInvariant()).ToList();
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [.. scopes] }];
        operation.Description = string.Join(
            "\n\n", new[] { operation.Description, scopes.Count == 0 ? "No API key may do this." : $"Scope: {string.Join(" or ", scopes)}." }.Where(text => !string.IsNullOrEmpty(text)));
        operation.Responses ??= [];
        operation.Responses.TryAdd("401", new OpenApiResponse { Description = "No key, or one that is not known, was revoked or has expired." });
        operation.Responses.TryAdd("403", new OpenApiResponse { Description = "The key's scopes or area do not allow it. Nothing was changed." });
        operation.Responses.TryAdd("429", new OpenApiResponse { Description = "More requests a second than the key may send; Retry-After says when to go on. Nothing was kept." });
    }
}
