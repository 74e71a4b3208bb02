using System.Diagnostics;
using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Nodes;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Radzen;
using Radzen.Blazor;

namespace CommandCenter.Web.Admin;

/// <summary>How this node is, once a second: what load balancers and collectors are told, for a person.</summary>
public sealed partial class HealthPanels : IDisposable
{
    // From where on a figure is coloured and worded. A commit on a healthy disk takes a few milliseconds, and a queue is gone within one.
    private static readonly (double Warning, double Failed) CommitMilliseconds = (100, 1000);
    private static readonly (double Warning, double Failed) WritesWaiting = (100, 1000);
    private static readonly (double Warning, double Failed) MemoryShare = (0.80, 0.95);

    private static readonly DateTime Started = Process.GetCurrentProcess().StartTime.ToUniversalTime();

    private readonly CancellationTokenSource _gone = new();
    private DateTime _now;
    private long _beat;

    [Inject] private AuthenticationStateProvider Who { get; set; } = null!;

    [Inject] private NodeHealth Health { get; set; } = null!;

    [Inject] private NodeFiguresKeeper Keeper { get; set; } = null!;

    [Inject] private OverviewFeed Overview { get; set; } = null!;

    [Inject] private LiveFeed Hub { get; set; } = null!;

    [Inject] private CircuitCount Circuits { get; set; } = null!;

    [Inject] private Advisories Found { get; set; } = null!;

    [Inject] private Store Store { get; set; } = null!;

    [Inject] private NodeRoster Nodes { get; set; } = null!;

    [Inject] private NodeIdentity Self { get; set; } = null!;

    [Inject] private StorageOptions Storage { get; set; } = null!;

    [Inject] private HealthOptions Options { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    private HealthReport? Report { get; set; }

    private NodeRosterReading Roster { get; set; } = null!;

    // A figure that is too high and a node that is silent never say "not ready", but neither does the page say that all is well above them.
    private CheckState Verdict => Report!.Worst == CheckState.Ok
        && (Cards.SelectMany(card => card.Facts).Concat(Traffic).Any(fact => fact.State != CheckState.Ok) || Roster.Nodes.Any(NodeRosterReading.IsSilent))
        ? CheckState.Warning
        : Report.Worst;

    private IReadOnlyList<string> Advice { get; set; } = [];

    private IReadOnlyList<(string Name, Finding Finding, Fact[] Facts)> Cards { get; set; } = [];

    private IReadOnlyList<Fact> Traffic { get; set; } = [];

    private IReadOnlyList<NodeMinute?> Hour { get; set; } = [];

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        await Who.SightAsync(Permission.SeeHealth);
        await LookAsync();
        if (RendererInfo.IsInteractive)
        {
            _ = FollowAsync(_gone.Token);
        }
    }

