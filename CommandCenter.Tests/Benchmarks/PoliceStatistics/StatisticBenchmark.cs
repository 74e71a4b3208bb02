using System.Diagnostics;
using System.Globalization;
using System.Text;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Data.Storage;
using CommandCenter.Tests.Storage;

namespace CommandCenter.Tests.Benchmarks.PoliceStatistics;

/// <summary>
/// Ten years of 24 towns and 30 categories and tags by day, 2.6 million rows, as ten CSV files: read, looked through and taken in. Target: 60 s.
/// Then the figures that a page asks for (target 100 ms), the index of all towns (1 s), and a correction.
/// </summary>
public static class StatisticBenchmark
{
    private const int Towns = 24, Years = 10, FirstYear = 2016, Runs = 9;
    private const string County = "990101";

    private static readonly string[] Categories = ["criminal", "publicOrder", "traffic", "dispute", "help", "other"];
    private static readonly string[] Tags = ["theft", "robbery", "telecomFraud", "prostitution", "gambling", "drugs", "assault", "fatalAccident", "fire"];

    public static async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await using var database = new SqliteDatabase();
        await database.CreateAsync();
        var store = await database.OpenStoreAsync();
        var audit = new AuditLog(store, new NoAuditKey(), TimeProvider.System);
        var terms = new StatisticTermStore(store, audit);
        var (imports, figures) = (new StatisticStore(store, audit), new FigureQueries(store, terms));
        var previews = new StatisticPreviews(store, figures, TimeProvider.System);
        await ImportAsync(output, imports, previews, database, cancellationToken);

