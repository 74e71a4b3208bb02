using CommandCenter.Data.Accounts;
using Microsoft.AspNetCore.Authorization;

namespace CommandCenter.Web.Access;

/// <summary>What an endpoint, page or hub is for; only who is allowed that gets in.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresAttribute(Permission permission) : AuthorizeAttribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public Permission Permission { get; } = permission;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

public static class RequiresExtensions
{
    public static T Requires<T>(this T endpoint, Permission permission)
        where T : IEndpointConventionBuilder => endpoint.RequireAuthorization(new RequiresAttribute(permission));
}

internal sealed class RequiresHandler : AuthorizationHandler<RequiresAttribute>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RequiresAttribute requirement)
    {
        if (context.User.Subject() is { } subject && AccessPolicy.Allows(subject, requirement.Permission))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

/// <summary>
/// For whatever names no permission: nobody gets in. Only where there is
/// nothing at all, or routing itself answers (405, 415), may who was let in learn that.
/// </summary>
internal sealed class NoPermissionNamed : AuthorizationHandler<NoPermissionNamed>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, NoPermissionNamed requirement)
    {
        if (context.User.Subject() is not null && context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
