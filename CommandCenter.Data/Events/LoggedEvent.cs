namespace CommandCenter.Data.Events;

/// <summary>An entry of the event log, as the tail and the history read it.</summary>
/// <param name="Position">1, 2, 3 … without gaps, in the order of commit.</param>
/// <param name="RecordedAt">UTC, milliseconds.</param>
/// <param name="Actor">Who did it: an account, an API key, or the source of a report.</param>
/// <param name="SubjectId">The incident's id; 0 for events that concern no incident.</param>
/// <param name="Event">What happened.</param>
/// <param name="Title">The incident's title as it stands now, as walls show it (joined, not logged: see <see cref="DomainEvent"/>); null for events that concern no incident.</param>
public sealed record LoggedEvent(long Position, DateTime RecordedAt, string Actor, long SubjectId, DomainEvent Event, string? Title);
