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
        await terms.ReadAsync(CancellationToken.None);
        await terms.SaveAsync(StatisticTerms.Defaults.Of(TermKind.Tag).First(), by, CancellationToken.None);
        var figures = new FigureQueries(another, terms);
        await figures.VersionAsync(CancellationToken.None);
        await figures.TownsAsync(CancellationToken.None);
        await figures.TableAsync(Sight.OfTheProgram, new TableQuery("990101", Period.OfMonth(2026, 1)), CancellationToken.None);
        await figures.TrendAsync(Sight.OfTheProgram, new TrendQuery("990101", series, TrendGrain.Month, day, day), CancellationToken.None);
        StatementsOfStores.Take(store, known);

        // What stood at a version before the last one.
        var past = new RecordingSqlServer().Answering("SELECT COALESCE(MAX(CASE WHEN undone", ("v", 9L));
        using var then = new Store(past, TimeProvider.System, NullLogger<Store>.Instance);
        await new FigureQueries(then, new StatisticTermStore(then, new AuditLog(then, new NoAuditKey(), TimeProvider.System)))
            .TableAsync(Sight.OfTheProgram, new TableQuery("990101", Period.OfMonth(2026, 1), [series], Version: 3), CancellationToken.None);
        StatementsOfStores.Take(store, past);
    }
}
