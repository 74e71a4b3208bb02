using System.Net;
using CommandCenter.Data.Audit;
using CommandCenter.Web.Access;

namespace CommandCenter.Web.Audit;

/// <summary>What a request puts on record.</summary>
public static class AuditTrail
{
    /// <summary>The subject of whoever was not let in.</summary>
    public const string Nobody = "nobody";

    /// <summary>An entry that names who asks and from where.</summary>
    public static AuditEntry Audit(this HttpContext context, string action, string on, AuditResult result = AuditResult.Done, string? detail = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new AuditEntry(context.User.Subject()?.Label ?? Nobody, action, on, result, context.AuditAddress(), detail);
    }

    /// <summary>The address that a request came from, in one form: an IPv4 address stays one though the socket speaks IPv6.</summary>
    public static string? AuditAddress(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Connection.RemoteIpAddress switch
        {
            null => null,
            { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
            IPAddress address => address.ToString(),
        };
    }
}
