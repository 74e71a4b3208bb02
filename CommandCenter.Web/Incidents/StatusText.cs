using System.Text.Json;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Web.Incidents;

/// <summary>Statuses as programs write them.</summary>
internal static class StatusText
{
    public static string Of(IncidentStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    /// <summary>inProgress, also written InProgress, in-progress or in_progress; null when it is none.</summary>
    public static IncidentStatus? Parse(string? text) =>
        text?.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant() switch
        {
            "REPORTED" => IncidentStatus.Reported,
            "ACCEPTED" => IncidentStatus.Accepted,
            "INPROGRESS" => IncidentStatus.InProgress,
            "CLOSED" => IncidentStatus.Closed,
            _ => null,
        };
}
