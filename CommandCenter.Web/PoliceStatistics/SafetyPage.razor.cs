using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace CommandCenter.Web.PoliceStatistics;

/// <summary>The safety index as the address asks for it.</summary>
public sealed partial class SafetyPage
{
    private const int DaysOfTrend = 30;

    /// <summary>Fields of the form that tries weights: <c>w_crime</c>.</summary>
    internal const string FieldOfWeight = "w_";

    [SupplyParameterFromQuery(Name = "area")] private string? AreaGiven { get; set; }

    [SupplyParameterFromQuery(Name = "on")] private string? OnGiven { get; set; }

    [SupplyParameterFromQuery(Name = "town")] private string? Town { get; set; }

    [SupplyParameterFromQuery(Name = "weights")] private string? WeightsGiven { get; set; }

    [SupplyParameterFromForm] private string? Reason { get; set; }

    [CascadingParameter] private HttpContext Context { get; set; } = null!;

    [Inject] private SafetyIndexStore Index { get; set; } = null!;

    [Inject] private SafetyWeightStore WeightStore { get; set; } = null!;

    [Inject] private StatisticTermStore Terms { get; set; } = null!;

    [Inject] private FigureQueries Figures { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    private StatisticNames Names { get; set; } = new(StatisticTerms.Defaults, TownHistory.Empty);

    private string County { get; set; } = "";

    private DateOnly? Day { get; set; }

    private SafetyWeights? Tried { get; set; }

    private IReadOnlyList<SafetyWeightVersion> Versions { get; set; } = [SafetyWeightVersion.Default];

    // The least safe first.
    private IReadOnlyList<StoredSafetyIndex> Towns { get; set; } = [];

    private Dictionary<string, decimal?> Before { get; set; } = [];

    private StoredSafetyIndex? Chosen { get; set; }

    private IReadOnlyList<StoredSafetyIndex> Trend { get; set; } = [];

    private string? Said { get; set; }

    private bool IsBad { get; set; }

    private Sight Sight => Context.Sight(Permission.SeeStatistics);

    private bool MayChange => AccessPolicy.Allows(Context.Subject(), Permission.ManageStatistics);

    // What the form that tries weights keeps of the address.
    private IReadOnlyList<(string Name, string Value)> Hidden =>
        [("area", County), .. Day is { } day ? [("on", StatisticsText.Day(day))] : Array.Empty<(string, string)>(), .. Town is { } town ? [("town", town)] : Array.Empty<(string, string)>()];

    protected override async Task OnInitializedAsync()
    {
        var towns = await Figures.TownsAsync(Context.RequestAborted);
        Names = new StatisticNames(await Terms.ReadAsync(Context.RequestAborted), towns);
        Versions = await WeightStore.ListAsync(Context.RequestAborted);
        var errors = new FieldErrors();
        County = AreaGiven is null ? Usual(towns) : FigureReader.Area(AreaGiven, errors);
        County = County.Length > 6 ? County[..6] : County;
        Day = FigureReader.Day("on", string.IsNullOrEmpty(OnGiven) ? null : OnGiven, errors);
        if (Typed() is { } typed)
        {
            // Seven fields ask; the address that stays has one.
            if (SafetyWeightText.TryParse(typed, out var read))
            {
                Navigation.NavigateTo(At(Day, Town, read));
                return;
            }

            errors.AddText("weights", StatisticMessages.Get("BadWeights"));
        }
        else if (WeightsGiven is not null)
        {
            Tried = SafetyWeightText.TryParse(WeightsGiven, out var other) ? other : null;
            if (Tried is null)
            {
                errors.AddText("weights", StatisticMessages.Get("BadWeights"));
            }
        }

        if (errors.Any)
        {
            (Said, IsBad) = (string.Join(' ', errors.ToDictionary().SelectMany(field => field.Value)), true);
            return;
        }

        Day ??= await Index.LastDayAsync(County, Context.RequestAborted);
        if (Day is { } day)
        {
            Towns = [.. (await Index.OnAsync(Sight, County, day, Context.RequestAborted)).OrderBy(town => town.Index.Score ?? decimal.MaxValue)];
            Before = (await Index.OnAsync(Sight, County, day.AddDays(-1), Context.RequestAborted)).ToDictionary(town => town.AreaCode, town => town.Index.Score, StringComparer.Ordinal);
            Chosen = Towns.FirstOrDefault(town => town.AreaCode == Town) ?? (Towns.Count > 0 ? Towns[0] : null);
            Trend = Chosen is null ? [] : await Index.InSightAsync(Sight, Chosen.AreaCode, day.AddDays(1 - DaysOfTrend), day, Context.RequestAborted);
        }
    }

    private async Task ChangeAsync()
    {
        var reason = Reason?.Trim() ?? "";
        if (!MayChange || Tried is not { } weights || reason.Length is 0 or > SafetyWeightStore.LongestReason)
        {
            (Said, IsBad) = (T["NotChanged"], true);
            return;
        }

        var version = await WeightStore.ChangeAsync(weights, reason, Context.By(), CancellationToken.None);
        Versions = await WeightStore.ListAsync(CancellationToken.None);
        (Said, Tried) = (T["Changed", version], null);
    }

    private string Usual(TownHistory towns) => Sight.Area is { Length: >= 6 } own
        ? own[..6]
        : towns.Names.Where(area => area.Code.Length == 6).Select(area => area.Code).Order(StringComparer.Ordinal).FirstOrDefault() ?? "000000";

    // Null when the form was not sent.
    private string? Typed()
    {
        var fields = Enum.GetValues<SafetyPart>().Select(part => (Name: SafetyWeightText.NameOf(part), Given: Context.Request.Query[FieldOfWeight + SafetyWeightText.NameOf(part)].ToString())).ToList();
        return fields.TrueForAll(field => field.Given.Length == 0) ? null : string.Join(',', fields.Where(field => field.Given.Length > 0).Select(field => $"{field.Name}:{field.Given}"));
    }

    private string At(DateOnly? day, string? town, SafetyWeights? tried) => QueryHelpers.AddQueryString(
        "/safety",
        new (string Name, string? Value)[] { ("area", County), ("on", day is { } on ? StatisticsText.Day(on) : null), ("town", town), ("weights", tried is null ? null : SafetyWeightText.Of(tried)) }
            .Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
}
