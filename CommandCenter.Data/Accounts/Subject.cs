namespace CommandCenter.Data.Accounts;

/// <summary>What kind of thing asks. Stored in the audit by name.</summary>
public enum SubjectKind
{
    Account,
    ApiKey,
    Wall,

    /// <summary>The server itself: its background work and its verbs.</summary>
    Program,
}

/// <summary>Who asks, as they stand at this moment: read anew from the store whenever an account, key or wall changes.</summary>
public sealed record Subject
{
    private Subject()
    {
    }

    public SubjectKind Kind { get; private init; }

    /// <summary>Of the account, key or wall; 0 for the program.</summary>
    public long Id { get; private init; }

    public string Name { get; private init; } = "";

    /// <summary>Of an account; null for everything else.</summary>
    public Role? Role { get; private init; }

    /// <summary>Of an API key.</summary>
    public KeyScopes Scopes { get; private init; }

    /// <summary>Area code of 6, 9, 12 or 15 digits that bounds what it sees and does; null for the whole store.</summary>
    public string? Area { get; private init; }

    /// <summary>Category codes of level 1 or 2 that a department answers for; null for all.</summary>
    public IReadOnlyList<string>? Categories { get; private init; }

    /// <summary>Id of the department that an account works for; null for none.</summary>
    public long? Department { get; private init; }

    /// <summary>The only source that an API key speaks for; null for any.</summary>
    public string? Source { get; private init; }

    /// <summary>Requests a second that an API key may send; null for the default.</summary>
    public int? Rate { get; private init; }

    /// <summary>A wall that guests stand before (参观模式).</summary>
    public bool IsVisitor { get; private init; }

    /// <summary>The scenes of a wall, as they are stored (<see cref="Walls.WallScenes"/>); null for all of them.</summary>
    public string? Scenes { get; private init; }

    /// <summary>It may do nothing but put its account in order: change the first password, set up the second factor.</summary>
    public bool MustSetUp { get; private init; }

    /// <summary>As events and the audit name it: <c>account:zhang</c>, <c>key:12345</c>, <c>wall:大厅</c>, <c>program</c>.</summary>
    public string Label => Kind switch
    {
        SubjectKind.Account => $"account:{Name}",
        SubjectKind.ApiKey => $"key:{Name}",
        SubjectKind.Wall => $"wall:{Name}",
        _ => "program",
    };

    /// <summary>Whether another answer about the same one says the same.</summary>
    public bool StandsAs(Subject other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Categories = other.Categories } == other && (Categories ?? []).SequenceEqual(other.Categories ?? []) && Categories is null == other.Categories is null;
    }

    public static Subject Program { get; } = new() { Kind = SubjectKind.Program, Name = "program" };

    public static Subject OfAccount(
        long id, string name, Role role, string? area = null, IReadOnlyList<string>? categories = null, bool mustSetUp = false, long? department = null) =>
        new() { Kind = SubjectKind.Account, Id = id, Name = name, Role = role, Area = area, Categories = categories, MustSetUp = mustSetUp, Department = department };

    public static Subject OfKey(long id, string name, KeyScopes scopes, string? area = null, string? source = null, int? rate = null) =>
        new() { Kind = SubjectKind.ApiKey, Id = id, Name = name, Scopes = scopes, Area = area, Source = source, Rate = rate };

    public static Subject OfWall(long id, string name, string? area, bool isVisitor = false, string? scenes = null) =>
        new() { Kind = SubjectKind.Wall, Id = id, Name = name, Area = area, IsVisitor = isVisitor, Scenes = scenes };
}
