namespace CommandCenter.Data.Storage;

/// <summary>Names of databases, logins and tables in T-SQL.</summary>
internal static class SqlServerName
{
    /// <summary>sysname.</summary>
    public const int MaxLength = 128;

    private static readonly string[] System = ["master", "model", "msdb", "tempdb"];

    /// <summary>In brackets, so that nothing in it is read as T-SQL.</summary>
    public static string Quote(string name) => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]";

    /// <summary>What keeps a name from being that of the program's database; null when nothing does.</summary>
    public static string? DatabaseProblem(string name) => name switch
    {
        "" => "Database= is missing; it names the program's own database, which is made at the first start.",
        _ when name.Length > MaxLength => $"Database= has {name.Length} characters; at most {MaxLength} are possible.",
        _ when name.Any(char.IsControl) || name != name.Trim() => "Database= begins or ends with a space or holds a control character.",
        _ when System.Contains(name, StringComparer.OrdinalIgnoreCase) => $"Database={name} is one of SQL Server's own; name one for this program.",
        _ => null,
    };
}
