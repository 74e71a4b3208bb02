namespace CommandCenter.Data.Accounts;

/// <summary>
/// How far somebody sees. Every query for people's matters takes one first, and only <see cref="AccessPolicy"/> makes them: a
/// query that forgets whose eyes it reads for does not compile.
/// </summary>
public sealed record Sight
{
    private Sight()
    {
    }

    /// <summary>Area code; null for the whole store, what lies outside all grids included.</summary>
    public string? Area { get; private init; }

    /// <summary>Category codes of level 1 or 2; null for all.</summary>
    public IReadOnlyList<string>? Categories { get; private init; }

    /// <summary>Id of the department that somebody works for, which also sees what it mediates jointly; null for everybody else.</summary>
    public long? Department { get; private init; }

    /// <summary>Code of the sender; null for all.</summary>
    public string? Source { get; private init; }

    /// <summary>Whether names, phones, identity numbers and addresses are shown as they were given.</summary>
    public bool Persons { get; private init; }

    /// <summary>Whether guests look on (参观模式), for whom everything is masked.</summary>
    public bool Visitor { get; private init; }

    /// <summary>For the server's own work, whose results leave it through another sight.</summary>
    public static Sight OfTheProgram { get; } = new() { Persons = true };

    /// <summary>As far, with everybody masked: for listings, so that a person is seen one at a time, and each time on record.</summary>
    public Sight Masked => this with { Persons = false };

    internal static Sight Of(Subject subject, bool persons) => new()
    {
        Area = subject.Area,
        Categories = subject.Categories,
        Department = subject.Department,
        Source = subject.Source,
        Persons = persons && !subject.IsVisitor,
        Visitor = subject.IsVisitor,
    };

    /// <summary>Whether an area is its own or lies in its own.</summary>
    /// <param name="code">Area code; null for what has no place, which only the whole store holds.</param>
    public bool Covers(string? code) => Area is null || (code is not null && code.StartsWith(Area, StringComparison.Ordinal));

    /// <summary>Whether it sees an incident.</summary>
    public bool Covers(string? gridCode, string category, string source) =>
        Covers(gridCode)
        && (Categories is null || Categories.Any(own => category.StartsWith(own, StringComparison.Ordinal)))
        && (Source is null || Source == source);
}
