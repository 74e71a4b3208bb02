using CommandCenter.Data.Accounts;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Web.Incidents;

/// <summary>A batch of reports of incidents.</summary>
internal static class IncidentBatch
{
    /// <param name="most">More reports than these are rejected; a file of our own has no limit.</param>
    /// <param name="keepRejected">Whether the bytes of a report that is wrong are given with what is wrong.</param>
    public static IntakeBatch<IncidentReport> Of(
        Sight sight, Stream body, AreaIndex areas, DateTime now, long most = IncidentLimits.BatchReports, bool keepRejected = false) =>
        new(body, (json, errors) => Read(json, sight, areas, now, errors), IncidentLimits.ReportBytes, most, keepRejected);

    /// <summary>Reads one report, and keeps its sender to what is theirs.</summary>
    /// <param name="json">UTF-8.</param>
    /// <returns>Null where it is none; whether it may be taken in is for <paramref name="errors"/> to say.</returns>
    public static IncidentReport? Read(ReadOnlySpan<byte> json, Sight sight, AreaIndex areas, DateTime now, FieldErrors errors)
    {
        var report = IncidentSubmissionReader.Read(json, errors) is { } submission ? IncidentValidator.Validate(submission, areas, now, errors) : null;
        if (report is not null)
        {
            IntakeBounds.Check(sight, report, errors);
        }

        return report;
    }
}
