using CommandCenter.Data.Storage;
using Dapper;
using Microsoft.Data.SqlClient;

namespace CommandCenter.Tests.Storage;

/// <summary>
/// The database that <c>COMMANDCENTER_TEST_SQLSERVER</c> names, emptied of our tables before each test; nothing else in it is
/// touched. Skipped, with the reason, where it is not set.
/// </summary>
internal sealed class SqlServerDatabase : TestDatabase
{
    public const string Variable = "COMMANDCENTER_TEST_SQLSERVER";

    /// <param name="beside">Names another database beside the one of the variable: its name with this behind it.</param>
    public SqlServerDatabase(string beside = "")
    {
        var given = Environment.GetEnvironmentVariable(Variable) ?? "";
        if (given.Length > 0 && beside.Length > 0)
        {
            var named = new SqlConnectionStringBuilder(given);
            named.InitialCatalog += beside;
            given = named.ConnectionString;
        }

        Options = new StorageOptions { Provider = StorageProvider.SqlServer, ConnectionString = given, LockTimeoutSeconds = 20, KeyFile = TestKeys.File };
    }

    public override StorageOptions Options { get; }

    public override async Task CreateAsync()
    {
        Assert.SkipWhen(
            Options.ConnectionString.Length == 0,
            $"{Variable} names no SQL Server: set it to the connection string of a database that the tests may empty.");
        await CreateDatabaseAsync();
        Options.SkipScripts = await WithoutSpatialIndexesAsync()
            ? string.Join(',', TSql.Scripts.Where(script => script.IsOptional).Select(script => script.Name))
            : "";
        await DropAsync();
    }

    public override Dialect DialectThatRetries<TFault>() => new Retrying<TFault>(Options);

    public override Dialect DialectThatWaits(int seconds) =>
        new SqlServerDialect(new StorageOptions { Provider = StorageProvider.SqlServer, ConnectionString = Options.ConnectionString, LockTimeoutSeconds = seconds, KeyFile = TestKeys.File });

    protected override Dialect NewDialect() => new SqlServerDialect(Options);

    // In the opposite order of their making, because later tables may refer to earlier ones.
    protected override async Task DropAsync()
    {
        if (Options.ConnectionString.Length == 0)
        {
            return;
        }

        await using var connection = await ConnectAsync();
        foreach (var table in TSql.TablesOfScripts().Append("schema_version").Reverse())
        {
            await connection.ExecuteAsync($"DROP TABLE IF EXISTS {table}");
        }
    }

    // PostgreSQL speaking TDS has no spatial indexes, and names itself.
    private async Task<bool> WithoutSpatialIndexesAsync()
    {
        await using var connection = await ConnectAsync();
        return await connection.ExecuteScalarAsync<string?>("SELECT CAST(SERVERPROPERTY('BabelfishVersion') AS nvarchar(60))") is not null;
    }

    private async Task CreateDatabaseAsync()
    {
        var named = new SqlConnectionStringBuilder(Options.ConnectionString);
        if (named.InitialCatalog is "" or "master")
        {
            throw new InvalidOperationException($"{Variable} must name a database (Database=…) that the tests may empty.");
        }

        await using var server = new SqlConnection(new SqlConnectionStringBuilder(named.ConnectionString) { InitialCatalog = "master", Pooling = false }.ConnectionString);
        await server.OpenAsync();
        if (await server.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM sys.databases WHERE name = @name", new { name = named.InitialCatalog }) == 0)
        {
            await server.ExecuteAsync($"CREATE DATABASE [{named.InitialCatalog.Replace("]", "]]", StringComparison.Ordinal)}]");
        }
    }

    private sealed class Retrying<TFault>(StorageOptions options) : SqlServerDialect(options)
        where TFault : Exception
    {
        public override bool IsTransient(Exception failure) => failure is TFault || base.IsTransient(failure);
    }
}
