using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Incidents;

/// <summary>Numbers of incidents: <c>20261122-00042</c>.</summary>
internal sealed class IncidentNumbers(WriteSession session) : DayNumbers(session, "incident_day", prefix: "");