    private async Task FollowAsync(CancellationToken gone)
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), Time);
            while (await timer.WaitForNextTickAsync(gone))
            {
                await LookAsync();
                StateHasChanged();
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
#pragma warning disable CA1031 // Whatever it is: the circuit shall end of it, seen, so that the page offers to reload (boot.js).
        catch (Exception e) when (e is not ObjectDisposedException)
#pragma warning restore CA1031
        {
            await DispatchExceptionAsync(e);
        }
    }

    private async Task LookAsync()
    {
        Roster = await Nodes.LookAsync(_gone.Token);
        Report = await Health.CheckAsync(_gone.Token);
        _now = Time.GetUtcNow().UtcDateTime;
        _beat++;
        var figures = Keeper.Current;
        Advice = [.. Found.Current(T)];
        Cards = [("Store", Report.Store, StoreFacts(Report, figures)), ("Board", Report.Board, BoardFacts(Report)), ("Disk", Report.Disk, DiskFacts(Report))];
        Traffic = TrafficFacts(figures);
        Hour = Keeper.Hour;
    }

    private Fact[] StoreFacts(HealthReport report, NodeFigures figures) =>
    [
        new("Provider", Storage.Provider == StorageProvider.Sqlite ? "SQLite" : "SQL Server"),
        new("Position", report.Head is { } head ? Number(head) : "—"),
        new("CommitTime", figures.CommitTime is { } commit ? $"{Number(commit.TotalMilliseconds, commit.TotalMilliseconds < 100 ? 1 : 0)} ms" : "—", State: Judge(figures.CommitTime?.TotalMilliseconds ?? 0, CommitMilliseconds)),
        new("Waiting", Number(Store.WritesWaiting), State: Judge(Store.WritesWaiting, WritesWaiting)),
    ];

    private Fact[] BoardFacts(HealthReport report) =>
    [
        new("BoardPosition", Number(report.BoardPosition)),
        new("Lag", report.Lag is { } lag ? Number(lag) : "—"),
        new("Age", report.BoardAge is { } age ? $"{Number(Math.Max(0, age.TotalSeconds), 1)} s" : "—"),
        new("LastReport", Overview.Current("").LastEventAt is { } at ? Clock(at) : "—"),
    ];

    private Fact[] DiskFacts(HealthReport report) =>
    [
        new("Where", report.Room?.Where ?? "—"),
        new("Room", report.Room is { FreeBytes: { } free, TotalBytes: { } total } ? $"{ByteSize.Of(free)} / {ByteSize.Of(total)}" : "—"),
        new("DatabaseSize", report.Room is { } room ? ByteSize.Of(room.UsedBytes) : "—"),
    ];

    private IReadOnlyList<Fact> TrafficFacts(NodeFigures figures)
    {
        var memory = GC.GetGCMemoryInfo();
        var (used, load) = (Environment.WorkingSet, (double)memory.MemoryLoadBytes / memory.TotalAvailableMemoryBytes);
        return
        [
            new("ReportedToday", Number(Overview.Current("").ReportedToday), T["Cases"]),
            new("LastMinute", Number(figures.TakenInLastMinute), T["Cases"]),
            new("LastFiveMinutes", Number(figures.TakenInLastFiveMinutes), T["Cases"]),
            new("Commits", Number(figures.CommitsPerSecond, 1), T["PerSecond"]),
            new("Walls", Number(Overview.SubscriberCount), T["Screens"]),
            new("Circuits", Number(Circuits.Connected), T["Pages"]),
            new("Subscribers", Number(Hub.ClientCount), T["Links"]),
            new("Memory", ByteSize.Of(used), T["MachineMemory", Number(100 * load)], Judge(load, MemoryShare)),
        ];
    }

    private static CheckState Judge(double value, (double Warning, double Failed) from) =>
        value >= from.Failed ? CheckState.Failed : value >= from.Warning ? CheckState.Warning : CheckState.Ok;

    private static string Css(CheckState state) => state.ToString().ToLowerInvariant();

    // A shape beside every colour.
    private static string Mark(CheckState state) => state switch
    {
        CheckState.Ok => "●",
        CheckState.Warning => "▲",
        _ => "✕",
    };

    private static BadgeStyle Badge(CheckState state) => state switch
    {
        CheckState.Ok => BadgeStyle.Success,
        CheckState.Warning => BadgeStyle.Warning,
        _ => BadgeStyle.Danger,
    };

    private static ProgressBarStyle Bar(CheckState state) => state switch
    {
        CheckState.Ok => ProgressBarStyle.Primary,
        CheckState.Warning => ProgressBarStyle.Warning,
        _ => ProgressBarStyle.Danger,
    };

    private static string Number(double value, int digits = 0) => value.ToString($"N{digits}", CultureInfo.InvariantCulture);

    private static string Clock(DateTime utc) => CountyTime.Local(utc).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Duration(TimeSpan span) => span.TotalDays >= 1
        ? $"{(int)span.TotalDays} d {span.Hours} h"
        : $"{(int)span.TotalHours:00}:{span.Minutes:00}:{span.Seconds:00}";

    /// <param name="Name">Names its label in the resources.</param>
    private sealed record Fact(string Name, string Value, string Unit = "", CheckState State = CheckState.Ok);
}
