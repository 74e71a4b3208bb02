namespace CommandCenter.Data.Walls;

/// <summary>What a screen is let in as.</summary>
/// <param name="Area">Area code; null for the whole store.</param>
/// <param name="Profile"><see cref="PairedWall.Centre"/> or <see cref="PairedWall.Visitor"/>.</param>
/// <param name="Scenes">In their order, each a name of <see cref="WallScenes.All"/>, alone or with its seconds: <c>police:30</c>.</param>
/// <param name="Lifetime">Null until it is revoked.</param>
public sealed record WallTerms(string Name, string? Area, string Profile, IReadOnlyList<string> Scenes, TimeSpan? Lifetime)
{
    /// <summary>Longest name.</summary>
    public const int NameLength = 80;

    /// <summary>Longest lifetime in days: as long as the browser keeps its token.</summary>
    public const int MostDays = 3650;

    public static bool IsName(string? name) => name is { Length: > 0 and <= NameLength } && name.Trim() == name && !name.Any(char.IsControl);
}

/// <summary>How letting a screen in ended.</summary>
public enum WallOutcome
{
    Done,

    /// <summary>No screen shows this code now.</summary>
    NoSuchCode,

    /// <summary>A wall that is not revoked has the name.</summary>
    NameTaken,
}

/// <summary>Codes by which the record names what was done to walls; the audit's resources name them for people.</summary>
public static class WallActions
{
    /// <summary>An administrator let a screen in; or a screen took up its one-time address.</summary>
    public const string Paired = "wall.paired";

    /// <summary>A one-time address was made.</summary>
    public const string Added = "wall.added";

    public const string Revoked = "wall.revoked";
}
