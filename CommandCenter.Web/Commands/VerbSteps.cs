using System.Diagnostics;
using Spectre.Console;

namespace CommandCenter.Web.Commands;

/// <summary>Shows how far a piece of work is, on standard error: a bar on a terminal, a line now and then elsewhere.</summary>
internal sealed class VerbSteps(TextWriter output, bool isRedirected)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(2);

    /// <param name="what">The work, for people.</param>
    /// <param name="work">Is given what to call with how much is done, of how much; 0 while that is not known.</param>
    public Task<T> RunAsync<T>(string what, Func<Action<long, long>, Task<T>> work) => isRedirected ? InLinesAsync(what, work) : OnBarAsync(what, work);

    private async Task<T> InLinesAsync<T>(string what, Func<Action<long, long>, Task<T>> work)
    {
        var gate = new Lock();
        var clock = Stopwatch.StartNew();
        var told = TimeSpan.Zero;
        return await work((done, total) =>
        {
            lock (gate)
            {
                if (clock.Elapsed - told >= BetweenLines)
                {
                    told = clock.Elapsed;
                    output.WriteLine(total > 0
                        ? VerbText.Get("StepOf", what, done, total, done * 100 / total)
                        : VerbText.Get("Step", what, done));
                }
            }
        });
    }

    private async Task<T> OnBarAsync<T>(string what, Func<Action<long, long>, Task<T>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        return await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(what));
                bar.IsIndeterminate = true;
                var result = await work((done, total) =>
                {
                    if (total > 0)
                    {
                        bar.IsIndeterminate = false;
                        bar.MaxValue = total;
                        bar.Value = done;
                    }
                });
                bar.IsIndeterminate = false;
                bar.Value = bar.MaxValue;
                return result;
            });
    }
}
