using CommandCenter.Data.Accounts;
using CommandCenter.Data.Events;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.Disputes;

// Stages, clock, risk and hands.
public sealed partial class DisputeStore
{
    /// <summary>Moves a dispute on, and answers when that is durable.</summary>
    /// <param name="sight">Whoever moves it moves only what they see.</param>
    /// <exception cref="StoreUnavailableException">The store can't take it; nothing was kept.</exception>
    public Task<DisputeMoveResult> MoveAsync(Sight sight, long id, DisputeMove move, string actor, CancellationToken cancellationToken) =>
        store.WriteAsync(session => Move(session, sight, id, move, actor, session.Now), cancellationToken);

    /// <summary>Moves a dispute on, within a transaction.</summary>
    /// <param name="at">UTC. Earlier than now only where history is brought in.</param>
    public static DisputeMoveResult Move(WriteSession session, Sight sight, long id, DisputeMove move, string actor, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(move);
        at = ToMilliseconds(at);
        if (Load(session, sight, id) is not { } dispute)
        {
            return new DisputeMoveResult(DisputeMoveOutcome.NotFound, default);
        }

        var outcome = DisputeLifecycle.Check(dispute.Stage, dispute.Outcome == DisputeOutcome.Agreed ? dispute.OutcomeAt : null, move, at);
        var body = move.Body ?? (move.Mediator is null ? null : dispute.Body);
        if (outcome == DisputeMoveOutcome.Moved && body is not null)
        {
            outcome = CheckHands(session, body, move.Mediator) switch
            {
                DisputeChangeOutcome.BodyUnknown => DisputeMoveOutcome.BodyUnknown,
                DisputeChangeOutcome.MediatorUnknown => DisputeMoveOutcome.MediatorUnknown,
                _ => outcome,
            };
        }

        if (outcome != DisputeMoveOutcome.Moved)
        {
            return new DisputeMoveResult(outcome, dispute.Stage);
        }

        var note = Masked(session, id, move.Note, DisputeLimits.Note);
        Write(
            session, id, new DisputeMoved(dispute.Stage, move.To, body, move.Mediator, move.Agreement, move.Referral, move.Confirmed, note), actor, at,
            [("stage", (int)move.To), .. Changes(session, dispute, move, body, at)]);
        return new DisputeMoveResult(DisputeMoveOutcome.Moved, move.To);
    }

    /// <summary>Extends the month by another, once.</summary>
    /// <exception cref="StoreUnavailableException">The store can't take it; nothing was kept.</exception>
    public Task<ExtensionOutcome> ExtendAsync(Sight sight, long id, string? reason, string actor, CancellationToken cancellationToken) =>
        store.WriteAsync(session => Extend(session, sight, id, reason, actor, session.Now), cancellationToken);

    /// <summary>As <see cref="ExtendAsync"/>, within a transaction.</summary>
    /// <param name="at">UTC. Earlier than now only where history is brought in.</param>
    public static ExtensionOutcome Extend(WriteSession session, Sight sight, long id, string? reason, string actor, DateTime at)
    {
        at = ToMilliseconds(at);
        if (Load(session, sight, id) is not { } dispute)
        {
            return ExtensionOutcome.NotFound;
        }

        var outcome = DisputeClock.Extend(dispute.Stage, dispute.AcceptedAt, dispute.Extended, reason, at);
        if (outcome == ExtensionOutcome.Extended)
        {
            var dueOn = DisputeClock.DueOn(dispute.AcceptedAt!.Value, extended: true);
            Write(
                session, id, new DisputeExtended(dueOn, Masked(session, id, reason, DisputeLimits.Reason)!), actor, at,
                [("extended", true), ("extension_reason", reason), ("due_on", session.Dialect.Day(dueOn))]);
        }

        return outcome;
    }

    /// <summary>Judges its risk anew.</summary>
    /// <exception cref="StoreUnavailableException">The store can't take it; nothing was kept.</exception>
    public Task<DisputeChangeOutcome> RateAsync(Sight sight, long id, DisputeRisk risk, string? reason, string actor, CancellationToken cancellationToken) =>
        store.WriteAsync(session => Rate(session, sight, id, risk, reason, actor, session.Now), cancellationToken);

