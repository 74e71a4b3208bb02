using System.CommandLine;

namespace CommandCenter.Web.Commands;

/// <summary>
/// Something that the program does instead of serving: one class in one file, found by itself. Its words are resources:
/// <c>Verb.import-areas</c> describes the verb, <c>import-areas.--crs</c> each option, <c>import-areas.FILE</c> each argument,
/// <c>Verb.import</c> the group that it stands in.
/// </summary>
internal abstract class Verb
{
    /// <summary>As it is typed: <c>migrate</c>, <c>import areas</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Prefix of its resources.</summary>
    public string Key => Name.Replace(' ', '-');

    /// <summary>What is said after Ctrl-C.</summary>
    public virtual string StoppedText => VerbText.Get("Stopped");

    /// <summary>Adds arguments and options.</summary>
    public virtual void Describe(Command command)
    {
    }

    /// <returns>The exit code, one of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="VerbRefusedException">It can't be done; says what to do.</exception>
    public abstract Task<int> RunAsync(ParseResult given, VerbRun run);

    protected Argument<string> File() => new("FILE") { Description = VerbText.Get($"{Key}.FILE") };

    protected Option<T> Option<T>(string name, string? value = null, bool required = false) =>
        new(name) { Description = VerbText.Get($"{Key}.{name}"), HelpName = value, Required = required };
}

/// <summary>What the program's end tells a script.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Bad arguments, the store is away, or it was refused: nothing was changed that is not said.</summary>
    public const int CouldNot = 1;

    /// <summary><c>verify</c> found something wrong.</summary>
    public const int Wrong = 2;
}

/// <summary>It can't be done, for a reason that a person can do something about.</summary>
internal sealed class VerbRefusedException(string message) : Exception(message);
