using System.Net;
using System.Text.Json;
using CommandCenter.Tests.Incidents;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Tests.Hosting;

/// <summary>The log of the program: readable by machines, and free of what people told in confidence.</summary>
public class LogTests
{
    private const string Name = "欧阳标记";
    private const string Phone = "13987654321";
    private const string Address = "标记路77号";

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    private static string Report(string more = "") =>
        $$"""{"source":"12345","category":"0401","title":"题","address":"{{Address}}","reporter":{"name":"{{Name}}","phone":"{{Phone}}"}{{more}}}""";

    [Fact]
    public async Task No_name_phone_or_address_is_ever_logged_not_even_at_the_most_talkative_level()
    {
        await using var server = await ServerProcess.StartAsync(
            null, null, "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace", "--Storage:LockTimeoutSeconds=1");
        using var api = new Api(server.Address);
        (await api.ReportAsync(Report())).ShouldBe(HttpStatusCode.Created);
        (await api.ReportAsync(Report(",\"externalId\":\"A-1\""))).ShouldBe(HttpStatusCode.Created);
        (await api.ReportAsync(Report(",\"externalId\":\"A-1\""))).ShouldBe(HttpStatusCode.OK);
        (await api.ReportAsync(Report(",\"lon\":\"east\""))).ShouldBe(HttpStatusCode.BadRequest);
        (await api.ReportAsync(Report()[..^9])).ShouldBe(HttpStatusCode.BadRequest);
        (await api.BatchAsync($"{Report()}\n{Report(",\"urgency\":\"now\"")}\n{Report()[..40]}")).ShouldBe(HttpStatusCode.OK);
        (await api.PostAsync("/api/v1/incidents/1/status", $$"""{"status":"accepted","note":"{{Name}} {{Phone}} {{Address}}","actor":"desk"}""")).ShouldBe(HttpStatusCode.OK);
        (await api.GetAsync("/api/v1/incidents/1")).ShouldBe(HttpStatusCode.OK);

        // And while the store refuses: what was being written must not come along with the reason.
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(server.Folder, "commandcenter.db")}"))
        {
            await other.OpenAsync(Ended);
            await using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync(Ended);
            (await api.ReportAsync(Report())).ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        server.Output.ShouldContain("pieces of work were refused");
        foreach (var told in new[] { Name, "欧阳", Phone, Address, "标记路" })
        {
            server.Output.ShouldNotContain(told);
            server.Output.ShouldNotContain(JsonEncodedText.Encode(told).ToString());
        }
    }

    [Theory]
    [InlineData("json", "")]
    [InlineData("journal", "<6>")]
    public async Task Every_line_is_one_json_object_where_that_is_asked_for(string formatter, string prefix)
    {
        await using var server = await ServerProcess.StartAsync(null, null, $"--Logging:Console:FormatterName={formatter}");

        // But for the address of the first set-up, which is for a person and goes to standard error.
        var lines = server.Output.Split('\n').Where(line => line.Length > 0 && !line.StartsWith("还没有账号", StringComparison.Ordinal) && !line.Contains("/setup?token=", StringComparison.Ordinal)).ToList();

        lines.ShouldNotBeEmpty();
        foreach (var line in lines)
        {
            line.ShouldStartWith(prefix);
            using var json = JsonDocument.Parse(line[prefix.Length..]);
            json.RootElement.EnumerateObject().ShouldNotBeEmpty();
        }

        lines.ShouldContain(line => line.Contains("The live board is loaded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failure_keeps_its_exception_on_the_same_line_of_the_journal()
    {
        await using var server = await ServerProcess.StartAsync(null, null, "--Logging:Console:FormatterName=journal", "--Storage:LockTimeoutSeconds=1");
        using var api = new Api(server.Address);
        await using var other = new SqliteConnection($"Data Source={Path.Combine(server.Folder, "commandcenter.db")}");
        await other.OpenAsync(Ended);
        await using var command = other.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(Ended);
        (await api.ReportAsync(Report())).ShouldBe(HttpStatusCode.ServiceUnavailable);

        var line = server.Output.Split('\n').First(line => line.Contains("pieces of work were refused", StringComparison.Ordinal));

        line.ShouldStartWith("<3>");
        using var json = JsonDocument.Parse(line[3..]);
        json.RootElement.GetProperty("exception").GetString()!.ShouldContain("SqliteException");
        json.RootElement.GetProperty("Count").GetInt32().ShouldBe(1);
        json.RootElement.GetProperty("Fault").GetString().ShouldBe("Locked");
    }
}
