using CommandCenter.Data.Accounts;
using CommandCenter.Data.Events;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Disputes;

/// <summary>Registers disputes and moves them on. State and event are written together.</summary>
public sealed partial class DisputeStore(Store store)
{
    /// <summary>Registers disputes, in order, and answers when they are durable.</summary>
    /// <param name="actor">Who registers them.</param>
    /// <returns>One answer a dispute, in the same order.</returns>
    /// <exception cref="StoreUnavailableException">The store can't take them; none was kept, unless the outcome is unknown.</exception>
    public Task<RegisteredDispute[]> RegisterAsync(IReadOnlyList<DisputeDraft> drafts, string actor, CancellationToken cancellationToken) =>
        store.WriteAsync(session => Register(session, drafts, actor, session.Now), cancellationToken, mayRepeat: drafts.All(draft => draft.ExternalId is not null));

    /// <summary>Registers disputes, in order, within a transaction.</summary>
    /// <param name="at">Of the events, UTC. Earlier than now only where history is brought in.</param>
    public static RegisteredDispute[] Register(WriteSession session, IReadOnlyList<DisputeDraft> drafts, string actor, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(drafts);
        at = ToMilliseconds(at);
        var known = ExternalIds.Find<KnownRow>(
            session, "dispute", $"external_id AS ExternalId, {KnownRow.Columns}", drafts.Select(draft => (draft.Source, draft.ExternalId)), row => row.ExternalId!)
            .ToDictionary(pair => pair.Key, pair => pair.Value.ToAnswer());
        var numbers = session.Scoped(s => new DisputeNumbers(s));
        var registered = new RegisteredDispute[drafts.Count];
        for (var i = 0; i < registered.Length; i++)
        {
            var draft = drafts[i];
            if (draft.ExternalId is { } externalId && known.TryGetValue((draft.Source, externalId), out var first))
            {
                registered[i] = first;
                continue;
            }

            registered[i] = RegisterNew(session, draft, numbers, actor, at);
            if (draft.ExternalId is { } newId)
            {
                known.Add((draft.Source, newId), registered[i] with { Created = false });
            }
        }

        return registered;
    }

    private static RegisteredDispute RegisterNew(WriteSession session, DisputeDraft draft, DisputeNumbers numbers, string actor, DateTime at)
    {
        var registeredAt = ToMilliseconds(draft.RegisteredAt ?? at);
        var number = numbers.Next(registeredAt);
        var id = session.Append(
            new DisputeRegistered(number, draft.Source, draft.Category, draft.Scale, draft.Origin, draft.Risk, draft.Area, registeredAt, draft.IncidentId), subjectId: null, actor, at);
        var shown = DisputeParties.Masked(draft.Title, draft.Parties)!;
        session.Insert(DisputeTable.Rows, DisputeTable.Row(session.Dialect, id, number, draft, ReferenceEquals(shown, draft.Title) ? null : shown, registeredAt, at));
        DisputeParties.Insert(session, id, draft.Parties);
        return new RegisteredDispute(Created: true, id, number, draft.Area, DisputeStage.Registered, registeredAt);
    }

    // To the milliseconds that are stored, so that the event and the row have the same instants.
    private static DateTime ToMilliseconds(DateTime instant) => new(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);

    private sealed class KnownRow
    {
        public const string Columns = "id, number, area_code AS Area, stage, registered_at AS RegisteredAt";

        public string? ExternalId { get; init; }

        public long Id { get; init; }

        public string Number { get; init; } = "";

        public string? Area { get; init; }

        public DisputeStage Stage { get; init; }

        public DateTime RegisteredAt { get; init; }

        public RegisteredDispute ToAnswer() => new(Created: false, Id, Number, Area, Stage, RegisteredAt);
    }
}
