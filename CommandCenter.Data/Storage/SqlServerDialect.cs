using System.Data;
using System.Data.Common;
using CommandCenter.Data.Events;
using CommandCenter.Data.Privacy;
using Dapper;
using Microsoft.Data.SqlClient;

namespace CommandCenter.Data.Storage;

/// <summary>SQL Server 2019 and later, and servers that speak its protocol and dialect.</summary>
internal partial class SqlServerDialect : Dialect
{
    // The server tells that a lock was not to be had; the command waits for that answer a little longer than the server for the lock.
    private const int SecondsOfGrace = 15;

    // A server that is away is told to callers within this, and is found again within this.
    private const int ConnectSeconds = 5;

    private readonly string _connectionString;
    private readonly int _lockTimeoutSeconds;
    private readonly SqlServerFaults _faults;
    private volatile bool _readsSnapshots;

    public SqlServerDialect(StorageOptions options)
    {
        var builder = new SqlConnectionStringBuilder(options.ConnectionString);

        // Newer clients encrypt unless told otherwise and this one does not: what an operator did not say is said here.
        if (!builder.ShouldSerialize("Encrypt"))
        {
            builder.Encrypt = true;
        }

        if (!builder.ShouldSerialize("Connect Timeout"))
        {
            builder.ConnectTimeout = ConnectSeconds;
        }

        // Left to itself the pool goes on refusing for up to a minute after a server is back, and the client repeats what it may
        // not know to be repeatable: trying again is the store's own business.
        if (!builder.ShouldSerialize("Pool Blocking Period"))
        {
            builder.PoolBlockingPeriod = PoolBlockingPeriod.NeverBlock;
        }

        if (!builder.ShouldSerialize("Connect Retry Count"))
        {
            builder.ConnectRetryCount = 0;
        }

        Keys = new KeyRing(options.KeyFile);
        SkippedScripts = options.SkippedScripts.ToHashSet(StringComparer.Ordinal);
        builder.ApplicationName = "CommandCenter";
        _connectionString = builder.ConnectionString;
        _lockTimeoutSeconds = options.LockTimeoutSeconds;
        Catalog = builder.InitialCatalog;
        Login = builder.IntegratedSecurity || builder.UserID.Length == 0 ? $"{Environment.UserDomainName}\\{Environment.UserName}" : builder.UserID;
        _faults = new SqlServerFaults(builder.DataSource, Catalog, Login);
    }

    public override KeyRing Keys { get; }

    internal string Catalog { get; }

    internal string Login { get; }

    internal SqlServerFaults Faults => _faults;

    public override string DatabaseName =>
        $"{new SqlConnectionStringBuilder(_connectionString).DataSource}/{Catalog}";

    public override string ScriptFolder => "sqlserver";

    public override IReadOnlySet<string> SkippedScripts { get; }

    // A statement takes at most 2,100 parameters and a VALUES list at most 1,000 rows.
    internal override IRowWriter OpenRowWriter(DbConnection connection, RowTable table) =>
        new BufferedRowWriter(connection, this, table, Math.Clamp(2000 / table.Columns.Count, 1, 1000));

