using System.Diagnostics;
using System.Net;
using System.Text.Json;
using CommandCenter.Tests.Incidents;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Tests.Storage;

/// <summary>The same faults as the program's users meet them: the program as its own process, over HTTP.</summary>
public class ServerFaultTests
{
    private const string Report = """{"source":"110","category":"04","title":"题"}""";

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_locked_database_is_answered_503_with_a_time_to_try_again_and_works_after()
    {
        await using var server = await ServerProcess.StartAsync(settings: "--Storage:LockTimeoutSeconds=1");
        using var api = new Api(server.Address);
        await using var other = await ConnectAsync(server.Folder);
        await other.ExecuteAsync("BEGIN IMMEDIATE");

        var single = (await api.ReportAsync(Report)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        var batch = (await api.BatchAsync(Report)).ShouldBe(HttpStatusCode.ServiceUnavailable);

        single.Type.ShouldBe("application/problem+json");
        single.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        batch.Headers.RetryAfter.ShouldNotBeNull();
        single.Json.GetProperty("type").GetString().ShouldBe("urn:commandcenter:store:locked");
        (await api.GetAsync("/api/v1/incidents")).ShouldBe(HttpStatusCode.OK).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await api.GetAsync("/healthz/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable).Json.GetProperty("store").GetProperty("ok").GetBoolean().ShouldBeFalse();
        await other.ExecuteAsync("ROLLBACK");
        (await api.GetAsync("/healthz/ready")).ShouldBe(HttpStatusCode.OK);
        (await api.ReportAsync(Report)).ShouldBe(HttpStatusCode.Created).Id.ShouldBe(1);
        await DeleteAsync(server);
    }

    [Fact]
    public async Task A_database_file_that_is_taken_away_takes_nothing_in_until_it_is_back()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there may an open file be moved.");
        await using var server = await ServerProcess.StartAsync();
        using var api = new Api(server.Address);
        (await api.ReportAsync(Report)).ShouldBe(HttpStatusCode.Created);
        var file = Path.Combine(server.Folder, "commandcenter.db");

        File.Move(file, $"{file}.away");
        var refusal = (await api.ReportAsync(Report)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        refusal.Json.GetProperty("type").GetString().ShouldBe("urn:commandcenter:store:away");

        // Readiness may still go by what was committed a second ago.
        var clock = Stopwatch.StartNew();
        while ((await api.GetAsync("/healthz/ready")).Status == HttpStatusCode.OK)
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        }

        File.Move($"{file}.away", file);
        await server.WaitUntilReadyAsync(TimeSpan.FromSeconds(30));
        (await api.ReportAsync(Report)).ShouldBe(HttpStatusCode.Created).Id.ShouldBe(2);
        await DeleteAsync(server);
    }

    [Fact]
    public async Task A_database_that_may_only_be_read_shows_what_it_has_and_takes_nothing_in()
    {
        string folder;
        await using (var first = await ServerProcess.StartAsync())
        {
            using var before = new Api(first.Address);
            await before.ReportAsync(Report);
            folder = first.Folder;
        }

        await using var server = ServerProcess.Launch(
            folder, port: null, $"--ConnectionStrings:CommandCenter=Data Source={Path.Combine(folder, "commandcenter.db")};Mode=ReadOnly");
        await server.WaitUntilReadyAsync(TimeSpan.FromSeconds(60), "/healthz/live");
        using var api = new Api(server.Address);

        (await api.GetAsync("/api/v1/incidents/1")).ShouldBe(HttpStatusCode.OK);
        var refusal = (await api.ReportAsync(Report)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        refusal.Headers.RetryAfter.ShouldNotBeNull();
        refusal.Json.GetProperty("type").GetString().ShouldBe("urn:commandcenter:store:readonly");
        (await api.GetAsync("/healthz/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable).Json.GetProperty("store").GetProperty("ok").GetBoolean().ShouldBeFalse();
        await DeleteAsync(server);
    }

    [Fact]
    public async Task A_full_disk_loses_nothing_that_was_answered_and_writing_goes_on_when_there_is_room()
    {
        var folder = Directory.CreateTempSubdirectory("commandcenter-").FullName;
        Assert.SkipUnless(await MountAsync(folder), "A small disk can't be mounted here: this needs Linux and the right to mount.");
        try
        {
            var ballast = Path.Combine(folder, "ballast");
            await File.WriteAllBytesAsync(ballast, new byte[2_500_000], Ended);
            await using var server = await ServerProcess.StartAsync(folder, port: null, "--Health:DiskFailMegabytes=0");
            using var api = new Api(server.Address);
            var answered = new List<long>();
            Answer answer;
            do
            {
                answer = await api.BatchAsync(string.Join('\n', Enumerable.Repeat(
                    $$"""{"source":"110","category":"04","title":"题","description":"{{new string('述', 1_000)}}"}""", 40)));
                answered.AddRange(answer.Status == HttpStatusCode.OK
                    ? answer.Lines.Where(l => l.TryGetProperty("id", out _)).Select(l => l.GetProperty("id").GetInt64())
                    : []);
            }
            while (answer.Status == HttpStatusCode.OK && answered.Count < 5_000);

            answer.ShouldBe(HttpStatusCode.ServiceUnavailable).Json.GetProperty("type").GetString().ShouldBe("urn:commandcenter:store:full");
            (await api.GetAsync("/api/v1/incidents?limit=1")).ShouldBe(HttpStatusCode.OK);
            File.Delete(ballast);
            var next = (await api.ReportAsync(Report)).ShouldBe(HttpStatusCode.Created).Id;
            next.ShouldBe(answered.Count + 1);
            await using var connection = await ConnectAsync(folder);
            (await connection.QueryAsync<long>("SELECT id FROM incident ORDER BY id")).ShouldBe(answered.Append(next));
            (await connection.QueryAsync<long>("SELECT position FROM event_log ORDER BY position")).ShouldBe(answered.Append(next));
            (await connection.ExecuteScalarAsync<string>("PRAGMA integrity_check")).ShouldBe("ok");
            await server.KillAsync();
            SqliteConnection.ClearPool((SqliteConnection)connection);
        }
        finally
        {
            await RunAsync("umount", "-l", folder);
            Directory.Delete(folder);
        }
    }

    [Fact]
    public async Task A_database_that_does_not_serve_keeps_the_program_from_starting_with_a_clear_message()
    {
        var newer = await MadeAsync();
        await using (var connection = await ConnectAsync(newer))
        {
            await connection.ExecuteAsync("INSERT INTO schema_version VALUES (999, 'FromTheFuture', 'x', '2030-01-01T00:00:00.000Z')");
        }

        var damaged = await MadeAsync();
        await using (var file = new FileStream(Path.Combine(damaged, "commandcenter.db"), FileMode.Open))
        {
            await file.WriteAsync(new byte[4_096], Ended);
        }

        var text = Directory.CreateTempSubdirectory("commandcenter-").FullName;
        await File.WriteAllTextAsync(Path.Combine(text, "commandcenter.db"), new string('x', 10_000), Ended);
        var empty = Directory.CreateTempSubdirectory("commandcenter-").FullName;
        await File.WriteAllTextAsync(Path.Combine(empty, "file"), "", Ended);

        await Task.WhenAll(
            ShouldNotStartAsync(newer, "newer than this program"),
            ShouldNotStartAsync(damaged, "damaged or is not a SQLite database"),
            ShouldNotStartAsync(text, "damaged or is not a SQLite database"),
            ShouldNotStartAsync(empty, "can't be made", $"--ConnectionStrings:CommandCenter=Data Source={Path.Combine(empty, "file", "x.db")}"));
    }

    [Fact]
    public async Task A_program_that_starts_before_its_database_is_there_waits_answers_503_and_opens_by_itself()
    {
        var made = await MadeAsync();
        var folder = made + "-mounted-later";
        Directory.CreateDirectory(folder);
        await using var server = ServerProcess.Launch(
            folder, port: null, $"--ConnectionStrings:CommandCenter=Data Source={Path.Combine(folder, "commandcenter.db")};Mode=ReadWrite");
        await server.WaitUntilReadyAsync(TimeSpan.FromSeconds(60), "/healthz/live");
        using var api = new Api(server.Address);

        var refusal = (await api.ReportAsync(Report)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        refusal.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        refusal.Json.GetProperty("type").GetString().ShouldBe("urn:commandcenter:store:away");
        (await api.GetAsync("/api/v1/incidents")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await api.GetAsync("/healthz/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable).Json.GetProperty("board").GetProperty("condition").GetString().ShouldBe("storeAway");

        File.Move(Path.Combine(made, "commandcenter.db.keys"), Path.Combine(folder, "commandcenter.db.keys"));
        File.Move(Path.Combine(made, "commandcenter.db"), Path.Combine(folder, "commandcenter.db"));
        var clock = Stopwatch.StartNew();
        await server.WaitUntilReadyAsync(TimeSpan.FromSeconds(30));
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        using var known = new Api(server.Address);
        (await known.ReportAsync(Report)).ShouldBe(HttpStatusCode.Created).Id.ShouldBe(1);
        Directory.Delete(made);
        await DeleteAsync(server);
    }

    [Fact]
    public async Task Two_processes_that_start_on_an_empty_database_at_once_both_serve()
    {
        var folder = Directory.CreateTempSubdirectory("commandcenter-").FullName;
        var servers = await Task.WhenAll(ServerProcess.StartAsync(folder), ServerProcess.StartAsync(folder));
        await using var first = servers[0];
        await using var second = servers[1];
        using var one = new Api(first.Address);
        using var two = new Api(second.Address);

        var id = (await one.ReportAsync(Report)).ShouldBe(HttpStatusCode.Created).Id;
        (await two.GetAsync($"/api/v1/incidents/{id}")).ShouldBe(HttpStatusCode.OK);
        (await two.ReportAsync(Report)).ShouldBe(HttpStatusCode.Created).Id.ShouldBe(id + 1);
        await first.KillAsync();
        await DeleteAsync(second);
    }

    private static async Task ShouldNotStartAsync(string folder, string word, params string[] settings)
    {
        await using var server = ServerProcess.Launch(folder, port: null, settings);

        (await server.WaitForExitAsync(Ended).WaitAsync(TimeSpan.FromSeconds(60), Ended)).ShouldBe(1, server.Output);

        server.Output.ShouldContain("CommandCenter can't start: ");
        server.Output.ShouldContain(word);
        server.Output.ShouldNotContain("   at ");
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A folder with a database that this program made.</summary>
    private static async Task<string> MadeAsync()
    {
        var database = new SqliteDatabase();
        await database.OpenStoreAsync();
        await database.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        var folder = Directory.CreateTempSubdirectory("commandcenter-").FullName;
        File.Copy(database.File, Path.Combine(folder, "commandcenter.db"));
        File.Copy(database.File + ".keys", Path.Combine(folder, "commandcenter.db.keys"));
        await database.DisposeAsync();
        return folder;
    }

    private static async Task<SqliteConnection> ConnectAsync(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "commandcenter.db")};Pooling=false");
        await connection.OpenAsync(Ended);
        return connection;
    }

    private static async Task DeleteAsync(ServerProcess server)
    {
        await server.KillAsync();
        Directory.Delete(server.Folder, recursive: true);
    }

    private static async Task<bool> MountAsync(string folder) =>
        OperatingSystem.IsLinux() && await RunAsync("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder) == 0;

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        await process.WaitForExitAsync(Ended);
        return process.ExitCode;
    }
}