        var (month, year, day) = (Period.OfMonth(2025, 10), Period.YearTo(new DateOnly(2025, 11, 30)), Period.OfDay(new DateOnly(2025, 10, 15)));
        var criminal = StatisticSeries.Of(StatisticTerms.Calls, "criminal");
        var county = Sight.OfTheProgram;
        Task Table(Period period, Alignment alignment = Alignment.Calendar) => figures.TableAsync(county, new TableQuery(County, period, Alignment: alignment), cancellationToken);
        await MeasureAsync(output, "table of all towns and series, a month with Yoy and Mom", 100, () => Table(month));
        await MeasureAsync(output, "the same, the year to date", 100, () => Table(year));
        await MeasureAsync(output, "the same, a day", 100, () => Table(day));
        await MeasureAsync(output, "the same, a month by the Spring Festival", 100, () => Table(month, Alignment.SpringFestival));
        await MeasureAsync(output, "one figure of the county", 100, () => figures.FigureAsync(county, criminal, County, month, Alignment.Calendar, null, cancellationToken));
        await MeasureAsync(output, "trend of 24 months with last year and band, the county", 100, () => figures.TrendAsync(county, new TrendQuery(County, criminal, TrendGrain.Month, new DateOnly(2024, 1, 1), new DateOnly(2025, 12, 31)), cancellationToken));
        await MeasureAsync(output, "trend of 10 years by month, a town", 100, () => figures.TrendAsync(county, new TrendQuery("990101003", criminal, TrendGrain.Month, new DateOnly(FirstYear, 1, 1), new DateOnly(2025, 12, 31)), cancellationToken));
        await MeasureAsync(output, "trend of 90 days, the county", 100, () => figures.TrendAsync(county, new TrendQuery(County, criminal, TrendGrain.Day, new DateOnly(2025, 9, 1), new DateOnly(2025, 11, 29)), cancellationToken));
        await MeasureAsync(output, "trend of 365 days, the county", 100, () => figures.TrendAsync(county, new TrendQuery(County, criminal, TrendGrain.Day, new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31)), cancellationToken));
        var index = new SafetyIndexStore(store, figures, terms, new SafetyWeightStore(store, audit));
        var of = new DateOnly(2025, 9, 1);
        await MeasureAsync(output, "index of all towns for a day, computed and stored", 1_000, () => index.ComputeAsync(County, of = of.AddDays(1), of, "bench", cancellationToken));
        await MeasureAsync(output, "index of all towns for a day, read", 100, () => index.OnAsync(county, County, of, cancellationToken));

        var one = new StatisticDraft();
        foreach (var town in Codes())
        {
            one.AddDay(criminal, town, new DateOnly(2025, 10, 15), 99);
        }

        var clock = Stopwatch.StartNew();
        var correction = await imports.ImportAsync(one, new StatisticHeader("公安局", null, Guid.NewGuid().ToString("N"), new DateOnly(2026, 1, 2)), ChangedBy.Program, cancellationToken);
        output.WriteLine($"a day's correction of all towns: {clock.ElapsedMilliseconds} ms");
        await MeasureAsync(output, "table of a month as it was before the correction", 100, () => figures.TableAsync(county, new TableQuery(County, month, Version: correction.Import.Position - 1), cancellationToken));
        clock.Restart();
        await imports.UndoAsync(correction.Import.Position, "bench", ChangedBy.Program, cancellationToken);
        output.WriteLine($"undone: {clock.ElapsedMilliseconds} ms");
    }

    private static async Task ImportAsync(TextWriter output, StatisticStore imports, StatisticPreviews previews, SqliteDatabase database, CancellationToken cancellationToken)
    {
        var files = Enumerable.Range(FirstYear, Years).Select(File).ToList();
        output.WriteLine($"import: {files.Sum(file => file.Rows):N0} rows in {files.Count} CSV files, {files.Sum(file => (long)file.Content.Length) / 1e6:0.0} MB");
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var (whole, read, look, take) = (Stopwatch.StartNew(), new Stopwatch(), new Stopwatch(), new Stopwatch());
        foreach (var (i, file) in files.Index())
        {
            read.Start();
            var rows = TableFile.Read(file.Content);
            var layout = LayoutGuess.Of(rows.Take(LayoutGuess.RowsLookedAt).ToList(), StatisticTerms.Defaults, FirstYear + i);
            var content = StatisticFileReader.Read(rows, layout, StatisticTerms.Defaults, new AreaNames(TownHistory.Empty));
            read.Stop();
            content.Errors.First.ShouldBeEmpty();
            content.Draft.Cells.ShouldBe(file.Rows);
            look.Start();
            await previews.CompareAsync(content.Draft, new DateOnly(2026, 1, 1), content.Notes, cancellationToken);
            look.Stop();
            take.Start();
            await imports.ImportAsync(content.Draft, new StatisticHeader("公安局", $"{FirstYear + i}.csv", $"{i}", new DateOnly(2026, 1, 1)), ChangedBy.Program, cancellationToken);
            take.Stop();
        }

        output.WriteLine($"import: {whole.Elapsed.TotalSeconds:0.0} s; target 60 s (reading {read.Elapsed.TotalSeconds:0.0}, preview {look.Elapsed.TotalSeconds:0.0}, storing {take.Elapsed.TotalSeconds:0.0})");
        process.Refresh();
        output.WriteLine($"import: {(process.TotalProcessorTime - before).TotalSeconds:0.0} s of processor time");
        output.WriteLine($"import: {new FileInfo(database.File).Length / 1e6:0.0} MB of database");
    }

    private static IEnumerable<string> Codes() => Enumerable.Range(1, Towns).Select(town => string.Create(CultureInfo.InvariantCulture, $"{County}{town:000}"));

    // Six categories, nine tags, and fifteen pairs of both.
    private static (byte[] Content, int Rows) File(int year)
    {
        var random = new Random(year);
        var series = Categories.Select(category => (category, "")).Concat(Tags.Select(tag => ("", tag)))
            .Concat(Categories.Take(5).SelectMany(category => Tags.Take(3).Select(tag => (category, tag)))).ToList();
        var text = new StringBuilder("日期,镇街,类别,标签,数量\n");
        var rows = 0;
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
        {
            foreach (var town in Codes())
            {
                foreach (var (category, tag) in series)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd},{town},{category},{tag},{random.Next(0, 9)}\n");
                    rows++;
                }
            }
        }

        return (Encoding.UTF8.GetBytes(text.ToString()), rows);
    }

    private static async Task MeasureAsync(TextWriter output, string what, int target, Func<Task> run)
    {
        await run();
        var times = new List<double>();
        for (var i = 0; i < Runs; i++)
        {
            var clock = Stopwatch.StartNew();
            await run();
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {times[Runs / 2]:0.0} ms (median of {Runs}, slowest {times[^1]:0.0}); target {target} ms"));
    }
}
