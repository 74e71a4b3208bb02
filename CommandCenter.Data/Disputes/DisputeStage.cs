namespace CommandCenter.Data.Disputes;

/// <summary>Where a dispute stands. The numbers are stored; they follow the order of handling.</summary>
public enum DisputeStage
{
    /// <summary>登记: written down, nobody has answered for it yet.</summary>
    Registered = 10,

    /// <summary>受理: taken on; the month begins.</summary>
    Accepted = 20,

    /// <summary>分流: given to a mediation body.</summary>
    Assigned = 30,

    /// <summary>调解中.</summary>
    Mediating = 40,

    /// <summary>调解成功: the parties agree, in writing or by word of mouth.</summary>
    Agreed = 50,

    /// <summary>司法确认: the parties have asked a court together to confirm their agreement.</summary>
    Confirming = 55,

    /// <summary>调解失败.</summary>
    Failed = 60,

    /// <summary>Sent on to arbitration, court or the petition office.</summary>
    Referred = 65,

    /// <summary>结案.</summary>
    Closed = 80,

    /// <summary>回访: the parties were asked afterwards whether it holds.</summary>
    FollowedUp = 90,
}

/// <summary>How serious a dispute may become (风险等级), after the national four colours.</summary>
public enum DisputeRisk
{
    Blue = 1,
    Yellow = 2,
    Orange = 3,
    Red = 4,
}

/// <summary>How many it concerns (GB/T 31000).</summary>
public enum DisputeScale
{
    /// <summary>个体.</summary>
    Individual = 1,

    /// <summary>一般群体.</summary>
    Group = 2,

    /// <summary>重大群体.</summary>
    MajorGroup = 3,
}

/// <summary>How it came to be known.</summary>
public enum DisputeOrigin
{
    /// <summary>主动排查: found by those who look for trouble before it is brought to them.</summary>
    OwnInitiative = 1,

    /// <summary>申请: a party asked.</summary>
    Application = 2,

    Court = 3,
    Procuratorate = 4,
    Police = 5,
    PetitionOffice = 6,
    Other = 9,
}

/// <summary>In what form the parties agreed.</summary>
public enum AgreementForm
{
    Oral = 1,
    Written = 2,
}

/// <summary>Where a dispute goes that could not be settled.</summary>
public enum ReferralKind
{
    Arbitration = 1,
    Litigation = 2,
    Petition = 3,
}
