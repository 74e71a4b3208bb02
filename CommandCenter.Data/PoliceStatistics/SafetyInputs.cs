using System.Data.Common;
using CommandCenter.Data.Accounts;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using Dapper;

namespace CommandCenter.Data.PoliceStatistics;

/// <summary>Gathers what the index of a county's towns is made of.</summary>
internal sealed class SafetyInputs(Store store, FigureQueries figures)
{
    // It is among the traffic calls already, once.
    private const decimal ADeathCounts = 10;

    private static readonly StatisticSeries Criminal = StatisticSeries.Of(StatisticTerms.Calls, "criminal"), PublicOrder = StatisticSeries.Of(StatisticTerms.Calls, "publicOrder"),
        Fraud = StatisticSeries.Of(StatisticTerms.Calls, "", "telecomFraud"), Traffic = StatisticSeries.Of(StatisticTerms.Calls, "traffic"),
        Deaths = StatisticSeries.Of(StatisticTerms.Calls, "", "fatalAccident"), Fire = StatisticSeries.Of(StatisticTerms.Calls, "", "fire"),
        Disputes = StatisticSeries.Of(StatisticTerms.Calls, "dispute"), Petitions = StatisticSeries.Of(StatisticTerms.PetitionBatches),
        Residents = StatisticSeries.Of(StatisticTerms.Residents), Migrants = StatisticSeries.Of(StatisticTerms.Migrants);

    private static readonly StatisticSeries[] All = [Criminal, PublicOrder, Fraud, Traffic, Deaths, Fire, Disputes, Petitions, Residents, Migrants];

    /// <summary>The index of each town of a county on each day of a span.</summary>
    public async Task<List<(string Town, DateOnly Day, SafetyIndex Index)>> ComputeAsync(
        StatisticTerms terms, string county, Period days, SafetyWeights weights, CancellationToken cancellationToken) =>
        await store.ReadAsync(
            async connection =>
            {
                var windows = Enumerable.Range(0, SafetyIndex.BaseYears + 1).Select(year => Period.Between(Window(days.From).From.AddYears(-year), days.To.AddYears(-year))).ToList();
                var (cube, _) = await figures.CubeAsync(connection, Sight.OfTheProgram, terms, county, All, windows, version: null, cancellationToken);
                var computed = new List<(string, DateOnly, SafetyIndex)>();
                for (var day = days.From; day <= days.To; day = day.AddDays(1))
                {
                    var onTime = await OnTimeAsync(connection, county, Window(day), cancellationToken);
                    foreach (var town in cube.TownsOf(county, day))
                    {
                        var inputs = Enum.GetValues<SafetyPart>().Where(part => part != SafetyPart.OnTime).Select(part => Input(cube, part, town, day))
                            .Append(new SafetyInput(SafetyPart.OnTime, onTime.GetValueOrDefault(town), []));
                        computed.Add((town, day, SafetyIndex.Of(inputs, People(cube, town, Window(day)), weights)));
                    }
                }

                return computed;
            },
            cancellationToken);

    private static Period Window(DateOnly day) => Period.Between(day.AddDays(1 - SafetyIndex.Window), day);

    private static SafetyInput Input(StatisticCube cube, SafetyPart part, string town, DateOnly day)
    {
        var window = Window(day);
        var bases = new List<SafetyBase>(SafetyIndex.BaseYears);
        for (var year = 1; year <= SafetyIndex.BaseYears; year++)
        {
            var then = Period.Between(window.From.AddYears(-year), window.To.AddYears(-year));
            if (Count(cube, part, town, then) is { } count)
            {
                bases.Add(new SafetyBase(day.Year - year, count, People(cube, town, then)));
            }
        }

        return new SafetyInput(part, Count(cube, part, town, window), bases);
    }

    private static decimal? Count(StatisticCube cube, SafetyPart part, string town, Period window)
    {
        return part switch
        {
            SafetyPart.Crime => Of(Criminal) + Of(PublicOrder),
            SafetyPart.TelecomFraud => Of(Fraud),
            SafetyPart.Traffic => Of(Traffic) + ((ADeathCounts - 1) * (Of(Deaths) ?? 0)),
            SafetyPart.Fire => Of(Fire),
            SafetyPart.Disputes => Of(Disputes),
            SafetyPart.Petitions => Of(Petitions),
            _ => throw new ArgumentOutOfRangeException(nameof(part), part, "It is not counted."),
        };

        // Some days of a window would pass for a quiet one.
        decimal? Of(StatisticSeries series) => cube.Amount(series, town, window) is { IsComplete: true } amount ? amount.Value : null;
    }

    private static decimal? People(StatisticCube cube, string town, Period window) =>
        cube.Amount(Residents, town, window).Value is { } living ? living + (cube.Amount(Migrants, town, window).Value ?? 0) : null;

    // Closed on time of what was closed within the window, or was open and overdue at its end.
    private async Task<Dictionary<string, decimal?>> OnTimeAsync(DbConnection connection, string county, Period window, CancellationToken cancellationToken)
    {
        var arguments = new
        {
            area = county, areaTo = county + ":", from = store.Dialect.Instant(CountyTime.StartOfDay(window.From)), to = store.Dialect.Instant(CountyTime.StartOfDay(window.To.AddDays(1))),
        };
        var closed = await connection.QueryAsync<(string Town, long OnTime, long Closed)>(new CommandDefinition(
            """
            SELECT SUBSTRING(grid_code, 1, 9) AS Town, SUM(CASE WHEN closed_at <= finish_by THEN 1 ELSE 0 END) AS OnTime, COUNT(*) AS Closed
            FROM incident
            WHERE closed_at IS NOT NULL AND closed_at >= @from AND closed_at < @to AND grid_code >= @area AND grid_code < @areaTo
            GROUP BY SUBSTRING(grid_code, 1, 9)
            """,
            arguments,
            cancellationToken: cancellationToken));
        var overdue = await connection.QueryAsync<(string Town, long Overdue)>(new CommandDefinition(
            """
            SELECT SUBSTRING(grid_code, 1, 9) AS Town, COUNT(*) AS Overdue
            FROM incident
            WHERE (closed_at IS NULL OR closed_at >= @to) AND received_at < @to AND finish_by < @to AND grid_code >= @area AND grid_code < @areaTo
            GROUP BY SUBSTRING(grid_code, 1, 9)
            """,
            arguments,
            cancellationToken: cancellationToken));
        var rates = new Dictionary<string, (long OnTime, long All)>(StringComparer.Ordinal);
        foreach (var town in closed)
        {
            rates[town.Town] = (town.OnTime, town.Closed);
        }

        foreach (var town in overdue)
        {
            var (onTime, all) = rates.GetValueOrDefault(town.Town);
            rates[town.Town] = (onTime, all + town.Overdue);
        }

        return rates.ToDictionary(town => town.Key, town => (decimal?)town.Value.OnTime / town.Value.All, StringComparer.Ordinal);
    }
}
