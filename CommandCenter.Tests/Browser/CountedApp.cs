using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Web.Demo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Browser;

/// <summary>One application with the demonstration county, some reports, its statistics and its disputes.</summary>
public sealed class CountedApp : IAsyncLifetime
{
    public WallApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = WallApp.Start();
        await Bring.CountyAsync(App.Http);
        for (var grid = 0; grid < 40; grid += 2)
        {
            await Bring.ReportAsync(App.Http, $"测试上报 {grid}", urgency: grid % 6 == 0 ? "urgent" : "normal", grid: grid);
        }

        var statistics = new DemoStatistics(App.Services.GetRequiredService<StatisticStore>(), TimeProvider.System, NullLogger<DemoStatistics>.Instance) { YearsBefore = 1 };
        await statistics.AdvanceAsync(CancellationToken.None);
        await ActivatorUtilities.CreateInstance<DemoDisputes>(App.Services).Back(90).LoadAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

/// <summary>What a test sends in of statistics, over the public interface.</summary>
internal static class BringFigures
{
    /// <summary>The days of the running year and of the last, as far as this day: what a county compares.</summary>
    public static (DateOnly Now, DateOnly Then) Today
    {
        get
        {
            var yesterday = Data.Incidents.CountyTime.Day(DateTime.UtcNow).AddDays(-1);
            return (yesterday, yesterday.AddYears(-1));
        }
    }

    /// <summary>The county's days of this and of the last year to date: all of it on the last day, and nothing on the others.</summary>
    public static IEnumerable<(string Area, string Series, DateOnly Day, decimal Value)> Year(string series, decimal now, decimal then) =>
        from pair in new[] { (Last: Today.Now, Value: now), (Last: Today.Then, Value: then) }
        from day in Enumerable.Range(1, pair.Last.DayOfYear).Select(pair.Last.AddDays(-pair.Last.DayOfYear).AddDays)
        select (DemoPlaces.CountyCode, series, day, day == pair.Last ? pair.Value : 0);

    /// <summary>Sends figures of days in.</summary>
    /// <returns>The version, and when the answer was there.</returns>
    public static async Task<(long Version, DateTime At)> PostAsync(HttpClient http, DateOnly asOf, params (string Area, string Series, DateOnly Day, decimal Value)[] figures)
    {
        var body = new
        {
            source = "公安局",
            asOf = Text(asOf),
            figures = figures.Select(figure =>
            {
                var series = StatisticSeries.Parse(figure.Series);
                return new { area = figure.Area, measure = series.Measure, category = Null(series.Category), tag = Null(series.Tag), day = Text(figure.Day), value = figure.Value };
            }),
        };
        var answer = await http.PostAsJsonAsync("api/v1/statistics?acceptSuspicious=true", body);
        var at = DateTime.UtcNow;
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        using var json = JsonDocument.Parse(text);
        return (json.RootElement.GetProperty("version").GetInt64(), at);
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Null(string text) => text.Length > 0 ? text : null;
}
