using System.Diagnostics;
using CommandCenter.Data.Forces;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using CommandCenter.Tests.Storage;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Commands;

/// <summary>A folder with <c>commandcenter.db</c> in it, for verbs to work on.</summary>
internal sealed class VerbWorld : IAsyncDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("commandcenter-verbs-").FullName;

    public string Database => In("commandcenter.db");

    public string In(string file) => Path.Combine(Folder, file);

    public Task<VerbProcess> RunAsync(params string[] words) => VerbProcess.RunAsync(Folder, words);

    /// <summary>Makes the database, with reports in it, some of them handled.</summary>
    public async Task FillAsync(int reports, string prefix = "")
    {
        using (var store = OpenStore())
        {
            await TestDatabase.MigrateAsync(store);
            var incidents = new IncidentStore(store);
            foreach (var ids in Enumerable.Range(0, reports).Chunk(5_000))
            {
                var taken = await incidents.TakeInAsync([.. ids.Select(i => Report($"{prefix}{i}"))], CancellationToken.None);
                await store.WriteAsync(
                    session =>
                    {
                        foreach (var (one, i) in taken.Select((one, i) => (one, i)))
                        {
                            foreach (var to in new[] { IncidentStatus.Accepted, IncidentStatus.InProgress, IncidentStatus.Closed }.Take(i % 4))
                            {
                                IncidentStore.Move(session, one.Id, to, "desk", "好", session.Now);
                            }
                        }

                        return true;
                    },
                    CancellationToken.None);
            }
        }

        Close(Database);
    }

    /// <summary>Takes old events out of the log, as the archive does; the file itself is not needed here.</summary>
    public async Task ArchiveAsync(long through, long after = 0)
    {
        await TamperAsync(
            $"""
            INSERT INTO event_archive VALUES ({through}, {after + 1}, {through - after}, 'events.ndjson.gz', 'no file', '2026-01-01T00:00:00.000Z');
            DELETE FROM event_log WHERE position IN (
              SELECT e.position FROM event_log e INNER JOIN incident i ON i.id = e.subject_id WHERE e.position <= {through} AND i.status = 80)
            """);
    }

    /// <summary>Takes a list of the county's units in.</summary>
    public async Task UnitsAsync(params string[] codes)
    {
        using (var store = OpenStore())
        {
            await TestDatabase.MigrateAsync(store);
            await new UnitStore(store).ReplaceAsync(
                "990101",
                [.. codes.Select(code => new Unit { Code = code, Name = "城东联动工作站", Kind = UnitKind.JointStation, AreaCode = "990101002", Lon = 119.4, Lat = 29.1, SourceCrs = "wgs84" })],
                "test",
                CancellationToken.None);
        }

        Close(Database);
    }

    /// <summary>Changes the database by hand, past everything that guards it.</summary>
    public async Task<int> TamperAsync(string sql, string? file = null)
    {
        await using var connection = new SqliteConnection($"Data Source={file ?? Database};Pooling=false");
        await connection.OpenAsync();
        return await connection.ExecuteAsync($"PRAGMA foreign_keys = OFF; {sql}");
    }

    public async Task<long> CountAsync(string sql, string? file = null)
    {
        await using var connection = new SqliteConnection($"Data Source={file ?? Database};Pooling=false");
        await connection.OpenAsync();
        return await connection.ExecuteScalarAsync<long>(sql);
    }

    public Store OpenStore(string? file = null) => new(
        new StorageOptions { ConnectionString = $"Data Source={file ?? Database}", LockTimeoutSeconds = 20 }, TimeProvider.System, NullLogger<Store>.Instance);

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    public static IncidentReport Report(string externalId) => new(
        "grid-worker", externalId, "0401", Urgency.Normal, "占用消防通道", "三单元门口", 105.1, 30.2, "wgs84", GridCode: null, OutsideGrids: true,
        Address: "幸福路 12 号", OccurredAt: DateTime.UnixEpoch, ReporterName: "王某", ReporterPhone: "13800000000");

    /// <summary>Waits for something that another process brings about.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo, Process process)
    {
        var clock = Stopwatch.StartNew();
        while (!await isSo())
        {
            process.HasExited.ShouldBeFalse("It ended before.");
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
            await Task.Delay(2);
        }
    }

    private static void Close(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file}");
        SqliteConnection.ClearPool(connection);
        SqliteConnection.ClearAllPools();
    }
}
