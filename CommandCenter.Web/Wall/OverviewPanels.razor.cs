using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using CommandCenter.Data.Grids;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Live;
using CommandCenter.Data.Storage;
using CommandCenter.Web.Charts;
using CommandCenter.Web.Live;
using CommandCenter.Web.Wall.Disputes;
using CommandCenter.Web.Wall.Police;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Wall;

public sealed partial class OverviewPanels
{
    // Looked for among everything open, so not for every change; at once when one more or one less is overdue, so that the list
    // never contradicts the figure.
    private static readonly TimeSpan DueEvery = TimeSpan.FromSeconds(5);
    private const int DueShown = 18; // more than fit at any size

    // Called from the renderer's own thread, StateHasChanged renders and compares before it returns.
    private static readonly Histogram<double> RenderDuration = StoreMetrics.Meter.CreateHistogram(
        "commandcenter.panel.render.duration",
        "s",
        "One wall's panels: figures taken over, rendered, compared.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1] });

    private DueIncidents _due = DueIncidents.None;
    private IReadOnlyList<DueRow> _rows = [];
    private DateTime _now, _asOf, _dueAt;
    private long _beat;

    [Inject] private BoardMask Mask { get; set; } = null!;

    [Inject] private OverviewFeed Feed { get; set; } = null!;

    [Inject] private PoliceFeed Statistics { get; set; } = null!;

    [Inject] private DisputeFeed Register { get; set; } = null!;

    [Inject] private LiveBoardHost Board { get; set; } = null!;

    [Inject] private AreaDirectory Areas { get; set; } = null!;

    [Inject] private LiveAreas Scopes { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    private OverviewFigures? Figures { get; set; }

    private IReadOnlyList<string> Hours { get; set; } = [];

    private IReadOnlyList<ChartSeries> Series { get; set; } = [];

    private IReadOnlyList<TownRow> Towns { get; set; } = [];

    private PoliceBoard? Police { get; set; }

    private DisputeBoard? Disputes { get; set; }

    private bool HasDisputes => Disputes is { HasAny: true };

    private bool HasStatistics => Police is { HasAny: true };

    protected override void Begin()
    {
        Take(Feed.Current(AreaCode));
        Police = Statistics.Current(AreaCode);
        Disputes = Register.Current(AreaCode);
    }

    protected override void Follow()
    {
        Keep(Feed.Subscribe(AreaCode, Shown<OverviewFigures>(figures =>
        {
            var began = Stopwatch.GetTimestamp();
            Take(figures);
            StateHasChanged();
            RenderDuration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        })));
        Keep(Statistics.Subscribe(AreaCode, Shown<PoliceBoard>(police =>
        {
            Police = police;
            StateHasChanged();
        })));
        Keep(Register.Subscribe(AreaCode, Shown<DisputeBoard>(disputes =>
        {
            Disputes = disputes;
            StateHasChanged();
        })));
        Begin();
    }

    private void Take(OverviewFigures figures)
    {
        _beat++;
        _now = Time.GetUtcNow().UtcDateTime;
        if (Board.State.Condition is not LiveCondition.StoreAway || _asOf == default)
        {
            _asOf = _now;
        }

        Figures = figures;
        Hours = [.. figures.Last24Hours.Select(hour => CountyTime.Local(hour.StartUtc).ToString("HH", CultureInfo.InvariantCulture))];
        Series =
        [
            new ChartSeries(T["Reported"], "bar", "accent-deep", [.. figures.Last24Hours.Select(hour => hour.Reported)]),
            new ChartSeries(T["Closed"], "line", "good", [.. figures.Last24Hours.Select(hour => hour.Closed)]),
        ];
        Towns = TownRow.Ranked(Areas.Current.Of(AreaLevel.Town, AreaCode), figures.Towns, Police?.Towns ?? []);
        if (_now - _dueAt >= DueEvery || _due.Overdue != figures.Overdue)
        {
            _dueAt = _now;
            _due = DueIncidents.Of(Board.Current, Scopes.Scope(AreaCode), _now, DueShown);
            _rows = DueRow.Of(_due, Areas.Current, Mask, Visitor);
        }
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Hour(DateTime utc) => CountyTime.Local(utc).ToString("HH:mm", CultureInfo.InvariantCulture);

    // Rounded down: 99.96 % is not "all of them on time".
    private static string Percent(double rate) => (Math.Floor(rate * 1000) / 10).ToString("0.0", CultureInfo.InvariantCulture);

    // What no town below can show: the towns' figures and this one add up to all.
    private int Unplaced => Figures!.Open - Figures.Towns.Where(town => town.Code.Length > 0).Sum(town => town.Open);
}
