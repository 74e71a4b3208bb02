using CommandCenter.Data.Disputes;
using CommandCenter.Data.Incidents;
using CommandCenter.Web.Incidents;

namespace CommandCenter.Web.Disputes;

/// <summary>Why a dispute was not changed: a field to put right, or a conflict with where it stands.</summary>
/// <param name="Field">Null for a conflict.</param>
/// <param name="Text">Key of a field's message, or what the conflict is.</param>
internal sealed record DisputeProblem(string? Field, string Text, bool IsNotFound = false)
{
    public IResult ToResult(long id) =>
        IsNotFound ? NotFound(id)
        : Field is { } field ? TypedResults.ValidationProblem(BatchEndpoint.Problem(field, Text).ToDictionary())
        : TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, title: "The dispute does not stand where that can be done.", detail: $"{Text} Nothing was changed.");

    public static IResult NotFound(long id) =>
        TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "There is no such dispute.", detail: $"No dispute has the id {id}.");
}

/// <summary>What an outcome means to whoever asked; null where all went well.</summary>
internal static class DisputeProblems
{
    private static readonly DisputeProblem None = new(null, "", IsNotFound: true);

    public static DisputeProblem? Of(DisputeMoveResult result) => result.Outcome switch
    {
        DisputeMoveOutcome.Moved or DisputeMoveOutcome.AlreadyThere => null,
        DisputeMoveOutcome.NotFound => None,
        DisputeMoveOutcome.BodyMissing => new("body", "Required"),
        DisputeMoveOutcome.BodyUnknown => new("body", "UnknownBody"),
        DisputeMoveOutcome.MediatorUnknown => new("mediator", "UnknownMediator"),
        DisputeMoveOutcome.AgreementFormMissing => new("agreement", "Required"),
        DisputeMoveOutcome.ReasonMissing => new("note", "Required"),
        DisputeMoveOutcome.ReferralMissing => new("referral", "Required"),
        DisputeMoveOutcome.NotAllowed => new(null, Next(result.Stage)),
        DisputeMoveOutcome.ConfirmationTooLate => new(null, $"The {DisputeLifecycle.ConfirmationDays} days in which the parties may ask a court together are over."),
        _ => throw new InvalidOperationException($"No answer is known for {result.Outcome}."),
    };

    public static DisputeProblem? Of(ExtensionOutcome outcome) => outcome switch
    {
        ExtensionOutcome.Extended => null,
        ExtensionOutcome.NotFound => None,
        ExtensionOutcome.ReasonMissing => new("reason", "Required"),
        ExtensionOutcome.NotRunning => new(null, "No month runs: it is not accepted yet, or mediation is over."),
        ExtensionOutcome.AlreadyExtended => new(null, "Its month was extended already, and is so only once."),
        ExtensionOutcome.TooLate => new(null, "Its month has run out: an extension would only hide that."),
        _ => throw new InvalidOperationException($"No answer is known for {outcome}."),
    };

    public static DisputeProblem? Of(DisputeChangeOutcome outcome) => outcome switch
    {
        DisputeChangeOutcome.Changed or DisputeChangeOutcome.AlreadySo => null,
        DisputeChangeOutcome.NotFound => None,
        DisputeChangeOutcome.ReasonMissing => new("reason", "Required"),
        DisputeChangeOutcome.BodyUnknown => new("body", "UnknownBody"),
        DisputeChangeOutcome.MediatorUnknown => new("mediator", "UnknownMediator"),
        DisputeChangeOutcome.DepartmentUnknown => new("departments", "UnknownDepartment"),
        DisputeChangeOutcome.OtherNotFound => new("dispute", "UnknownDispute"),
        DisputeChangeOutcome.IsItself => new("dispute", "LinkedWithItself"),
        DisputeChangeOutcome.IsOver => new(null, "It is closed."),
        DisputeChangeOutcome.NotAssigned => new(null, "No body has it yet: it is assigned first."),
        _ => throw new InvalidOperationException($"No answer is known for {outcome}."),
    };

    private static string Next(DisputeStage stage) => DisputeLifecycle.Next(stage) is { Count: > 0 } next
        ? $"It is {Code(stage)}; from there it goes to {string.Join(" or ", next.Select(Code))}."
        : $"It is {Code(stage)}; from there it goes nowhere.";

    private static string Code(DisputeStage stage) => DisputeWords.Stages.First(word => word.Value == stage).Code;
}
