using System.Reflection;

namespace CommandCenter.Web.Hosting;

/// <summary>Which program this is: its version, and the commit it was built from where that is known.</summary>
public static class ProgramVersion
{
    public static readonly string Current = Shortened(
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0");

    // "1.0.0+0123456789abcdef…": ten digits tell one commit from another.
    private static string Shortened(string version) => version.Split('+', 2) is [var number, { Length: >= 10 } commit] ? $"{number} ({commit[..10]})" : version;
}