    /// <inheritdoc/>
    /// <remarks>The lock is the transaction's, so that it ends with the commit and no position is visible before a smaller one.</remarks>
    public override DbTransaction BeginWrite(DbConnection connection)
    {
        var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        try
        {
            var arguments = new DynamicParameters();
            arguments.Add("Resource", "commandcenter.event_log", DbType.String, size: 255);
            arguments.Add("LockMode", "Exclusive", DbType.String, size: 32);
            arguments.Add("LockOwner", "Transaction", DbType.String, size: 32);
            arguments.Add("LockTimeout", _lockTimeoutSeconds * 1000, DbType.Int32);
            arguments.Add("result", dbType: DbType.Int32, direction: ParameterDirection.ReturnValue);
            connection.Execute(
                "sp_getapplock", arguments, transaction, _lockTimeoutSeconds + SecondsOfGrace, CommandType.StoredProcedure);
            if (arguments.Get<int>("result") is var result and < 0)
            {
                throw new StoreUnavailableException(
                    StoreFault.Locked,
                    $"The write lock of the database was not to be had within {_lockTimeoutSeconds} s (sp_getapplock answered {result}). Nothing of this request was kept; send it again.");
            }

            return transaction;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Snapshot isolation, beside the writer, where the database allows it (<see cref="PrepareAsync"/> switches it on); else it
    /// holds the write lock, which is right too and lets the writers wait.
    /// </remarks>
    public override DbTransaction BeginRead(DbConnection connection) =>
        _readsSnapshots ? connection.BeginTransaction(IsolationLevel.Snapshot) : BeginWrite(connection);

    public override object Instant(DateTime utc) => DateTime.SpecifyKind(utc, DateTimeKind.Unspecified);

    public override string UtcNow => "SYSUTCDATETIME()";

    public override string VersionSql => EventLogTable.HeadSql;

    public override object Day(DateOnly day) => day.ToDateTime(TimeOnly.MinValue);

    // Dapper writes them out as parameters. OPENJSON would be one, but its texts have a collation of their own.
    public override (string Condition, object Argument) IsOneOf(string column, string parameter, IReadOnlyCollection<string> texts) =>
        ($"{column} IN {parameter}", texts);

    public override (string Column, Func<string, string, string> FromLonLat)? PointColumn(string column) =>
        (column, (lon, lat) => $"CASE WHEN {lon} IS NULL OR {lat} IS NULL THEN NULL ELSE geography::Point({lat}, {lon}, 4326) END");

    public override string? MetresBetween(string point, string lon, string lat) => $"{point}.STDistance(geography::Point({lat}, {lon}, 4326))";

    public override string? MayMeet(string shape, string parameter) => $"{shape}.STIntersects({ShapeFromWkb(parameter)}) = 1";

    public override string ShapeFromWkb(string parameter) => $"geography::STGeomFromWKB({parameter}, 4326)";

    public override string ShapeAsWkb(string column) => $"{column}.STAsBinary()";

    public override (string Top, string Limit) First(string parameter) => ($"TOP ({parameter})", "");

    public override StoreUnavailableException? Unavailable(Exception failure) => failure switch
    {
        StoreUnavailableException known => known,
        _ when ErrorOf(failure) is { } error => _faults.Describe(error, failure),
        InvalidOperationException { Source: "Microsoft.Data.SqlClient" or "Core Microsoft SqlClient Data Provider" } => new(
            StoreFault.Away, "The connection to SQL Server is closed or none was free in time.", failure),
        _ => null,
    };

    public override bool IsTransient(Exception failure) => ErrorOf(failure) is { } error && SqlServerFaults.IsTransient(error);

    public override bool IsLineLost(Exception failure) => ErrorOf(failure) is { } error && SqlServerFaults.IsLineLost(error);

    public override bool LeavesOutcomeUnknown(Exception failure) => ErrorOf(failure) is not { } error || SqlServerFaults.LeavesOutcomeUnknown(error);

    public override bool BreaksConnection(Exception failure) =>
        failure is InvalidOperationException || (ErrorOf(failure) is { } error && SqlServerFaults.LeavesOutcomeUnknown(error));

    public override void ForgetConnections()
    {
        using var connection = Connect();
        if (connection is SqlConnection pooled)
        {
            SqlConnection.ClearPool(pooled);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Creates the database where it is missing and the login may; switches row versions on (<see cref="SqlServerPreparation"/>).</remarks>
    public override async Task<string?> PrepareAsync(CancellationToken cancellationToken)
    {
        var prepared = await new SqlServerPreparation(this).RunAsync(cancellationToken);
        _readsSnapshots = prepared.ReadsSnapshots;
        return prepared.Advice;
    }

    internal override async Task LookAsync(DbConnection connection, CancellationToken cancellationToken) =>
        _readsSnapshots = await connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            "SELECT CAST(snapshot_isolation_state AS int) FROM sys.databases WHERE name = DB_NAME()", cancellationToken: cancellationToken)) == 1;

    public override Task CheckRightsAsync(bool toMigrate, CancellationToken cancellationToken) =>
        new SqlServerRights(this).CheckAsync(toMigrate, cancellationToken);

    /// <summary>A connection of this database, not opened yet.</summary>
    protected override DbConnection Connect() => new SqlConnection(_connectionString);

    /// <summary>A connection to the server's own database, not opened yet.</summary>
    protected internal virtual DbConnection ConnectToMaster() =>
        new SqlConnection(new SqlConnectionStringBuilder(_connectionString) { InitialCatalog = "master", Pooling = false }.ConnectionString);

    /// <summary>What the server or its client reported; null for any other failure.</summary>
    protected internal virtual ServerError? ErrorOf(Exception failure) =>
        failure is SqlException e ? new ServerError(e.Number, e.Class, e.Message) : null;
}
