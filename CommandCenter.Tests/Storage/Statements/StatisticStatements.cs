using CommandCenter.Data.Accounts;
using CommandCenter.Data.Audit;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Data.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Storage.Statements;

/// <summary>Calls every method of the statistics once.</summary>
internal static class StatisticStatements
{
    private static readonly (string, object)[] AnImport = [("position", 7L), ("RecordedAt", DateTime.UnixEpoch), ("AsOf", DateTime.UnixEpoch), ("FirstDay", DateTime.UnixEpoch), ("LastDay", DateTime.UnixEpoch)];

    public static async Task RunAsync(Store store)
    {
        var known = new RecordingSqlServer()
            .Answering("MIN(month) AS First", ("First", 1), ("Last", 1))
            .Answering("SELECT source FROM statistic_import", ("source", "公安局"))
            .Answering("AS RecordedAt, actor, source, file_name", AnImport);
        using var another = new Store(known, TimeProvider.System, NullLogger<Store>.Instance);
        var log = new AuditLog(another, new NoAuditKey(), TimeProvider.System);
        var (imports, terms) = (new StatisticStore(another, log), new StatisticTermStore(another, log));
        var (by, day, series) = (ChangedBy.Program, new DateOnly(2026, 1, 31), StatisticSeries.Of(StatisticTerms.Calls, "criminal"));
        var draft = new StatisticDraft();
        draft.AddMonth(series, "990101002", day, 3);
        draft.AddDay(series, "990101002", day, 3.5m);
        await imports.ImportAsync(draft, new StatisticHeader("公安局", "x.csv", new string('0', 64), day, "注"), by, CancellationToken.None);
        await imports.UndoAsync(7, "错", by, CancellationToken.None);
        await imports.ListAsync(after: null, 10, CancellationToken.None);
        await imports.FindAsync(7, CancellationToken.None);
        await imports.ContentsAsync(7, CancellationToken.None);
        await terms.ReadAsync(CancellationToken.None);
        await terms.SaveAsync(StatisticTerms.Defaults.Of(TermKind.Tag).First(), by, CancellationToken.None);
        var figures = new FigureQueries(another, terms);
        await figures.VersionAsync(CancellationToken.None);
        await figures.TownsAsync(CancellationToken.None);
        await figures.TableAsync(Sight.OfTheProgram, new TableQuery("990101", Period.OfMonth(2026, 1)), CancellationToken.None);
        await figures.TrendAsync(Sight.OfTheProgram, new TrendQuery("990101", series, TrendGrain.Month, day, day), CancellationToken.None);
        await new StatisticPreviews(another, figures, TimeProvider.System).CompareAsync(draft, day, new ProblemList(), CancellationToken.None);
        var layouts = new StatisticLayoutStore(another);
        await layouts.FindAsync(["镇街", "2026年1月"], CancellationToken.None);
        await layouts.RememberAsync(["镇街", "2026年1月"], new StatisticLayout(), "test", CancellationToken.None);
        var weights = new SafetyWeightStore(another, log);
        await weights.ListAsync(CancellationToken.None);
        await weights.ChangeAsync(SafetyWeights.Default, "因", by, CancellationToken.None);
        var index = new SafetyIndexStore(another, figures, terms, weights);
        await index.ComputeAsync("990101", day, day, "test", CancellationToken.None);
        await index.HistoryAsync(Sight.OfTheProgram, "990101002", day, CancellationToken.None);
        await index.LastDayAsync("990101", CancellationToken.None);
        var publications = new StatisticPublications(another, figures, log);
        var question = new PublishedQuestion(series.Code, "990101", "2026-01");
        await publications.PublishAsync(Sight.OfTheProgram, "一月", [question], by, CancellationToken.None);
        await publications.WithdrawAsync(1, by, CancellationToken.None);
        await publications.ListAsync(Sight.OfTheProgram, 10, CancellationToken.None);
        var published = new PublishedFigure(question, day, day, 1, 2, ChangeKind.Ratio, -50, day, day, ["公安局"]);
        await publications.DifferencesAsync(new StatisticPublication(1, DateTime.UnixEpoch, "test", "一月", 3, [published], WithdrawnAt: null), CancellationToken.None);
        StatementsOfStores.Take(store, known);
        await IndexAsync(store);

        // What stood at a version before the last one.
        var past = new RecordingSqlServer().Answering("SELECT COALESCE(MAX(CASE WHEN undone", ("v", 9L));
        using var then = new Store(past, TimeProvider.System, NullLogger<Store>.Instance);
        await new FigureQueries(then, new StatisticTermStore(then, new AuditLog(then, new NoAuditKey(), TimeProvider.System)))
            .TableAsync(Sight.OfTheProgram, new TableQuery("990101", Period.OfMonth(2026, 1), [series], Version: 3), CancellationToken.None);
        StatementsOfStores.Take(store, past);
    }

    // A town with figures, so that there is something to store.
    private static async Task IndexAsync(Store store)
    {
        var day = new DateOnly(2026, 1, 31);
        var known = new RecordingSqlServer().Answering("AS Shape FROM area", ("Code", "990101002"), ("Name", "城"), ("ValidFrom", DateTime.UnixEpoch), ("ValidTo", DateTime.UnixEpoch.AddYears(100)), ("Shape", new byte[1]))
            .Answering("AS OnTime", ("Town", "990101002"), ("OnTime", 1L), ("Closed", 1L));
        using var another = new Store(known, TimeProvider.System, NullLogger<Store>.Instance);
        var log = new AuditLog(another, new NoAuditKey(), TimeProvider.System);
        var terms = new StatisticTermStore(another, log);
        (await new SafetyIndexStore(another, new FigureQueries(another, terms), terms, new SafetyWeightStore(another, log)).ComputeAsync("990101", day, day, "test", CancellationToken.None)).ShouldBe(1);
        StatementsOfStores.Take(store, known);
    }
}
