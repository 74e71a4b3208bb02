using System.Globalization;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Disputes;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Access;
using CommandCenter.Web.Charts;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Disputes;

/// <summary>What is waiting, as its address asks for it.</summary>
public sealed partial class BacklogPage
{
    private const int DaysOfFlow = 30;

    [Inject] private DisputeCounts Counts { get; set; } = null!;

    [Inject] private Litigation Litigation { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "area")] private string? Area { get; set; }

    private IReadOnlyList<Area> Towns { get; set; } = [];

    private DisputeBacklog? Held { get; set; }

    private DisputeRatesOfPeriod? OfYear { get; set; }

    private LitigationFigure? Sued { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var today = Areas.Today;
        Towns = [.. Areas.Current.Of(AreaLevel.Town).Where(town => Sight.Covers(town.Code))];
        Area = Areas.Current.Find(Area) is { } area ? area.Code : null;
        try
        {
            Mediation = await MediationStore.ReadAsync(Ended);
            Held = await Counts.BacklogAsync(Sight, Area, DaysOfFlow, Ended);
            OfYear = await Counts.RatesAsync(Sight, Area, new DateOnly(today.Year, 1, 1), today, Ended);
            if (AccessPolicy.SightOf(Context.Subject(), Permission.SeeStatistics) is { } statistics && (Area ?? (Areas.Current.Of(AreaLevel.County) is [var county, ..] ? county.Code : null)) is { } of)
            {
                Sued = await Litigation.OfYearAsync(statistics, of, today, Ended);
            }
        }
        catch (StoreUnavailableException e)
        {
            Problem = T["StoreAway", e.Message];
        }
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private static string Percent(decimal? rate) => rate is { } known ? $"{(known * 100).ToString("0.0", CultureInfo.InvariantCulture)} %" : "—";

    private static IReadOnlyList<string> Steps(DisputeBacklog held) => [.. held.Flow.Select(day => $"{day.Day:MM-dd}")];

    private ChartSeries[] Movement(DisputeBacklog held) =>
    [
        new(T["Inflow"], "bar", "accent-deep", [.. held.Flow.Select(day => day.Inflow)]),
        new(T["Outflow"], "line", "good", [.. held.Flow.Select(day => day.Outflow)]),
    ];

    private ChartSeries[] Waiting(DisputeBacklog held) => [new(T["BacklogByDay"], "line", "accent", [.. held.Flow.Select(day => day.Backlog)])];

    private string TownName(string code) => AreaName(code.Length == 0 ? null : code);

    private string? TownAddress(string code) => code.Length == 0 ? null : List($"area={code}&open=true", withArea: false);

    private string? BodyAddress(string code) => List($"body={(code.Length == 0 ? "none" : Uri.EscapeDataString(code))}&open=true");

    // Of a register's days: those that were registered so many days ago.
    private static string AgeQuery(AgeBand band, DateOnly today)
    {
        var (newest, oldest) = band switch
        {
            AgeBand.UpTo7Days => (0, 7),
            AgeBand.UpTo15Days => (8, 15),
            AgeBand.UpTo30Days => (16, 30),
            AgeBand.UpTo60Days => (31, 60),
            _ => (61, (int?)null),
        };
        return $"open=true&to={Day(today.AddDays(-newest))}{(oldest is { } days ? $"&from={Day(today.AddDays(-days))}" : "")}";
    }

    private string List(string query) => List(query, withArea: true);

    private string List(string query, bool withArea) => $"/disputes/list?{query}{(withArea && Area is not null ? $"&area={Area}" : "")}";
}
