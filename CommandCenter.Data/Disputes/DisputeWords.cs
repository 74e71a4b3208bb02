using System.Text.Json;

namespace CommandCenter.Data.Disputes;

/// <summary>A value with its names.</summary>
public sealed record DisputeWord<T>(T Value, string NameZh, string NameEn)
    where T : struct, Enum
{
    /// <summary>As programs write it: mediating, majorGroup.</summary>
    public string Code { get; } = JsonNamingPolicy.CamelCase.ConvertName(Value.ToString());
}

/// <summary>The words of the register, for programs, files and people alike.</summary>
public static class DisputeWords
{
    public static readonly IReadOnlyList<DisputeWord<DisputeStage>> Stages =
    [
        new(DisputeStage.Registered, "登记", "Registered"), new(DisputeStage.Accepted, "受理", "Accepted"), new(DisputeStage.Assigned, "分流", "Assigned"),
        new(DisputeStage.Mediating, "调解中", "Mediating"), new(DisputeStage.Agreed, "调解成功", "Agreed"), new(DisputeStage.Confirming, "司法确认", "Confirming"),
        new(DisputeStage.Failed, "调解失败", "Failed"), new(DisputeStage.Referred, "已转出", "Referred"), new(DisputeStage.Closed, "结案", "Closed"),
        new(DisputeStage.FollowedUp, "已回访", "Followed up"),
    ];

    public static readonly IReadOnlyList<DisputeWord<DisputeRisk>> Risks =
        [new(DisputeRisk.Red, "红", "Red"), new(DisputeRisk.Orange, "橙", "Orange"), new(DisputeRisk.Yellow, "黄", "Yellow"), new(DisputeRisk.Blue, "蓝", "Blue")];

    public static readonly IReadOnlyList<DisputeWord<DisputeScale>> Scales =
        [new(DisputeScale.Individual, "个体", "Individual"), new(DisputeScale.Group, "一般群体", "Group"), new(DisputeScale.MajorGroup, "重大群体", "Major group")];

    public static readonly IReadOnlyList<DisputeWord<DisputeOrigin>> Origins =
    [
        new(DisputeOrigin.OwnInitiative, "主动排查", "Own initiative"), new(DisputeOrigin.Application, "当事人申请", "Application"), new(DisputeOrigin.Court, "法院委托", "Court"),
        new(DisputeOrigin.Procuratorate, "检察院移送", "Procuratorate"), new(DisputeOrigin.Police, "公安移送", "Police"), new(DisputeOrigin.PetitionOffice, "信访转交", "Petition office"),
        new(DisputeOrigin.Other, "其他", "Other"),
    ];

    public static readonly IReadOnlyList<DisputeWord<AgreementForm>> Agreements = [new(AgreementForm.Written, "书面协议", "Written"), new(AgreementForm.Oral, "口头协议", "Oral")];

    public static readonly IReadOnlyList<DisputeWord<ReferralKind>> Referrals =
        [new(ReferralKind.Arbitration, "仲裁", "Arbitration"), new(ReferralKind.Litigation, "诉讼", "Litigation"), new(ReferralKind.Petition, "信访", "Petition")];

    public static readonly IReadOnlyList<DisputeWord<PartyRole>> Roles =
        [new(PartyRole.Applicant, "申请人", "Applicant"), new(PartyRole.Respondent, "被申请人", "Respondent"), new(PartyRole.Other, "其他当事人", "Other")];

    public static readonly IReadOnlyList<DisputeWord<DisputeLinkKind>> Links = [new(DisputeLinkKind.Duplicate, "重复登记", "Duplicate"), new(DisputeLinkKind.Related, "关联", "Related")];

    public static readonly IReadOnlyList<DisputeWord<ConfirmationState>> Confirmations =
        [new(ConfirmationState.Applied, "已申请", "Applied for"), new(ConfirmationState.Confirmed, "裁定有效", "Confirmed"), new(ConfirmationState.Refused, "裁定驳回", "Refused")];

    public static readonly IReadOnlyList<DisputeWord<AgeBand>> Ages =
    [
        new(AgeBand.UpTo7Days, "7 天内", "0–7 days"), new(AgeBand.UpTo15Days, "8–15 天", "8–15 days"), new(AgeBand.UpTo30Days, "16–30 天", "16–30 days"),
        new(AgeBand.UpTo60Days, "31–60 天", "31–60 days"), new(AgeBand.Over60Days, "60 天以上", "Over 60 days"),
    ];

    /// <summary>Finds a value by its code (majorGroup, also major-group or MAJOR_GROUP) or by its name in either language.</summary>
    public static T? Find<T>(IReadOnlyList<DisputeWord<T>> words, string? text)
        where T : struct, Enum
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var plain = Plain(text);
        return words.FirstOrDefault(word => Plain(word.Code) == plain || Plain(word.NameZh) == plain || Plain(word.NameEn) == plain)?.Value;
    }

    /// <summary>The codes, for people who wrote none of them.</summary>
    public static string Codes<T>(IReadOnlyList<DisputeWord<T>> words)
        where T : struct, Enum => string.Join(", ", words.Select(word => word.Code));

    private static string Plain(string text) =>
        string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '_'))).ToUpperInvariant();
}
