using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CommandCenter.Data.Incidents;
using CommandCenter.Data.Storage;
using EventLog = CommandCenter.Data.Events.EventLog;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Tests.Storage.SqlServer;

/// <summary>A server that refuses, stumbles, breaks off, goes away and comes back, over SQL Server's own client and real connections.</summary>
public sealed class SqlServerAwayTests : IAsyncLifetime
{
    private static readonly IncidentReport Report = new(
        "110", null, "04", Urgency.Normal, "题", null, null, null, null, null, false, null, null, null, null);

    private readonly TdsStandIn _server = new();
    private Store _store = null!;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _server.OnRequest = Serves;
        _store = StoreAt(_server.ConnectionString);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        await _server.DisposeAsync();
        SqlConnection.ClearAllPools();
    }

    [Theory]
    [InlineData(18456, StoreFault.Misconfigured, "the name or the password is wrong")]
    [InlineData(18487, StoreFault.Misconfigured, "password has expired")]
    [InlineData(18470, StoreFault.Misconfigured, "disabled")]
    [InlineData(916, StoreFault.NotAllowed, "CREATE USER [centre] FOR LOGIN [centre]")]
    [InlineData(4060, StoreFault.Away, "does not exist, is offline or being restored")]
    [InlineData(942, StoreFault.Away, "ALTER DATABASE [Centre] SET ONLINE")]
    [InlineData(927, StoreFault.Away, "RESTORE DATABASE [Centre] WITH RECOVERY")]
    [InlineData(922, StoreFault.Away, "opens by itself")]
    [InlineData(924, StoreFault.Away, "SET MULTI_USER")]
    [InlineData(926, StoreFault.Corrupt, "DBCC CHECKDB")]
    [InlineData(976, StoreFault.ReadOnly, "listener")]
    public async Task A_refused_login_says_why_and_what_to_do(int number, StoreFault fault, string words)
    {
        _server.OnLogin = _ => TdsStandIn.Error(number);

        var refusal = await Should.ThrowAsync<StoreUnavailableException>(new EventLog(_store).HeadAsync(Ended));

        (refusal.Fault, refusal.OutcomeUnknown).ShouldBe((fault, false));
        refusal.Message.ShouldContain(words);
    }

    [Theory]
    [InlineData(229, "The INSERT permission was denied on the object 'incident', database 'Centre', schema 'dbo'.", "USE [Centre]; GRANT INSERT ON [dbo].[incident] TO [centre];")]
    [InlineData(229, "拒绝了对对象 'event_log' (数据库 'Centre'，架构 'dbo')的 SELECT 权限。", "USE [Centre]; GRANT SELECT ON [dbo].[event_log] TO [centre];")]
    [InlineData(262, "CREATE TABLE permission denied in database 'Cen]tre'.", "USE [Cen]]tre]; GRANT CREATE TABLE TO [centre];")]
    [InlineData(2760, "The specified schema name \"dbo\" either does not exist or you do not have permission to use it.", "GRANT ALTER ON SCHEMA::[dbo] TO [centre];")]
    [InlineData(15247, "User does not have permission to perform this action.", "db/README.md")]
    [InlineData(300, "VIEW SERVER STATE permission was denied on object 'server', database 'master'.", "db/README.md")]
    public async Task A_right_that_is_missing_at_run_time_is_named_with_the_statement_that_gives_it(int number, string text, string words)
    {
        _server.OnRequest = request => Serves(request) ?? (request.Contains("INSERT INTO incident (", StringComparison.Ordinal) ? TdsStandIn.Error(number, text) : null);

        var refusal = await Should.ThrowAsync<StoreUnavailableException>(TakeInAsync());

        (refusal.Fault, refusal.MayPass).ShouldBe((StoreFault.NotAllowed, false));
        refusal.Message.ShouldContain(words);
        refusal.Message.ShouldContain("login centre");
    }

    [Fact]
    public async Task A_server_without_encryption_is_told_when_encryption_is_asked_for()
    {
        using var store = StoreAt(_server.ConnectionString.Replace("Encrypt=false", "Encrypt=true", StringComparison.Ordinal));

        var refusal = await Should.ThrowAsync<StoreUnavailableException>(new EventLog(store).HeadAsync(Ended));

        refusal.Fault.ShouldBe(StoreFault.Misconfigured);
        refusal.Message.ShouldContain("does not encrypt");
    }

    [Fact]
    public async Task A_machine_that_nobody_knows_a_port_that_nobody_listens_at_and_one_that_says_nothing_are_told_in_time()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await _server.DisposeAsync();
        var clock = Stopwatch.StartNew();

        (await RefusalAsync("Server=no-such-machine.invalid;Database=d;User ID=u;Password=p")).ShouldContain("can't be reached");
        (await RefusalAsync(_server.ConnectionString)).ShouldContain("TCP/IP on");
        (await RefusalAsync($"Server=127.0.0.1,{((IPEndPoint)silent.LocalEndpoint).Port};Database=d;User ID=u;Password=p;Encrypt=false")).ShouldContain("SQL Server 127.0.0.1");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));

        async Task<string> RefusalAsync(string connectionString)
        {
            using var store = StoreAt(connectionString);
            var refusal = await Should.ThrowAsync<StoreUnavailableException>(new EventLog(store).HeadAsync(Ended));
            refusal.Fault.ShouldBe(StoreFault.Away);
            return refusal.Message;
        }
    }

    [Fact]
    public async Task Reading_goes_on_over_a_new_connection_when_the_pooled_ones_are_dead()
    {
        var log = new EventLog(_store);
        (await log.HeadAsync(Ended)).ShouldBe(41);
        _server.BreakConnections();

        (await log.HeadAsync(Ended)).ShouldBe(41);
        var breaksOff = 1;
        _server.OnRequest = request => Interlocked.Decrement(ref breaksOff) >= 0 ? TdsStandIn.BreakOff : Serves(request);
        (await log.HeadAsync(Ended)).ShouldBe(41);
    }

    [Fact]
    public async Task Writing_goes_on_over_a_new_connection_when_the_old_one_is_dead()
    {
        (await TakeInAsync())[0].Id.ShouldBe(42);
        _server.BreakConnections();

        (await TakeInAsync())[0].Id.ShouldBe(42);
        _server.Logins.ShouldBe(2);
    }

    [Fact]
    public async Task A_deadlock_is_met_by_running_the_whole_transaction_again_a_few_times_and_then_told()
    {
        var deadlocks = 2;
        _server.OnRequest = request => request.Contains("INSERT INTO event_log", StringComparison.Ordinal) && Interlocked.Decrement(ref deadlocks) >= 0
            ? TdsStandIn.Error(1205, "deadlock", severity: 13)
            : Serves(request);
        (await TakeInAsync())[0].Id.ShouldBe(42);
        _server.Requests.Count(r => r == "BEGIN").ShouldBe(3);

        deadlocks = 100;
        await Should.ThrowAsync<SqlException>(TakeInAsync());
        _server.Requests.Count(r => r == "BEGIN").ShouldBe(6);
    }

    [Fact]
    public async Task A_line_that_breaks_before_the_commit_leaves_nothing_in_doubt()
    {
        _server.OnRequest = request => request.Contains("INSERT INTO incident (", StringComparison.Ordinal) ? TdsStandIn.BreakOff : Serves(request);

        var refusal = await Should.ThrowAsync<StoreUnavailableException>(TakeInAsync());

        (refusal.Fault, refusal.OutcomeUnknown).ShouldBe((StoreFault.Away, false));
    }

    [Fact]
    public async Task A_line_that_breaks_at_the_commit_leaves_the_outcome_unknown_and_nothing_is_repeated_blindly()
    {
        _server.OnRequest = request => request == "COMMIT" ? TdsStandIn.BreakOff : Serves(request);

        var refusal = await Should.ThrowAsync<StoreUnavailableException>(TakeInAsync());

        (refusal.Fault, refusal.OutcomeUnknown).ShouldBe((StoreFault.Away, true));
        _server.Requests.Count(r => r == "COMMIT").ShouldBe(1);
    }

    [Fact]
    public async Task Reports_with_external_ids_are_looked_for_and_taken_in_once_when_the_outcome_of_their_commit_is_unknown()
    {
        var breaksOff = 1;
        _server.OnRequest = request => request == "COMMIT" && Interlocked.Decrement(ref breaksOff) >= 0 ? TdsStandIn.BreakOff : Serves(request);

        (await new IncidentStore(_store).TakeInAsync([Report with { ExternalId = "A-1" }], Ended))[0].Id.ShouldBe(42);

        _server.Requests.Count(r => r == "COMMIT").ShouldBe(2);
        _server.Requests.Count(r => r.Contains("external_id IN", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task After_the_server_is_back_reading_and_writing_work_again_within_five_seconds()
    {
        await TakeInAsync();
        _server.Stop();
        for (var i = 0; i < 20; i++)
        {
            var refused = Stopwatch.StartNew();
            (await Should.ThrowAsync<StoreUnavailableException>(TakeInAsync())).Fault.ShouldBe(StoreFault.Away);
            (await Should.ThrowAsync<StoreUnavailableException>(new EventLog(_store).HeadAsync(Ended))).RetryAfter.ShouldBe(TimeSpan.FromSeconds(5));
            refused.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(12));
        }

        _server.Start();
        var clock = Stopwatch.StartNew();
        (await TakeInAsync())[0].Id.ShouldBe(42);
        (await new EventLog(_store).HeadAsync(Ended)).ShouldBe(41);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_wrong_password_ends_the_program_at_its_start_with_the_reason()
    {
        _server.OnLogin = _ => TdsStandIn.Error(18456, "Login failed for user 'centre'.");
        await using var program = ServerProcess.Launch(null, null, "--Storage:Provider=SqlServer", $"--ConnectionStrings:CommandCenter={_server.ConnectionString}");

        (await program.WaitForExitAsync(Ended).WaitAsync(TimeSpan.FromSeconds(60), Ended)).ShouldBe(1, program.Output);

        program.Output.ShouldContain("CommandCenter can't start: SQL Server");
        program.Output.ShouldContain("the name or the password is wrong");
        program.Output.ShouldNotContain("   at ");
        Directory.Delete(program.Folder, recursive: true);
    }

    [Fact]
    public async Task A_program_that_starts_before_its_server_lives_answers_503_and_goes_to_it_when_it_comes()
    {
        _server.Stop();
        await using var program = ServerProcess.Launch(null, null, "--Storage:Provider=SqlServer", $"--ConnectionStrings:CommandCenter={_server.ConnectionString}");
        await program.WaitUntilReadyAsync(TimeSpan.FromSeconds(60), "/healthz/live");
        using var api = new Incidents.Api(program.Address);

        var refusal = (await api.ReportAsync("""{"source":"110","category":"04","title":"题"}""")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        refusal.Headers.RetryAfter.ShouldNotBeNull();
        refusal.Json.GetProperty("detail").GetString()!.ShouldContain("can't be reached");
        (await api.GetAsync("/healthz/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        var came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.OnLogin = _ =>
        {
            came.TrySetResult();
            return TdsStandIn.Error(18456);
        };
        _server.Start();
        await came.Task.WaitAsync(TimeSpan.FromSeconds(10), Ended);

        // What it met there is no absence: it ends as it would have at its start.
        (await program.WaitForExitAsync(Ended).WaitAsync(TimeSpan.FromSeconds(60), Ended)).ShouldBe(1, program.Output);
        Directory.Delete(program.Folder, recursive: true);
    }

    private Task<TakenIn[]> TakeInAsync() => new IncidentStore(_store).TakeInAsync([Report], Ended);

    private static Store StoreAt(string connectionString) => new(
        new StorageOptions { Provider = StorageProvider.SqlServer, ConnectionString = connectionString, KeyFile = TestKeys.File }, TimeProvider.System, NullLogger<Store>.Instance);

    /// <summary>Enough of the schema for a report to be taken in: the head of the log, and a sequence of the day.</summary>
    private static TdsReply? Serves(string request) =>
        request.Contains("MAX(position)", StringComparison.Ordinal) ? TdsStandIn.Number(41)
        : request.Contains("last_sequence", StringComparison.Ordinal) && request.Contains("SELECT", StringComparison.Ordinal) ? TdsStandIn.Number(1)
        : null;
}
