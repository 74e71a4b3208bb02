using CommandCenter.Data.Accounts;

namespace CommandCenter.Data.Incidents;

/// <summary>Keeps senders to what is theirs to report: their source, their area.</summary>
public static class IntakeBounds
{
    /// <summary>Names what is not the sender's to report.</summary>
    public static void Check(Sight sight, IncidentReport report, FieldErrors errors)
    {
        ArgumentNullException.ThrowIfNull(sight);
        ArgumentNullException.ThrowIfNull(report);
        if (sight.Source is { } source && source != report.Source)
        {
            errors.Add("source", "NotYourSource", source);
        }

        // What lies in no grid belongs to the whole store: whoever has a part of it could neither see nor find it again.
        if (!sight.Covers(report.GridCode))
        {
            errors.Add(report.Longitude is null ? "gridCode" : "lon", "NotYourArea", sight.Area!);
        }
    }

    /// <summary>Whether the answer to a report may name the incident: one that was known before may be somebody else's.</summary>
    public static bool MayName(Sight sight, TakenIn taken)
    {
        ArgumentNullException.ThrowIfNull(sight);
        return taken.Created || sight.Covers(taken.GridCode);
    }
}
