using CommandCenter.Data.Incidents;

namespace CommandCenter.Data.Disputes;

/// <summary>Which moves there are, and what each of them must be told (DOMAIN, "Dispute").</summary>
public static class DisputeLifecycle
{
    /// <summary>Days after the agreement on which the parties may still ask a court together (People's Mediation Law, article 33).</summary>
    public const int ConfirmationDays = 30;

    /// <summary>All stages in which nobody has ended it.</summary>
    public static readonly IReadOnlyList<DisputeStage> Open =
    [
        DisputeStage.Registered, DisputeStage.Accepted, DisputeStage.Assigned, DisputeStage.Mediating, DisputeStage.Agreed,
        DisputeStage.Confirming, DisputeStage.Failed, DisputeStage.Referred,
    ];

    /// <summary>Where a dispute may go from here; empty from the end.</summary>
    public static IReadOnlyList<DisputeStage> Next(DisputeStage from) => from switch
    {
        DisputeStage.Registered => [DisputeStage.Accepted],
        DisputeStage.Accepted => [DisputeStage.Assigned],
        DisputeStage.Assigned => [DisputeStage.Mediating],
        DisputeStage.Mediating => [DisputeStage.Agreed, DisputeStage.Failed],
        DisputeStage.Agreed => [DisputeStage.Confirming, DisputeStage.Closed],
        DisputeStage.Confirming => [DisputeStage.Closed],
        DisputeStage.Failed => [DisputeStage.Referred, DisputeStage.Closed],
        DisputeStage.Referred => [DisputeStage.Closed],
        DisputeStage.Closed => [DisputeStage.FollowedUp],
        DisputeStage.FollowedUp => [],
        _ => throw new ArgumentOutOfRangeException(nameof(from), from, "Not a stage."),
    };

    /// <summary>The last county day on which an agreement may be taken to court.</summary>
    /// <param name="agreedAt">UTC.</param>
    public static DateOnly ConfirmUntil(DateTime agreedAt) => CountyTime.Day(agreedAt).AddDays(ConfirmationDays);

    /// <summary>Whether a dispute may make a move, with what it is told.</summary>
    /// <param name="agreedAt">UTC; null where the parties never agreed.</param>
    /// <param name="now">UTC.</param>
    public static DisputeMoveOutcome Check(DisputeStage from, DateTime? agreedAt, DisputeMove move, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(move);
        if (move.To == from)
        {
            return DisputeMoveOutcome.AlreadyThere;
        }

        if (!Next(from).Contains(move.To))
        {
            return DisputeMoveOutcome.NotAllowed;
        }

        return move.To switch
        {
            DisputeStage.Assigned when move.Body is null => DisputeMoveOutcome.BodyMissing,
            DisputeStage.Agreed when move.Agreement is null => DisputeMoveOutcome.AgreementFormMissing,
            DisputeStage.Failed or DisputeStage.Referred when string.IsNullOrWhiteSpace(move.Note) => DisputeMoveOutcome.ReasonMissing,
            DisputeStage.Referred when move.Referral is null => DisputeMoveOutcome.ReferralMissing,
            DisputeStage.FollowedUp when string.IsNullOrWhiteSpace(move.Note) => DisputeMoveOutcome.ReasonMissing,
            DisputeStage.Confirming when agreedAt is not { } agreed || CountyTime.Day(now) > ConfirmUntil(agreed) => DisputeMoveOutcome.ConfirmationTooLate,
            _ => DisputeMoveOutcome.Moved,
        };
    }
}

/// <summary>A move that is asked for.</summary>
/// <param name="Body">Code of the mediation body; owed where it is assigned.</param>
/// <param name="Agreement">Owed where the parties agree.</param>
/// <param name="Referral">Owed where it is sent on.</param>
/// <param name="Note">Reason of a failure or a referral, opinion of a follow-up: owed there. About the handling, not about people.</param>
public sealed record DisputeMove(
    DisputeStage To, string? Body = null, AgreementForm? Agreement = null, ReferralKind? Referral = null, string? Note = null)
{
    /// <summary>Id of a mediator of the body.</summary>
    public long? Mediator { get; init; }

    /// <summary>Code of the kind of mediation; that of the body when not given.</summary>
    public string? Method { get; init; }

    /// <summary>What was agreed, or why it could not be settled.</summary>
    public string? Resolution { get; init; }

    /// <summary>What the court decided, where a confirmation ends.</summary>
    public bool? Confirmed { get; init; }
}

/// <summary>What asking to move a dispute came to.</summary>
public enum DisputeMoveOutcome
{
    Moved,

    /// <summary>It stands there already; nothing was recorded.</summary>
    AlreadyThere,

    /// <summary>From where it stands there is no such move.</summary>
    NotAllowed,

    NotFound,

    BodyMissing,

    AgreementFormMissing,

    ReasonMissing,

    ReferralMissing,

    /// <summary>No body in use has this code.</summary>
    BodyUnknown,

    /// <summary>The body has no such mediator in use.</summary>
    MediatorUnknown,

    /// <summary>The days in which the parties may ask a court together are over.</summary>
    ConfirmationTooLate,
}
