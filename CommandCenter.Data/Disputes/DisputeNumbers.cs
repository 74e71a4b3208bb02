using CommandCenter.Data.Storage;

namespace CommandCenter.Data.Disputes;

/// <summary>Numbers of disputes: <c>D20261122-00042</c>. Of the day on which they were registered, wherever that was.</summary>
internal sealed class DisputeNumbers(WriteSession session) : DayNumbers(session, "dispute_day", prefix: "D");
