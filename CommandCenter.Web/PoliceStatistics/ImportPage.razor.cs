using System.Globalization;
using System.Text.Json;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Web.Accounts;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary>The form for the next file, the versions that were taken, and what one of them brought.</summary>
public sealed partial class ImportPage
{
    private const int VersionsShown = 20;

    // As text: what is no number would be a fault of the page.
    [SupplyParameterFromQuery(Name = "version")] private string? Version { get; set; }

    [SupplyParameterFromQuery(Name = "taken")] private string? Taken { get; set; }

    [SupplyParameterFromQuery(Name = "after")] private string? After { get; set; }

    [SupplyParameterFromForm] private string? Reason { get; set; }

    [CascadingParameter] private HttpContext Context { get; set; } = null!;

    [Inject] private StatisticStore Store { get; set; } = null!;

    [Inject] private StatisticTermStore Terms { get; set; } = null!;

    [Inject] private FigureQueries Figures { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    private DateOnly Today => CountyTime.Day(Time.GetUtcNow().UtcDateTime);

    private StatisticNames Names { get; set; } = new(StatisticTerms.Defaults, TownHistory.Empty);

    private List<(string Code, string Name)> Areas { get; set; } = [];

    private IReadOnlyList<StatisticImport> Versions { get; set; } = [];

    private long? Older { get; set; }

    private StatisticImport? Shown { get; set; }

    private IReadOnlyList<ImportedSeries> Contents { get; set; } = [];

    private string? Said { get; set; }

    private string? SeenAt { get; set; }

    private bool IsBad { get; set; }

    // The script speaks with the page's own words.
    private string Texts => JsonSerializer.Serialize(T.GetAllStrings(includeParentCultures: true).ToDictionary(text => text.Name, text => text.Value));

    protected override async Task OnInitializedAsync()
    {
        var towns = await Figures.TownsAsync(Context.RequestAborted);
        Names = new StatisticNames(await Terms.ReadAsync(Context.RequestAborted), towns);
        Areas = [.. towns.Names.OrderBy(area => area.Code, StringComparer.Ordinal)];
        if (Version is { } version)
        {
            Shown = await FindAsync(version);
            Contents = Shown is null ? [] : await Store.ContentsAsync(Shown.Position, Context.RequestAborted);
            (Said, IsBad) = Shown is null ? (T["NoVersion", version].Value, true) : (null, false);
        }

        if (Taken is { } taken && await FindAsync(taken) is { } import)
        {
            (Said, SeenAt) = (T["Taken", import.Position, import.Cells.ToString("N0", CultureInfo.CurrentCulture)], FiguresAt(import));
        }

        await ListAsync();
    }

    private async Task UndoAsync(StatisticImport version)
    {
        var reason = Reason?.Trim() ?? "";
        if (reason.Length is 0 or > StatisticHeader.LongestNote)
        {
            (Said, IsBad) = (T["NoReason"], true);
            return;
        }

        var undone = await Store.UndoAsync(version.Position, reason, Context.By(), CancellationToken.None);
        (Said, IsBad, SeenAt) = (T[undone ? "UndoneNow" : "AlreadyUndone", version.Position], !undone, null);
        Shown = await Store.FindAsync(version.Position, CancellationToken.None);
        await ListAsync();
    }

    private async Task<StatisticImport?> FindAsync(string position) =>
        ApiRequest.Position(position) is { } number ? await Store.FindAsync(number, Context.RequestAborted) : null;

    private async Task ListAsync()
    {
        Versions = await Store.ListAsync(ApiRequest.Position(After), VersionsShown, Context.RequestAborted);
        Older = Versions.Count == VersionsShown ? Versions[^1].Position : null;
    }

    /// <summary>Where the figures of a version are looked at: as it stood, in its last month.</summary>
    private static string FiguresAt(StatisticImport import) =>
        string.Create(CultureInfo.InvariantCulture, $"/statistics?period={import.LastDay:yyyy-MM}&version={import.Position}");

    private void SeriesOptions(RenderTreeBuilder builder)
    {
        foreach (var (series, name) in SeriesChoices.Of(Names))
        {
            builder.OpenElement(0, "option");
            builder.AddAttribute(1, "value", series.Code);
            builder.AddContent(2, name);
            builder.CloseElement();
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static string Local(DateTime utc) => CountyTime.Local(utc).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