    /// <summary>As <see cref="RateAsync"/>, within a transaction.</summary>
    /// <param name="at">UTC. Earlier than now only where history is brought in.</param>
    public static DisputeChangeOutcome Rate(WriteSession session, Sight sight, long id, DisputeRisk risk, string? reason, string actor, DateTime at) =>
        Change(session, sight, id, actor, ToMilliseconds(at), dispute =>
            dispute.ClosedAt is not null ? (DisputeChangeOutcome.IsOver, null, [])
            : dispute.Risk == risk ? (DisputeChangeOutcome.AlreadySo, null, [])
            : string.IsNullOrWhiteSpace(reason) ? (DisputeChangeOutcome.ReasonMissing, null, [])
            : (DisputeChangeOutcome.Changed, new DisputeRated(dispute.Risk, risk, Masked(session, id, reason, DisputeLimits.Reason)!), [("risk", (int)risk), ("risk_reason", reason)]));

    /// <summary>Notes that it became a crime (民转刑). Also of what is closed: that is when it hurts most.</summary>
    /// <exception cref="StoreUnavailableException">The store can't take it; nothing was kept.</exception>
    public Task<DisputeChangeOutcome> TurnCriminalAsync(Sight sight, long id, string? reason, string actor, CancellationToken cancellationToken) =>
        store.WriteAsync(session => TurnCriminal(session, sight, id, reason, actor, session.Now), cancellationToken);

    /// <summary>As <see cref="TurnCriminalAsync"/>, within a transaction.</summary>
    /// <param name="at">UTC. Earlier than now only where history is brought in.</param>
    public static DisputeChangeOutcome TurnCriminal(WriteSession session, Sight sight, long id, string? reason, string actor, DateTime at) =>
        Change(session, sight, id, actor, at = ToMilliseconds(at), dispute =>
            dispute.CriminalAt is not null ? (DisputeChangeOutcome.AlreadySo, null, [])
            : string.IsNullOrWhiteSpace(reason) ? (DisputeChangeOutcome.ReasonMissing, null, [])
            : (DisputeChangeOutcome.Changed, new DisputeTurnedCriminal(Masked(session, id, reason, DisputeLimits.Reason)!),
                [("criminal_at", session.Dialect.Instant(at)), ("criminal_reason", reason)]));

    /// <summary>Gives it to another body, or to another mediator of it.</summary>
    /// <exception cref="StoreUnavailableException">The store can't take it; nothing was kept.</exception>
    public Task<DisputeChangeOutcome> HandOverAsync(Sight sight, long id, string body, long? mediator, string? note, string actor, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session => Change(session, sight, id, actor, session.Now, dispute =>
                dispute.ClosedAt is not null ? (DisputeChangeOutcome.IsOver, null, [])
                : dispute.Body is null ? (DisputeChangeOutcome.NotAssigned, null, [])
                : dispute.Body == body && dispute.Mediator == mediator ? (DisputeChangeOutcome.AlreadySo, null, [])
                : CheckHands(session, body, mediator) is var problem and not DisputeChangeOutcome.Changed ? (problem, null, [])
                : (DisputeChangeOutcome.Changed, new DisputeHandedOver(body, mediator, Masked(session, id, note, DisputeLimits.Note)), [("body_code", body), ("mediator_id", mediator)])),
            cancellationToken);

    private static IEnumerable<(string Column, object? Value)> Changes(WriteSession session, DisputeState dispute, DisputeMove move, string? body, DateTime at)
    {
        var instant = session.Dialect.Instant(at);
        if (body is not null)
        {
            yield return ("body_code", body);
            yield return ("mediator_id", move.Mediator);
            yield return ("method", move.Method ?? session.Scalar("SELECT kind FROM mediation_body WHERE code = @code", ("@code", body)));
        }

        if ((move.Resolution ?? (move.To == DisputeStage.Failed ? move.Note : null)) is { } resolution)
        {
            yield return ("resolution", resolution);
        }

        switch (move.To)
        {
            case DisputeStage.Accepted:
                yield return ("accepted_at", instant);
                yield return ("due_on", session.Dialect.Day(DisputeClock.DueOn(at, extended: false)));
                break;
            case DisputeStage.Agreed or DisputeStage.Failed:
                yield return ("outcome", (int)(move.To == DisputeStage.Agreed ? DisputeOutcome.Agreed : DisputeOutcome.Failed));
                yield return ("outcome_at", instant);
                yield return ("agreement", move.To == DisputeStage.Agreed ? (int?)move.Agreement : null);
                break;
            case DisputeStage.Confirming:
                yield return ("confirmation", (int)ConfirmationState.Applied);
                yield return ("confirmation_at", instant);
                break;
            case DisputeStage.Referred:
                yield return ("referral", (int)move.Referral!.Value);
                break;
            case DisputeStage.Closed:
                yield return ("closed_at", instant);
                if (dispute.Stage == DisputeStage.Confirming && move.Confirmed is { } confirmed)
                {
                    yield return ("confirmation", (int)(confirmed ? ConfirmationState.Confirmed : ConfirmationState.Refused));
                    yield return ("confirmation_at", instant);
                }

                break;
            case DisputeStage.FollowedUp:
                yield return ("reviewed_on", session.Dialect.Day(CountyTime.Day(at)));
                yield return ("review_opinion", move.Note);
                break;
            default:
                break;
        }
    }

