namespace CommandCenter.Tests.Security;

/// <summary>What an answer must never show: how the program is made, where it lies, what it asks its database.</summary>
internal static class Leaks
{
    private static readonly string[] Signs =
    [
        "   at ", "StackTrace", "Exception:", "System.", "Microsoft.", "CommandCenter.Data.", "SELECT ", "INSERT ", "sqlite", "SQLite", "/tmp/", "/home/", "/root/",
        "Data Source", "password",
    ];

    public static IEnumerable<string> In(string answer) => Signs.Where(sign => answer.Contains(sign, StringComparison.Ordinal));
}
