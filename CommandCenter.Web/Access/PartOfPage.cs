using CommandCenter.Data.Accounts;
using Microsoft.AspNetCore.Components.Authorization;

namespace CommandCenter.Web.Access;

/// <summary>
/// What an interactive part of a page asks before it shows anything. The page says what it shall show, sealed, for some minutes;
/// whoever opens it in between may stand differently than when the page was made.
/// </summary>
internal static class PartOfPage
{
    /// <summary>How far those see whose circuit it is.</summary>
    /// <exception cref="UnauthorizedAccessException">They may not see it any more: the circuit ends, and the page begins anew.</exception>
    public static async Task<Sight> SightAsync(this AuthenticationStateProvider who, Permission permission, string? area = null)
    {
        ArgumentNullException.ThrowIfNull(who);
        var subject = (await who.GetAuthenticationStateAsync()).User.Subject();
        return subject is not null && AccessPolicy.SightOf(subject, permission) is { } sight && (area is null || sight.Covers(area))
            ? sight
            : throw new UnauthorizedAccessException($"{subject?.Label ?? "Nobody"} may not see this part of the page any more ({permission}).");
    }
}
