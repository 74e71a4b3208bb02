using System.ComponentModel;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Disputes;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.Disputes;

/// <summary>Changes of one dispute. Each is answered with the dispute as it stands, once it is durable.</summary>
internal static class DisputeChangeEndpoints
{
    public static void MapDisputeChanges(this IEndpointRouteBuilder disputes)
    {
        Map<DisputeStageChange>("stage", "MoveDispute", "Moves a dispute on to one of its next stages.", MoveAsync);
        Map<DisputeReason>("extension", "ExtendDispute", "Extends the month of a dispute by another, once and before it has run out.", ExtendAsync);
        Map<DisputeRiskChange>("risk", "RateDispute", "Judges the risk of a dispute anew.", RateAsync);
        Map<DisputeReason>("criminal", "TurnDisputeCriminal", "Notes that a dispute became a crime (民转刑).", TurnCriminalAsync);
        Map<DisputeHandOver>("body", "HandOverDispute", "Gives a dispute to another mediation body or mediator.", HandOverAsync);
        Map<DisputeJoint>("joint", "JoinDispute", "Says which departments mediate a dispute together.", JoinAsync);
        Map<DisputeLinkRequest>("links", "LinkDispute", "Links two disputes, such as one that came from two sources. Neither is lost.", LinkAsync);

        void Map<T>(string path, string name, string summary, Delegate handler)
            where T : notnull => disputes.MapPost($"{{id:long}}/{path}", handler)
            .WithName(name)
            .WithSummary(summary)
            .WithDescription("Answers the dispute as it stands, people masked; to whoever may not read disputes, what they would be told of a registration.")
            .Accepts<T>("application/json")
            .WithMetadata(new RequestSizeLimitAttribute(DisputeLimits.Bytes))
            .Produces<DisputeDetail>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Requires(Permission.HandleDisputes);
    }

    private static Task<IResult> MoveAsync([Description("Id of the dispute.")] long id, [AsParameters] DisputeChanges changes) => changes.ChangeAsync(
        id,
        fields => Move(fields),
        async (sight, move, actor) => DisputeProblems.Of(await changes.Store.MoveAsync(sight, id, move, actor, CancellationToken.None)));

    private static Task<IResult> ExtendAsync([Description("Id of the dispute.")] long id, [AsParameters] DisputeChanges changes) => changes.ChangeAsync(
        id,
        fields => fields.Checked("reason", DisputeLimits.Reason),
        async (sight, reason, actor) => DisputeProblems.Of(await changes.Store.ExtendAsync(sight, id, reason, actor, CancellationToken.None)));

    private static Task<IResult> RateAsync([Description("Id of the dispute.")] long id, [AsParameters] DisputeChanges changes) => changes.ChangeAsync(
        id,
        fields => (Risk: fields.Word("risk", DisputeWords.Risks, isOwed: true), Reason: fields.Checked("reason", DisputeLimits.Reason)),
        async (sight, wanted, actor) => DisputeProblems.Of(await changes.Store.RateAsync(sight, id, wanted.Risk ?? default, wanted.Reason, actor, CancellationToken.None)));

    private static Task<IResult> TurnCriminalAsync([Description("Id of the dispute.")] long id, [AsParameters] DisputeChanges changes) => changes.ChangeAsync(
        id,
        fields => fields.Checked("reason", DisputeLimits.Reason),
        async (sight, reason, actor) => DisputeProblems.Of(await changes.Store.TurnCriminalAsync(sight, id, reason, actor, CancellationToken.None)));

    private static Task<IResult> HandOverAsync([Description("Id of the dispute.")] long id, [AsParameters] DisputeChanges changes) => changes.ChangeAsync(
        id,
        fields => (Body: fields.Owed("body", DisputeLimits.Code), Mediator: fields.WholeNumber("mediator", 1, long.MaxValue), Note: fields.Checked("note", DisputeLimits.Note)),
        async (sight, wanted, actor) => DisputeProblems.Of(await changes.Store.HandOverAsync(sight, id, wanted.Body ?? "", wanted.Mediator, wanted.Note, actor, CancellationToken.None)));

    private static Task<IResult> JoinAsync([Description("Id of the dispute.")] long id, [AsParameters] DisputeChanges changes) => changes.ChangeAsync(
        id,
        fields => (Departments: fields.WholeNumbers("departments", 1, long.MaxValue, DisputeLimits.Joint) ?? [], Lead: fields.WholeNumber("lead", 1, long.MaxValue)),
        async (sight, wanted, actor) => DisputeProblems.Of(await changes.Store.JoinAsync(sight, id, wanted.Departments, wanted.Lead, actor, CancellationToken.None)));

    private static Task<IResult> LinkAsync([Description("Id of the dispute.")] long id, [AsParameters] DisputeChanges changes) => changes.ChangeAsync(
        id,
        fields => (Other: fields.WholeNumber("dispute", 1, long.MaxValue), Kind: fields.Word("kind", DisputeWords.Links, isOwed: true)),
        async (sight, wanted, actor) => DisputeProblems.Of(await changes.Store.LinkAsync(sight, id, wanted.Other ?? 0, wanted.Kind ?? default, actor, CancellationToken.None)));

    private static DisputeMove Move(ChangeFields fields) => new(
        fields.Word("stage", DisputeWords.Stages, isOwed: true) ?? default,
        fields.Checked("body", DisputeLimits.Code),
        fields.Word("agreement", DisputeWords.Agreements, isOwed: false),
        fields.Word("referral", DisputeWords.Referrals, isOwed: false),
        fields.Checked("note", DisputeLimits.Note))
    {
        Mediator = fields.WholeNumber("mediator", 1, long.MaxValue),
        Method = fields.Checked("method", DisputeLimits.Kind),
        Resolution = fields.Checked("resolution", DisputeLimits.Resolution),
        Confirmed = fields.Flag("confirmed"),
    };
}
