using System.Diagnostics;
using System.Globalization;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using Dapper;
using Microsoft.Data.SqlClient;
using EventLog = CommandCenter.Data.Events.EventLog;

namespace CommandCenter.Tests.Storage.SqlServer;

/// <summary>A real SQL Server behind a line that is cut under load: nothing answered is lost, nothing is there twice, and it goes on by itself.</summary>
[Collection("SQL Server")]
public sealed class SqlServerReturnTests
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_that_is_cut_again_and_again_loses_nothing_doubles_nothing_and_works_within_five_seconds_of_its_return()
    {
        await using var database = new SqlServerDatabase();
        await database.CreateAsync();
        var direct = await database.OpenStoreAsync();
        var (host, port) = AddressOf(database.Options.ConnectionString);
        using var line = new CuttableLine(host, port);
        line.Mend();
        var through = new SqlConnectionStringBuilder(database.Options.ConnectionString) { DataSource = $"127.0.0.1,{line.Port}", TrustServerCertificate = true };
        var store = await database.OpenStoreAsync(dialect: new SqlServerDialect(
            new StorageOptions { Provider = StorageProvider.SqlServer, ConnectionString = through.ConnectionString, SkipScripts = database.Options.SkipScripts, KeyFile = TestKeys.File }));
        var incidents = new IncidentStore(store);
        var (sent, answered) = (0, new List<long>());
        for (var round = 0; round < 4; round++)
        {
            var cutting = Task.Run(
                async () =>
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(150 + (round * 70)), Ended);
                    line.Cut();
                },
                Ended);
            while (!cutting.IsCompleted || await TakeInAsync())
            {
                await TakeInAsync();
            }

            line.Mend();
            var clock = Stopwatch.StartNew();
            while (!await TakeInAsync())
            {
                await Task.Delay(50, Ended);
            }

            (await new EventLog(store).HeadAsync(Ended)).ShouldBeGreaterThan(0);
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        }

        var log = await new EventLog(direct).ReadAfterAsync(0, 1_000_000, Ended);
        log.Select(e => e.Position).ShouldBe(Enumerable.Range(1, log.Count).Select(i => (long)i));
        answered.ShouldBeSubsetOf(log.Select(e => e.Position));
        await using var connection = await database.ConnectAsync();
        (await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) - COUNT(DISTINCT external_id) FROM incident")).ShouldBe(0);

        async Task<bool> TakeInAsync()
        {
            var report = new IncidentReport(
                "110", $"{++sent}", "04", Urgency.Normal, "题", null, null, null, null, null, false, null, null, null, null);
            try
            {
                answered.Add((await incidents.TakeInAsync([report], Ended))[0].Id);
                return true;
            }
            catch (StoreUnavailableException e)
            {
                e.Fault.ShouldBe(StoreFault.Away);
                return false;
            }
        }
    }

    private static (string Host, int Port) AddressOf(string connectionString)
    {
        var source = new SqlConnectionStringBuilder(connectionString).DataSource.Replace("tcp:", "", StringComparison.OrdinalIgnoreCase).Split(',');
        return (source[0] is "." or "(local)" ? "localhost" : source[0], source.Length > 1 ? int.Parse(source[1], CultureInfo.InvariantCulture) : 1433);
    }
}