    private static DisputeChangeOutcome Change(
        WriteSession session, Sight sight, long id, string actor, DateTime at,
        Func<DisputeState, (DisputeChangeOutcome Outcome, DisputeEvent? Happened, (string Column, object? Value)[] Columns)> decide)
    {
        if (Load(session, sight, id) is not { } dispute)
        {
            return DisputeChangeOutcome.NotFound;
        }

        var (outcome, happened, columns) = decide(dispute);
        if (happened is not null)
        {
            Write(session, id, happened, actor, at, columns);
        }

        return outcome;
    }

    private static DisputeChangeOutcome CheckHands(WriteSession session, string body, long? mediator) =>
        session.Scalar("SELECT kind FROM mediation_body WHERE code = @code AND retired_at IS NULL", ("@code", body)) is null ? DisputeChangeOutcome.BodyUnknown
        : mediator is { } id && session.Scalar("SELECT id FROM mediator WHERE id = @id AND body_code = @code AND retired_at IS NULL", ("@id", id), ("@code", body)) is null
            ? DisputeChangeOutcome.MediatorUnknown
            : DisputeChangeOutcome.Changed;

    // The row and its event; what was counted of it is counted anew after this position.
    private static void Write(WriteSession session, long id, DisputeEvent happened, string actor, DateTime at, ReadOnlySpan<(string Column, object? Value)> columns)
    {
        var position = session.Append(happened, id, actor, at);
        var set = new List<string>(columns.Length);
        var arguments = new List<(string, object?)>(columns.Length + 3);
        foreach (var (column, value) in columns)
        {
            set.Add($"{column} = @{column},");
            arguments.Add(($"@{column}", value));
        }

        session.Execute(
            $"""
            UPDATE dispute SET {string.Join(' ', set)} revision = revision + 1, changed_position = @position,
              changed_at = CASE WHEN changed_at > @at THEN changed_at ELSE @at END
            WHERE id = @id
            """,
            [.. arguments, ("@position", position), ("@at", session.Dialect.Instant(at)), ("@id", id)]);
    }

    private static DisputeState? Load(WriteSession session, Sight sight, long id)
    {
        session.Flush();
        var (conditions, arguments) = (new List<string> { "id = @id" }, new DynamicParameters());
        arguments.Add("id", id);
        DisputeSight.Add(sight, "", conditions, arguments);
        return session.Connection.QuerySingleOrDefault<DisputeState>(
            $"""
            SELECT id, stage, accepted_at AS AcceptedAt, extended, outcome, outcome_at AS OutcomeAt, risk, body_code AS Body, mediator_id AS Mediator,
              closed_at AS ClosedAt, criminal_at AS CriminalAt
            FROM dispute WHERE {string.Join(" AND ", conditions)}
            """,
            arguments,
            session.Transaction);
    }

    // The log is never edited, so nothing of people may come into it.
    private static string? Masked(WriteSession session, long id, string? text, int longest)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var stored = session.Connection.Query<DisputeParties.StoredParty>(
            DisputeParties.Sql, new { first = DisputeParties.FirstId(id), end = DisputeParties.FirstId(id + 1) }, session.Transaction);
        var masked = DisputeParties.Masked(text, DisputeParties.Open(session.Dialect.Keys, stored))!;
        return masked.Length <= longest ? masked : masked[..longest];
    }

    private sealed record DisputeState
    {
        public long Id { get; init; }

        public DisputeStage Stage { get; init; }

        public DateTime? AcceptedAt { get; init; }

        public bool Extended { get; init; }

        public DisputeOutcome? Outcome { get; init; }

        public DateTime? OutcomeAt { get; init; }

        public DisputeRisk Risk { get; init; }

        public string? Body { get; init; }

        public long? Mediator { get; init; }

        public DateTime? ClosedAt { get; init; }

        public DateTime? CriminalAt { get; init; }
    }
}
