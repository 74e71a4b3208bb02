using CommandCenter.Data.Accounts;
using CommandCenter.Web.Access;

namespace CommandCenter.Web.Accounts;

/// <summary>Who asks and from where, as the record wants it.</summary>
internal static class RequestAddress
{
    /// <summary>In one form: an IPv4 address stays one though the socket speaks IPv6.</summary>
    public static string? Address(this HttpContext context) =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4().ToString() : context.Connection.RemoteIpAddress?.ToString();

    public static ChangedBy By(this HttpContext context) => new(context.Subject().Label, context.Address());

    /// <summary>The session that asks; null when it is none.</summary>
    public static string? SessionId(this HttpContext context) =>
        context.User is SubjectPrincipal { Credential: ['s', 'e', 's', 's', 'i', 'o', 'n', ':', .. var id] } ? id : null;
}
