using CommandCenter.Data.Accounts;
using CommandCenter.Web.Access;
using CommandCenter.Web.Audit;

namespace CommandCenter.Web.Accounts;

/// <summary>Who asks, as the record wants it.</summary>
internal static class WhoAsks
{
    public static ChangedBy By(this HttpContext context) => new(context.Subject().Label, context.AuditAddress());

    /// <summary>The session that asks; null when it is none.</summary>
    public static string? SessionId(this HttpContext context) =>
        context.User is SubjectPrincipal { Credential: ['s', 'e', 's', 's', 'i', 'o', 'n', ':', .. var id] } ? id : null;
}
