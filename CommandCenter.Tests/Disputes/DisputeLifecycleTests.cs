using CommandCenter.Data.Disputes;

namespace CommandCenter.Tests.Disputes;

public class DisputeLifecycleTests
{
    private static readonly DateTime Now = new(2026, 11, 22, 8, 0, 0, DateTimeKind.Utc);

    private static readonly Dictionary<DisputeStage, DisputeStage[]> Allowed = new()
    {
        [DisputeStage.Registered] = [DisputeStage.Accepted],
        [DisputeStage.Accepted] = [DisputeStage.Assigned],
        [DisputeStage.Assigned] = [DisputeStage.Mediating],
        [DisputeStage.Mediating] = [DisputeStage.Agreed, DisputeStage.Failed],
        [DisputeStage.Agreed] = [DisputeStage.Confirming, DisputeStage.Closed],
        [DisputeStage.Confirming] = [DisputeStage.Closed],
        [DisputeStage.Failed] = [DisputeStage.Referred, DisputeStage.Closed],
        [DisputeStage.Referred] = [DisputeStage.Closed],
        [DisputeStage.Closed] = [DisputeStage.FollowedUp],
        [DisputeStage.FollowedUp] = [],
    };

    public static TheoryData<DisputeStage, DisputeStage> EveryPair
    {
        get
        {
            var pairs = new TheoryData<DisputeStage, DisputeStage>();
            foreach (var from in Enum.GetValues<DisputeStage>())
            {
                foreach (var to in Enum.GetValues<DisputeStage>())
                {
                    pairs.Add(from, to);
                }
            }

            return pairs;
        }
    }

    private static DisputeMove Complete(DisputeStage to) => new(to, "tw-001", AgreementForm.Written, ReferralKind.Litigation, "双方各执一词");

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void A_move_told_everything_is_made_exactly_where_the_rules_have_it(DisputeStage from, DisputeStage to) =>
        DisputeLifecycle.Check(from, Now, Complete(to), Now).ShouldBe(
            from == to ? DisputeMoveOutcome.AlreadyThere : Allowed[from].Contains(to) ? DisputeMoveOutcome.Moved : DisputeMoveOutcome.NotAllowed);

    [Fact]
    public void Every_stage_that_is_open_leads_to_closed_and_none_is_a_dead_end()
    {
        foreach (var stage in DisputeLifecycle.Open)
        {
            Reachable(stage).ShouldContain(DisputeStage.Closed, $"from {stage}");
        }

        DisputeLifecycle.Open.ShouldBe(Enum.GetValues<DisputeStage>().Where(stage => stage < DisputeStage.Closed));
    }

    [Theory]
    [InlineData(DisputeStage.Accepted, DisputeStage.Assigned, DisputeMoveOutcome.BodyMissing)]
    [InlineData(DisputeStage.Mediating, DisputeStage.Agreed, DisputeMoveOutcome.AgreementFormMissing)]
    [InlineData(DisputeStage.Mediating, DisputeStage.Failed, DisputeMoveOutcome.ReasonMissing)]
    [InlineData(DisputeStage.Failed, DisputeStage.Referred, DisputeMoveOutcome.ReasonMissing)]
    [InlineData(DisputeStage.Closed, DisputeStage.FollowedUp, DisputeMoveOutcome.ReasonMissing)]
    public void A_move_that_is_not_told_what_it_owes_is_not_made(DisputeStage from, DisputeStage to, DisputeMoveOutcome outcome) =>
        DisputeLifecycle.Check(from, Now, new DisputeMove(to), Now).ShouldBe(outcome);

    [Fact]
    public void A_referral_names_where_to() =>
        DisputeLifecycle.Check(DisputeStage.Failed, null, new DisputeMove(DisputeStage.Referred, Note: "双方各执一词"), Now).ShouldBe(DisputeMoveOutcome.ReferralMissing);

    // Agreed late in the evening of 1 October in the county, which is the same day in UTC only by its date there.
    [Theory]
    [InlineData("2026-10-31T15:59:59Z", DisputeMoveOutcome.Moved)]
    [InlineData("2026-10-31T16:00:00Z", DisputeMoveOutcome.ConfirmationTooLate)]
    public void A_court_is_asked_until_the_thirtieth_county_day_after_the_agreement(string now, DisputeMoveOutcome outcome)
    {
        var agreedAt = new DateTime(2026, 10, 1, 15, 30, 0, DateTimeKind.Utc);

        DisputeLifecycle.Check(DisputeStage.Agreed, agreedAt, new DisputeMove(DisputeStage.Confirming), Utc(now)).ShouldBe(outcome);
    }

    private static DateTime Utc(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;

    private static HashSet<DisputeStage> Reachable(DisputeStage from)
    {
        HashSet<DisputeStage> seen = [];
        Queue<DisputeStage> waiting = new([from]);
        while (waiting.TryDequeue(out var stage))
        {
            foreach (var next in DisputeLifecycle.Next(stage).Where(seen.Add))
            {
                waiting.Enqueue(next);
            }
        }

        return seen;
    }
}
