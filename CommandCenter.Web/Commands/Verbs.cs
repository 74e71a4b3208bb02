using System.CommandLine;
using CommandCenter.Data.Storage;

namespace CommandCenter.Web.Commands;

/// <summary>Finds the verb that a command line names, and runs it or says what is wrong with it.</summary>
internal sealed class Verbs
{
    private readonly VerbArguments _arguments;
    private readonly RootCommand _root;
    private readonly Dictionary<Command, Verb> _verbs = [];

    private Verbs(VerbArguments arguments)
    {
        _arguments = arguments;
        _root = new RootCommand(VerbText.Get("Program"));
        _root.Options.Add(new Option<string>("--lang") { Description = VerbText.Get("--lang"), HelpName = "zh-CN|en", Recursive = true });
        foreach (var option in _root.Options.Where(option => option.Name is "--help" or "--version"))
        {
            option.Description = VerbText.Get(option.Name);
        }

        foreach (var verb in All())
        {
            var command = Place(verb);
            verb.Describe(command);
            _verbs.Add(command, verb);
        }
    }

    /// <summary>What the command line asks for instead of serving; null when it asks to serve.</summary>
    public static Verbs? Find(string[] args)
    {
        var arguments = VerbArguments.Of(args);
        if (!arguments.AskForVerb)
        {
            return null;
        }

        var isKnown = VerbLanguage.Choose(arguments.Words);
        return new Verbs(arguments) { LanguageIsKnown = isKnown };
    }

    /// <summary>Every verb of the program, in the order of their names.</summary>
    internal static IReadOnlyList<Verb> All() =>
    [
        .. typeof(Verb).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Verb)) && !type.IsAbstract)
            .Select(type => (Verb)Activator.CreateInstance(type)!)
            .OrderBy(verb => verb.Name, StringComparer.Ordinal),
    ];

    private bool LanguageIsKnown { get; init; }

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = System.Text.Encoding.UTF8;
        }

        var given = _root.Parse(_arguments.Words, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (given.Action is { ClearsParseErrors: true })
        {
            return await ExplainAsync(given);
        }

        var problems = VerbProblems.Of(given, LanguageIsKnown);
        if (problems.Count > 0 || !_verbs.TryGetValue(given.CommandResult.Command, out var verb))
        {
            // Who gave settings and no verb may have meant to serve: what is wrong with them matters more than the verb.
            if (problems.Count == 0 && _arguments.Settings.Count > 0 && VerbRun.Problems(_arguments.Settings) is { } wrong)
            {
                await FailAsync(wrong);
            }

            return await RefuseAsync(given, problems);
        }

        await using var run = new VerbRun(verb, _arguments.Settings);
        try
        {
            return await verb.RunAsync(given, run);
        }
        catch (OperationCanceledException) when (run.Stopped.IsCancellationRequested)
        {
            return await FailAsync(verb.StoppedText);
        }
        catch (VerbRefusedException e)
        {
            return await FailAsync(e.Message);
        }
        catch (OperationRefusedException e)
        {
            return await FailAsync(VerbText.Get($"Refused.{e.Reason}", [.. e.Arguments]));
        }
        catch (StoreUnavailableException e)
        {
            return await FailAsync(VerbText.Get("StoreAway", VerbText.Get($"StoreAway.{e.Fault}"), e.Message));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await FailAsync(VerbText.Get("File", e.Message));
        }
    }

    // Help and version. The parser's own Chinese lacks one heading.
    private static async Task<int> ExplainAsync(ParseResult given)
    {
        await using var text = new StringWriter();
        var result = await given.InvokeAsync(new InvocationConfiguration { Output = text });
        await Console.Out.WriteAsync(text.ToString().Replace("Description:", VerbText.Get("Description"), StringComparison.Ordinal));
        return result;
    }

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return ExitCodes.CouldNot;
    }

    private static async Task<int> RefuseAsync(ParseResult given, IReadOnlyList<string> problems)
    {
        foreach (var problem in problems.DefaultIfEmpty(VerbText.Get("NoVerb", VerbProblems.Words(given.CommandResult.Command))))
        {
            await Console.Error.WriteLineAsync(problem);
        }

        return await FailAsync(VerbText.Get("SeeHelp", VerbProblems.Path(given.CommandResult.Command)));
    }

    // "import areas" stands in the group "import", which is made with its first verb.
    private Command Place(Verb verb)
    {
        Command at = _root;
        var words = verb.Name.Split(' ');
        for (var i = 0; i < words.Length; i++)
        {
            var next = at.Subcommands.FirstOrDefault(command => command.Name == words[i]);
            if (next is null)
            {
                next = new Command(words[i], VerbText.Get($"Verb.{string.Join('-', words[..(i + 1)])}"));
                at.Subcommands.Add(next);
            }

            at = next;
        }

        return at;
    }
}
