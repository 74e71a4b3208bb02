using System.Net;
using CommandCenter.Data.Accounts;
using CommandCenter.Web.Demo;

namespace CommandCenter.Web.Access;

/// <summary>
/// Lets a browser on the same machine see the wall of the demonstration county without pairing. A published build has no such
/// thing, whatever its settings say.
/// </summary>
internal sealed class DemoAccess(DemoOptions demo, IHostEnvironment environment)
{
#if PUBLISHED
    /// <summary>Whether this build and its settings know the demonstration's short cuts.</summary>
    public bool IsOn => false && demo.Enabled && environment.IsDevelopment();
#else
    /// <summary>Whether this build and its settings know the demonstration's short cuts.</summary>
    public bool IsOn { get; } = demo.Enabled && environment.IsDevelopment();
#endif

    private static readonly string[] Paths = ["/wall", "/hubs/live", "/_blazor", "/api/v1/areas", "/demo"];

    /// <returns>Null for everybody but the wall of the demonstration, asked for from this machine.</returns>
    public SubjectPrincipal? Of(HttpContext context) =>
        IsOn
        && IsFromHere(context)
        && Array.Exists(Paths, path => context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal))
            ? new SubjectPrincipal(Subject.OfWall(0, "demo", area: null), "demo:wall")
            : null;

    /// <summary>Whether the request comes from this machine, by no proxy.</summary>
    public static bool IsFromHere(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");
}
