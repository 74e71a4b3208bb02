using CommandCenter.Data.Disputes;
using CommandCenter.Data.Incidents;

namespace CommandCenter.Web.Demo;

/// <summary>A move in the life of a dispute.</summary>
/// <param name="At">UTC.</param>
internal sealed record DisputeStep(DateTime At, DisputeMove Move);

/// <summary>
/// One dispute of the demonstration county and all that becomes of it: a function of its external id and of when it was registered,
/// so a program that was killed goes on where it stopped.
/// </summary>
/// <param name="Steps">In their order; the last ones may lie ahead.</param>
internal sealed record DemoDispute(DisputeDraft Draft, IReadOnlyList<DisputeStep> Steps)
{
    private const double MinutesOfLive = 9;
    private static readonly string[] Reasons = ["一方坚持诉讼", "赔偿数额差距过大", "一方当事人不再到场", "需鉴定后另行处理"];
    private static readonly string[] Agreements = ["双方达成书面协议，当场履行", "分期支付，签订协议书", "恢复原状并互不追究", "口头和解，村社干部见证"];
    private static readonly string[] Opinions = ["协议已履行，双方无异议", "回访满意", "履行中，已提醒按期支付"];
    private static readonly string[] Dangers = ["双方情绪激动，有肢体冲突苗头", "涉及人数较多，需跟踪", "曾报警，需防止反复", "涉及未成年人，重点关注"];

    /// <summary>How dangerous a dispute is, and why, as it is registered or judged anew.</summary>
    public static (DisputeRisk Risk, string? Reason) RiskOf(Dice dice)
    {
        var risk = dice.Next() switch { < .015 => DisputeRisk.Red, < .09 => DisputeRisk.Orange, < .32 => DisputeRisk.Yellow, _ => DisputeRisk.Blue };
        return (risk, risk == DisputeRisk.Blue ? null : dice.Of(Dangers));
    }

    /// <param name="registeredAt">UTC.</param>
    /// <param name="isLive">It came in while the demonstration ran: then its days are minutes, so that something is to be seen.</param>
    public static DemoDispute Of(string externalId, DateTime registeredAt, bool isLive)
    {
        var dice = new Dice("dispute " + externalId);
        var quarrel = DemoQuarrels.All.Pick(dice);
        var village = Village(dice);
        var (risk, reason) = RiskOf(dice);
        var draft = new DisputeDraft("demo", externalId, quarrel.Category, dice.Chance(.07) ? DisputeScale.Group : DisputeScale.Individual, Origin(dice), string.Format(null, dice.Of(quarrel.Titles), village.Name))
        {
            RegisteredAt = registeredAt,
            OccurredOn = CountyTime.Day(registeredAt).AddDays(-(int)dice.Waiting(4)),
            Area = village.Code,
            People = 2 + (int)dice.Waiting(1.6),
            Risk = risk,
            RiskReason = reason,
            Parties = [new(PartyRole.Applicant, Person(dice), null, null, null), new(PartyRole.Respondent, Person(dice), null, null, null)],
        };
        return new DemoDispute(draft, [.. Life(dice, registeredAt, quarrel.Body ?? DemoQuarrels.OfTown(village.Code[..9]), isLive)]);
    }

    /// <summary>The move that follows a stage; null from the end.</summary>
    public DisputeStep? After(DisputeStage stage)
    {
        var at = stage == DisputeStage.Registered ? -1 : Steps.ToList().FindIndex(step => step.Move.To == stage);
        return at + 1 < Steps.Count && (at >= 0 || stage == DisputeStage.Registered) ? Steps[at + 1] : null;
    }

    private static IEnumerable<DisputeStep> Life(Dice dice, DateTime registeredAt, string body, bool isLive)
    {
        var at = registeredAt;
        yield return Next(dice.Waiting(.5), new DisputeMove(DisputeStage.Accepted));
        yield return Next(dice.Waiting(.4), new DisputeMove(DisputeStage.Assigned, body));
        yield return Next(dice.Waiting(1.5), new DisputeMove(DisputeStage.Mediating));

        // Most within their month; some drag on, and a few for months.
        var days = dice.Next() switch { < .035 => 40 + dice.Waiting(25), < .26 => 17 + dice.Waiting(7), _ => 1 + dice.Waiting(9) };
        if (dice.Chance(.9))
        {
            yield return Next(days, new DisputeMove(DisputeStage.Agreed, Agreement: dice.Chance(.7) ? AgreementForm.Written : AgreementForm.Oral) { Resolution = dice.Of(Agreements) });
            if (dice.Chance(.16))
            {
                yield return Next(dice.Between(1, 12), new DisputeMove(DisputeStage.Confirming));
                yield return Next(dice.Between(4, 14), new DisputeMove(DisputeStage.Closed) { Confirmed = true });
            }
            else
            {
                yield return Next(dice.Waiting(2), new DisputeMove(DisputeStage.Closed));
            }
        }
        else
        {
            yield return Next(days, new DisputeMove(DisputeStage.Failed, Note: dice.Of(Reasons)));
            yield return Next(dice.Waiting(4), new DisputeMove(DisputeStage.Referred, Referral: dice.Chance(.75) ? ReferralKind.Litigation : dice.Chance(.6) ? ReferralKind.Arbitration : ReferralKind.Petition, Note: "引导依法解决"));
            yield return Next(dice.Waiting(12), new DisputeMove(DisputeStage.Closed));
        }

        yield return Next(10 + dice.Waiting(8), new DisputeMove(DisputeStage.FollowedUp, Note: dice.Of(Opinions)));

        DisputeStep Next(double later, DisputeMove move)
        {
            at = isLive ? at.AddMinutes(.5 + dice.Waiting(MinutesOfLive)) : Office(at.AddDays(.02 + later), dice);
            return new DisputeStep(new DateTime(at.Ticks - (at.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc), move);
        }
    }

    // Whoever mediates has office hours.
    private static DateTime Office(DateTime at, Dice dice) =>
        CountyTime.Local(at).Hour is >= 8 and < 18 ? at : CountyTime.StartOfDay(CountyTime.Day(at).AddDays(CountyTime.Local(at).Hour >= 18 ? 1 : 0)).AddHours(8 + dice.Waiting(2));

    private static DemoArea Village(Dice dice)
    {
        var county = DemoCounty.Instance;
        var (at, upTo) = (dice.Below(county.County.Population), 0);
        return county.Villages.First(village => (upTo += village.Population) > at || village == county.Villages[^1]);
    }

    private static DisputeOrigin Origin(Dice dice) => dice.Next() switch
    {
        < .46 => DisputeOrigin.Application, < .74 => DisputeOrigin.OwnInitiative, < .88 => DisputeOrigin.Police, < .94 => DisputeOrigin.Court, < .98 => DisputeOrigin.PetitionOffice,
        _ => DisputeOrigin.Other,
    };

    private static string Person(Dice dice) => $"{dice.Of(["王", "李", "张", "刘", "陈", "杨", "周", "吴", "徐", "林"])}{dice.Of(["某甲", "某乙", "某丙", "某丁"])}";
}
