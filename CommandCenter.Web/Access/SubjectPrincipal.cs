using System.Security.Claims;
using CommandCenter.Data.Accounts;

namespace CommandCenter.Web.Access;

/// <summary>Who was let in, in the form that the framework carries through requests, circuits and hub connections.</summary>
public sealed class SubjectPrincipal(Subject subject, string credential)
    : ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, subject.Name)], SubjectHandler.Scheme))
{
    /// <summary>As they stood when they were let in.</summary>
    public Subject Subject { get; } = subject;

    /// <summary>What they were let in with, for <see cref="AccessDirectory.ResolveAsync"/>; never a secret.</summary>
    public string Credential { get; } = credential;
}

public static class SubjectExtensions
{
    /// <returns>Null when nobody was let in.</returns>
    public static Subject? Subject(this ClaimsPrincipal? principal) => (principal as SubjectPrincipal)?.Subject;

    /// <summary>Who asks. Only behind a permission.</summary>
    /// <exception cref="InvalidOperationException">Nobody was let in: the endpoint asks for no permission.</exception>
    public static Subject Subject(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.User.Subject() ?? throw new InvalidOperationException($"{context.Request.Path} asks for no permission, and yet wants to know who asks.");
    }

    /// <summary>How far who asks sees when doing what the endpoint is for.</summary>
    /// <exception cref="InvalidOperationException">They may not do it: the endpoint asks for another permission.</exception>
    public static Sight Sight(this HttpContext context, Permission permission) =>
        AccessPolicy.SightOf(context.Subject(), permission)
        ?? throw new InvalidOperationException($"{context.Request.Path} does not ask for {permission}, which it uses.");
}
