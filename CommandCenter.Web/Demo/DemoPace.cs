using System.Runtime.InteropServices;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Web.Demo;

/// <summary>A matter that the demonstration handles.</summary>
/// <param name="IsLive">It came in live; otherwise it is left over from the history.</param>
/// <param name="IsSlow">It will run late.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DemoWork(long Id, string Category, DateTime FinishBy, IncidentStatus Status, bool IsLive, bool IsSlow);

/// <summary>
/// How fast the demonstration handles. Reports come many times faster than in a county, so they are handled as much faster, and
/// about as many are open as in a county; a few run late all the same.
/// </summary>
internal static class DemoPace
{
    /// <summary>So many run late at a time: of two hours and some, they spend the last part overdue.</summary>
    public const int MostSlow = 20;

    private const double UsuallyOpen = 60;

    /// <summary>Only what has to be finished within two hours can run late while somebody watches.</summary>
    public static bool IsSlow(string externalId, Urgency urgency) => urgency == Urgency.Critical && new Dice("slow " + externalId).Chance(0.3);

    /// <summary>How long it takes until a matter moves on.</summary>
    /// <param name="rate">Reports a minute at this time of day.</param>
    public static TimeSpan UntilNext(DemoWork work, DateTime now, double rate, Dice dice)
    {
        var minutes = Math.Clamp(UsuallyOpen / rate, 0.25, 20);
        return work.Status switch
        {
            IncidentStatus.Reported => TimeSpan.FromMinutes(0.05 + dice.Waiting(minutes * 0.15)),
            IncidentStatus.Accepted => TimeSpan.FromMinutes(dice.Waiting(minutes * 0.25)),
            _ when work.IsSlow => Latest(work.FinishBy - now, TimeSpan.Zero) + TimeSpan.FromMinutes(dice.Between(5, 75)),
            _ when work.IsLive => TimeSpan.FromMinutes((minutes * 0.1) + dice.Waiting(minutes * 0.5)),
            _ => TimeSpan.FromMinutes(dice.Between(3, 150)),
        };
    }

    private static TimeSpan Latest(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
