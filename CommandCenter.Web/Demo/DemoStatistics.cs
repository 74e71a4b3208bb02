using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.PoliceStatistics;
using CommandCenter.Data.Storage;

namespace CommandCenter.Web.Demo;

/// <summary>
/// Sends in what was counted in the demonstration county, through the import that everybody uses: three full years and the running
/// one, then each day's figures when the day is over.
/// </summary>
internal sealed class DemoStatistics(StatisticStore statistics, TimeProvider time, ILogger<DemoStatistics> logger)
{
    /// <summary>Full years before the running one.</summary>
    public const int Years = 3;

    private const string Actor = "demo";
    private static readonly ChangedBy By = new(Actor, Address: null);

    /// <summary>How many full years go before the running one; tests that look at the newest figures want fewer.</summary>
    internal int YearsBefore { get; init; } = Years;

    /// <summary>Sends in what is not there yet.</summary>
    /// <returns>When there will be more, UTC.</returns>
    /// <exception cref="StoreUnavailableException">The store can't take it now; run again.</exception>
    public async Task<DateTime> AdvanceAsync(CancellationToken cancellationToken)
    {
        var today = CountyTime.Day(time.GetUtcNow().UtcDateTime);
        var (yesterday, imports) = (today.AddDays(-1), 0);
        var done = await DoneAsync(cancellationToken);

        // The newest first: the screens need them.
        for (var year = yesterday.Year; year >= yesterday.Year - YearsBefore; year--)
        {
            var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
            imports += done.ContainsKey((DemoFigures.Census, year)) ? 0 : await SendAsync(DemoFigures.Census, first, first, Count, cancellationToken);
            foreach (var (source, lines) in DemoFigures.Sources)
            {
                var (from, to) = (done.TryGetValue((source, year), out var until) ? until.AddDays(1) : first, last < yesterday ? last : yesterday);
                imports += from > to ? 0 : await SendAsync(source, from, to, (draft, a, b) => Fill(draft, lines, a, b), cancellationToken);
            }
        }

        if (imports > 0)
        {
            DemoLog.StatisticsSent(logger, imports, yesterday);
        }

        return CountyTime.StartOfDay(today.AddDays(1));
    }

    /// <summary>Puts what some lines counted from one day to another into a draft.</summary>
    internal static void Fill(StatisticDraft draft, IReadOnlyList<DemoLine> lines, DateOnly from, DateOnly to)
    {
        var county = DemoCounty.Instance;
        foreach (var (line, town) in lines.SelectMany(line => county.Towns.Select(town => (line, town))))
        {
            for (var day = from; day <= to; day = day.AddDays(1))
            {
                draft.AddDay(line.Series, town.Code, day, DemoFigures.On(line, town, county.County.Population, day));
            }
        }
    }

    private static void Count(StatisticDraft draft, DateOnly first, DateOnly to)
    {
        foreach (var town in DemoCounty.Instance.Towns)
        {
            var (residents, migrants) = DemoFigures.People(town, first.Year);
            draft.AddMonth(StatisticSeries.Of(StatisticTerms.Residents), town.Code, first, residents);
            draft.AddMonth(StatisticSeries.Of(StatisticTerms.Migrants), town.Code, first, migrants);
        }
    }

    private async Task<int> SendAsync(string source, DateOnly from, DateOnly to, Action<StatisticDraft, DateOnly, DateOnly> fill, CancellationToken cancellationToken)
    {
        var draft = new StatisticDraft();
        await Task.Run(() => fill(draft, from, to), cancellationToken);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Actor} {source} {from:yyyy-MM-dd} {to:yyyy-MM-dd}")));
        var header = new StatisticHeader(source, FileName: null, Convert.ToHexStringLower(hash), to, "演示数据");
        return (await statistics.ImportAsync(draft, header, By, cancellationToken)).Created ? 1 : 0;
    }

    // The last day of each year that each source has spoken of. What somebody undid is not sent again.
    private async Task<Dictionary<(string Source, int Year), DateOnly>> DoneAsync(CancellationToken cancellationToken)
    {
        const int page = 200;
        var done = new Dictionary<(string, int), DateOnly>();
        for (long? after = null; ;)
        {
            var imports = await statistics.ListAsync(after, page, cancellationToken);
            foreach (var import in imports.Where(import => import.Actor == Actor))
            {
                var key = (import.Source, import.FirstDay.Year);
                done[key] = done.GetValueOrDefault(key) is var known && known > import.LastDay ? known : import.LastDay;
            }

            if (imports.Count < page)
            {
                return done;
            }

            after = imports[^1].Position;
        }
    }
}
