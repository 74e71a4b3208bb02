using CommandCenter.Data.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Tests.Security;

/// <summary>What is secret stays out of the log, whatever goes wrong.</summary>
public sealed class SecretTests
{
    private const string Secret = "Zwiebel-Kuchen-4711";

    [Theory]
    [InlineData("Server=127.0.0.1,1;Database=CommandCenter;User ID=centre;Password=" + Secret + ";Connect Timeout=1;Encrypt=false")]
    [InlineData("Server=127.0.0.1,1;Databas=CommandCenter;User ID=centre;Password=" + Secret)]
    [InlineData("Server=127.0.0.1,1;User ID=centre;Password=" + Secret + ";Encrypt=perhaps")]
    [InlineData("Password=" + Secret)]
    public async Task The_password_of_the_database_is_in_no_line_of_the_log(string connectionString)
    {
        var server = ServerProcess.Launch(settings: ["--Storage:Provider=SqlServer", $"--ConnectionStrings:CommandCenter={connectionString}", "--Logging:LogLevel:Default=Debug"]);
        try
        {
            for (var i = 0; i < 40 && !server.HasExited; i++)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
                await Try(server, "/healthz/ready");
                await Try(server, "/api/v1/incidents");
                await Try(server, "/");
            }

            server.Output.Length.ShouldBeGreaterThan(0);
            server.Output.ShouldNotContain(Secret);
        }
        finally
        {
            await server.DisposeAsync();
            Directory.Delete(server.Folder, recursive: true);
        }
    }

    [Fact]
    public async Task Keys_and_passwords_that_are_sent_are_in_no_line_of_the_log_nor_in_the_record()
    {
        await using var server = await ServerProcess.StartAsync(settings: ["--Logging:LogLevel:Default=Debug", "--Logging:LogLevel:Microsoft.AspNetCore=Debug", "--Keys:CertificatePassword=" + Secret]);
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Add(TestAccess.KeyHeader, $"cck_{Secret}");
        (await http.GetAsync(new Uri("/api/v1/incidents", UriKind.Relative), TestContext.Current.CancellationToken)).IsSuccessStatusCode.ShouldBeFalse();
        await server.Http.GetAsync(new Uri("/api/v1/incidents?limit=x", UriKind.Relative), TestContext.Current.CancellationToken);

        server.Output.ShouldNotContain(Secret);
        server.Output.ShouldNotContain(server.ApiKey);
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(server.Folder, "commandcenter.db")};Mode=ReadOnly");
        var rows = (await connection.QueryAsync<string>("SELECT subject || object || COALESCE(detail, '') FROM audit_log")).AsList();
        rows.ShouldNotBeEmpty();
        rows.ShouldAllBe(row => !row.Contains(Secret, StringComparison.Ordinal));
    }

    /// <summary>No address that somebody gives is fetched: the program has nothing to fetch with.</summary>
    [Fact]
    public void The_program_asks_no_other_server()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "CommandCenter.sln")))
        {
            root = root.Parent;
        }

        var fetching = from folder in new[] { "CommandCenter.Data", "CommandCenter.Web" }
                       from file in Directory.EnumerateFiles(Path.Combine(root!.FullName, folder), "*.cs", SearchOption.AllDirectories)
                       where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                       let text = File.ReadAllText(file)
                       where new[] { "HttpClient", "WebRequest", "HttpMessageInvoker", "SmtpClient", "TcpClient", "ClientWebSocket", "XmlUrlResolver", "DtdProcessing.Parse" }.Any(text.Contains)
                       select file;
        fetching.ShouldBeEmpty();
    }

    private static async Task Try(ServerProcess server, string path)
    {
        try
        {
            using var answer = await server.Http.GetAsync(new Uri(path, UriKind.Relative));
        }
        catch (HttpRequestException)
        {
            // Not there, or not there any more.
        }
    }
}
