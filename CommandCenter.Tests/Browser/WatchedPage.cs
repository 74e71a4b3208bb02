using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace CommandCenter.Tests.Browser;

/// <summary>A page, with everything it asked for elsewhere, every break of its content policy, and every script error.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    // Seconds. Software rendering on a busy machine takes its time; the tests that measure time do so themselves.
    private const float Patience = 120;

    private readonly IBrowserContext _context;

    private WatchedPage(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    public ConcurrentQueue<string> OutsideRequests { get; } = [];

    public ConcurrentQueue<string> PolicyBreaks { get; } = [];

    public ConcurrentQueue<string> Errors { get; } = [];

    public ConcurrentQueue<string> Dialogs { get; } = [];

    /// <summary>What its scripts and the browser said, with the seconds since it was opened.</summary>
    public ConcurrentQueue<string> Said { get; } = [];

    public static async Task<WatchedPage> OfAsync(IBrowserContext context, Uri origin)
    {
        context.SetDefaultTimeout(Patience * 1000);
        var watched = new WatchedPage(context, await context.NewPageAsync());
        await context.ExposeFunctionAsync("tellPolicyBreak", (string what) => watched.PolicyBreaks.Enqueue(what));
        await context.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', e => tellPolicyBreak(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber} ${e.sample}`));");
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(origin.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                watched.OutsideRequests.Enqueue(request.Url);
            }
        };
        watched.Page.PageError += (_, error) => watched.Errors.Enqueue(error);
        var since = Stopwatch.StartNew();
        watched.Page.Crash += (_, _) => watched.Said.Enqueue($"{since.Elapsed.TotalSeconds:F1} the page crashed");
        watched.Page.Console += (_, message) =>
        {
            watched.Said.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{since.Elapsed.TotalSeconds:F1} {message.Type}: {message.Text}"));
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                watched.PolicyBreaks.Enqueue(message.Text);
            }
        };
        watched.Page.Dialog += async (_, dialog) =>
        {
            watched.Dialogs.Enqueue(dialog.Message);
            await dialog.DismissAsync();
        };
        return watched;
    }

    /// <summary>Opens the wall and waits until map, chart, stream and circuit all stand.</summary>
    public async Task OpenWallAsync(string address = "/wall")
    {
        await Page.GotoAsync(address);
        await ReadyAsync("cc-map");
        await ReadyAsync("cc-chart");
        await LiveAsync();
        await CircuitBeatsAsync();
    }

    /// <summary>Waits for a picture; one that does not come tells what the page shows in its place and what it said.</summary>
    public async Task ReadyAsync(string element, float seconds = Patience)
    {
        try
        {
            await Page.Locator($"{element}[data-ready]").WaitForAsync(Within(seconds));
        }
        catch (TimeoutException late)
        {
            var there = await Page.EvaluateAsync<string>(
                "element => [...document.querySelectorAll(element)].map(one => `${JSON.stringify(one.dataset)} ${one.innerHTML}`.slice(0, 600)).join('\\n') + '\\n' + document.body.innerText.slice(0, 400)", element);
            throw new TimeoutException($"{element} did not come in {seconds} s at {Page.Url}. There is: {there}\n{string.Join('\n', Said.TakeLast(60))}", late);
        }
    }

    public Task LiveAsync(float seconds = Patience) => Page.Locator("[data-link='live']").WaitForAsync(Within(seconds));

    /// <summary>Waits until the circuit has rendered twice from now on.</summary>
    public async Task CircuitBeatsAsync(float seconds = Patience)
    {
        const string moved = "before => { const beat = document.querySelector('[data-beat]')?.dataset.beat; return beat !== undefined && beat !== before; }";
        var options = new PageWaitForFunctionOptions { Timeout = seconds * 1000 };
        for (var i = 0; i < 2; i++)
        {
            var before = await Page.EvaluateAsync<string?>("document.querySelector('[data-beat]')?.dataset.beat ?? null");
            await Page.WaitForFunctionAsync(moved, before, options);
        }
    }

    /// <summary>All of it, visible or not, as the page has it now.</summary>
    public Task<string> TextAsync() => Page.EvaluateAsync<string>("document.body.innerText");

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    internal static LocatorWaitForOptions Within(float seconds) => new() { Timeout = seconds * 1000, State = WaitForSelectorState.Attached };

    internal static LocatorWaitForOptions Patient => Within(Patience);
}
