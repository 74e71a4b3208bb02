using System.Diagnostics;
using Spectre.Console;

namespace CommandCenter.Web.Commands;

/// <summary>Shows how far a piece of work is, on standard error: a bar on a terminal, a line now and then elsewhere.</summary>
internal sealed class VerbSteps(TextWriter output, bool isRedirected)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(2);

    /// <param name="what">The work, for people.</param>
    /// <param name="work">Is given what to call with how much is done, of how much; 0 while that is not known.</param>
    public Task<T> RunAsync<T>(string what, Func<Action<long, long>, Task<T>> work) =>
        RunAsync<T>(progress =>
        {
            progress(what, 0, 0);
            return work((done, total) => progress(what, done, total));
        });

    /// <summary>Work of several steps, one after the other, each with a bar of its own.</summary>
    /// <param name="work">Is given what to call with the step, for people, and how much of it is done, of how much.</param>
    public Task<T> RunAsync<T>(Func<Action<string, long, long>, Task<T>> work) => isRedirected ? InLinesAsync(work) : OnBarsAsync(work);

    private async Task<T> InLinesAsync<T>(Func<Action<string, long, long>, Task<T>> work)
    {
        var gate = new Lock();
        var clock = Stopwatch.StartNew();
        var told = TimeSpan.Zero;
        return await work((what, done, total) =>
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

    private async Task<T> OnBarsAsync<T>(Func<Action<string, long, long>, Task<T>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        return await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var gate = new Lock();
                ProgressTask? bar = null;
                var step = "";
                var result = await work((what, done, total) =>
                {
                    lock (gate)
                    {
                        if (bar is null || what != step)
                        {
                            Fill(bar);
                            bar = context.AddTask(Markup.Escape(what));
                            bar.IsIndeterminate = true;
                            step = what;
                        }

                        if (total > 0)
                        {
                            bar.IsIndeterminate = false;
                            bar.MaxValue = total;
                            bar.Value = done;
                        }
                    }
                });
                Fill(bar);
                return result;
            });
    }

    private static void Fill(ProgressTask? bar)
    {
        if (bar is not null)
        {
            bar.IsIndeterminate = false;
            bar.Value = bar.MaxValue;
            bar.StopTask();
        }
    }
}
