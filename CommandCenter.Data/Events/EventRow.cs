namespace CommandCenter.Data.Events;

/// <summary>A row of the log: kind and payload as they were written.</summary>
internal class EventRow
{
    public long Position { get; init; }

    /// <summary>UTC.</summary>
    public DateTime RecordedAt { get; init; }

    public string Kind { get; init; } = "";

    public long SubjectId { get; init; }

    public string Actor { get; init; } = "";

    /// <summary>JSON.</summary>
    public string Payload { get; init; } = "";
}
