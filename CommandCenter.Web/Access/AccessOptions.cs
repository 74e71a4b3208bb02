using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Access;

/// <summary>Section <c>Access</c>.</summary>
public sealed class AccessOptions : ICheckedOptions
{
    public const string Section = "Access";

    /// <summary>Who does nothing for this many minutes is signed out.</summary>
    public int IdleMinutes { get; set; } = 30;

    /// <summary>Who has been signed in for this many hours signs in again.</summary>
    public int SessionHours { get; set; } = 12;

    /// <summary>Cookies are sent over HTTPS only. Off where the county's network has none; browsers then send them in the clear.</summary>
    public bool RequireHttps { get; set; }

    public TimeSpan Idle => TimeSpan.FromMinutes(IdleMinutes);

    public TimeSpan Longest => TimeSpan.FromHours(SessionHours);

    public IEnumerable<string> Problems()
    {
        if (IdleMinutes is < 1 or > 1440)
        {
            yield return $"{Section}:{nameof(IdleMinutes)} is {IdleMinutes}; it must be 1 to 1440.";
        }

        if (SessionHours is < 1 or > 168)
        {
            yield return $"{Section}:{nameof(SessionHours)} is {SessionHours}; it must be 1 to 168.";
        }
    }
}
