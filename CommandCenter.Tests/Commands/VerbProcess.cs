using System.Diagnostics;

namespace CommandCenter.Tests.Commands;

/// <summary>The program run with a verb, as an operator runs it: a process of its own, its exit code, and what it printed.</summary>
internal sealed record VerbProcess(int ExitCode, string Output, string Error)
{
    public string Both => $"{Output}{Error}";

    /// <summary>Runs a verb in English on the database of a folder.</summary>
    public static Task<VerbProcess> RunAsync(string folder, params string[] words) => RunAsync(folder, LanguageOf(words), environment: null, words);

    public static async Task<VerbProcess> RunAsync(string folder, string? language, IReadOnlyDictionary<string, string?>? environment, params string[] words)
    {
        using var process = Start(folder, language, environment, words);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new VerbProcess(process.ExitCode, await output, await error);
    }

    /// <summary>Starts a verb and does not wait.</summary>
    public static Process Start(string folder, string? language, IReadOnlyDictionary<string, string?>? environment, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "CommandCenter.Web.dll"),
                $"--contentRoot={AppContext.BaseDirectory}",
                $"--ConnectionStrings:CommandCenter=Data Source={Path.Combine(folder, "commandcenter.db")}",
            },
        };
        foreach (var word in language is null ? words : [.. words, "--lang", language])
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public VerbProcess ShouldEndWith(int exitCode)
    {
        ExitCode.ShouldBe(exitCode, Both);
        Both.ShouldNotContain("   at ", customMessage: "A person is told what to do, not where in the program it went wrong.");
        return this;
    }

    private static string? LanguageOf(string[] words) => words.Any(word => word.StartsWith("--lang", StringComparison.Ordinal)) ? null : "en";
}
