namespace CommandCenter.Data.Disputes;

/// <summary>A kind of mediation, of bodies, mediators and of what was done.</summary>
/// <param name="RetiredAt">UTC; null while it is in use.</param>
public sealed record MediationKind(string Code, string NameZh, string NameEn, DateTime? RetiredAt = null)
{
    /// <summary>Those that come with the program. An administrator adds others, such as 四长五老 or 三联调, and may name these otherwise.</summary>
    public static readonly IReadOnlyList<MediationKind> Defaults =
    [
        new("people", "人民调解", "People's mediation"), new("judicial", "司法调解", "Judicial mediation"), new("police", "公安调解", "Police mediation"),
        new("industry", "行业性专业性调解", "Industry mediation"), new("administrative", "行政调解", "Administrative mediation"),
    ];
}

/// <summary>调委会 and the like: who mediates.</summary>
public sealed record MediationBody
{
    public string Code { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Code of a <see cref="MediationKind"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Area code; null where it belongs to none.</summary>
    public string? Area { get; init; }

    public DateTime? RetiredAt { get; init; }
}

/// <summary>调解员.</summary>
public sealed record Mediator
{
    public long Id { get; init; }

    public string Body { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Code of a <see cref="MediationKind"/>, for the pools that an administrator defines; null for the body's own.</summary>
    public string? Kind { get; init; }

    public DateTime? RetiredAt { get; init; }
}

/// <summary>Everybody who mediates, and the kinds there are; retired ones too, for what they did stays theirs.</summary>
public sealed record MediationDirectory(IReadOnlyList<MediationKind> Kinds, IReadOnlyList<MediationBody> Bodies, IReadOnlyList<Mediator> Mediators)
{
    public MediationKind? Kind(string? code) => Kinds.FirstOrDefault(kind => kind.Code == code);

    public MediationBody? Body(string? code) => Bodies.FirstOrDefault(body => body.Code == code);

    public Mediator? Mediator(long? id) => Mediators.FirstOrDefault(mediator => mediator.Id == id);

    /// <summary>Those of a body that are in use.</summary>
    public IEnumerable<Mediator> Of(string body) => Mediators.Where(mediator => mediator.Body == body && mediator.RetiredAt is null);
}
