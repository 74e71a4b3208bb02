using System.Data;
using System.Data.Common;
using CommandCenter.Data.Events;
using Dapper;
using Microsoft.Data.SqlClient;

namespace CommandCenter.Data.Storage;

/// <summary>SQL Server 2019 and later, and servers that speak its protocol and dialect.</summary>
internal partial class SqlServerDialect : Dialect
{
    // sys.messages numbers, and the client's own (negative, and those of the network layer).
    private static readonly HashSet<int> TransientNumbers = [1205, 1222, 3960, 40197, 40501, 49918, 49919, 49920];
    private static readonly HashSet<int> AwayNumbers = [-2, -1, 2, 20, 53, 64, 121, 233, 258, 4060, 10053, 10054, 10060, 10061, 10928, 10929, 11001, 17142, 18456, 40613];

    // The server tells that a lock was not to be had; the command waits for that answer a little longer than the server for the lock.
    private const int SecondsOfGrace = 15;

    private readonly string _connectionString;
    private readonly int _lockTimeoutSeconds;

    public SqlServerDialect(StorageOptions options)
    {
        var builder = new SqlConnectionStringBuilder(options.ConnectionString);

        // Newer clients encrypt unless told otherwise and this one does not: what an operator did not say is said here.
        if (!builder.ShouldSerialize("Encrypt"))
        {
            builder.Encrypt = true;
        }

        SkippedScripts = options.SkippedScripts.ToHashSet(StringComparer.Ordinal);
        builder.ApplicationName = "CommandCenter";
        _connectionString = builder.ConnectionString;
        _lockTimeoutSeconds = options.LockTimeoutSeconds;
    }

    public override string ScriptFolder => "sqlserver";

    public override IReadOnlySet<string> SkippedScripts { get; }

    // A statement takes at most 2,100 parameters and a VALUES list at most 1,000 rows.
    internal override IRowWriter OpenRowWriter(DbConnection connection, RowTable table) =>
        new BufferedRowWriter(connection, this, table, Math.Clamp(2000 / table.Columns.Count, 1, 1000));

    public override async ValueTask<DbConnection> OpenReaderAsync(CancellationToken cancellationToken)
    {
        var connection = Connect();
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override DbConnection OpenWriter()
    {
        var connection = Connect();
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

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
    /// Holds the write lock. Snapshot isolation would spare the writers the wait, but it must first be allowed for the database,
    /// and this is for the rare reading of everything at a node's start.
    /// </remarks>
    public override DbTransaction BeginRead(DbConnection connection) => BeginWrite(connection);

    public override object Instant(DateTime utc) => DateTime.SpecifyKind(utc, DateTimeKind.Unspecified);

    public override string UtcNow => "SYSUTCDATETIME()";

    public override string VersionSql => EventLogTable.HeadSql;

    public override object Day(DateOnly day) => day.ToDateTime(TimeOnly.MinValue);

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
        SqlException { Number: 1105 or 9002 or 1101 } => new(
            StoreFault.Full, "The database or its log has no room left. Nothing of this request was kept; make room and send it again.", failure),
        SqlException { Number: 3906 or 3908 } => new(
            StoreFault.ReadOnly, "The database is read-only. Nothing of this request was kept; make it writable, or connect to the primary.", failure),
        SqlException { Number: 823 or 824 or 825 or 832 } => new(
            StoreFault.Corrupt, "SQL Server reports damaged pages in the database. Run DBCC CHECKDB and restore from a backup.", failure),
        SqlException { Number: 1222 } => new(
            StoreFault.Locked, "The database is locked by another session. Nothing of this request was kept; send it again.", failure),
        SqlException e when AwayNumbers.Contains(e.Number) || e.Class >= 20 => new(
            StoreFault.Away, $"SQL Server can't be reached or refused the connection (error {e.Number}).", failure) { OutcomeUnknown = e.Class >= 20 },
        InvalidOperationException { Source: "Microsoft.Data.SqlClient" or "Core Microsoft SqlClient Data Provider" } => new(
            StoreFault.Away, "The connection to SQL Server is closed or none was free in time.", failure),
        _ => null,
    };

    public override bool IsTransient(Exception failure) => failure is SqlException e && TransientNumbers.Contains(e.Number);

    public override bool BreaksConnection(Exception failure) => failure is SqlException { Class: >= 20 } or InvalidOperationException
        || (failure is SqlException e && AwayNumbers.Contains(e.Number));

    /// <inheritdoc/>
    /// <remarks>
    /// Row versions let readers see the last committed state instead of waiting for the writer, all tables of a statement as of
    /// the same moment. The server may not let this account switch them on, or not while others are connected: that is told,
    /// and the program works, slower.
    /// </remarks>
    public override async Task<string?> PrepareAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenReaderAsync(cancellationToken);
        var on = await connection.ExecuteScalarAsync<bool?>(new CommandDefinition(
            "SELECT is_read_committed_snapshot_on FROM sys.databases WHERE name = DB_NAME()", cancellationToken: cancellationToken));
        if (on != false)
        {
            return null;
        }

        try
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT", cancellationToken: cancellationToken));
            return null;
        }
        catch (SqlException e)
        {
            return $"READ_COMMITTED_SNAPSHOT is off and could not be switched on (error {e.Number}): readers wait for the writer. "
                + "Let an administrator run ALTER DATABASE … SET READ_COMMITTED_SNAPSHOT ON while the program is stopped.";
        }
    }

    /// <summary>A connection of this database, not opened yet.</summary>
    protected virtual DbConnection Connect() => new SqlConnection(_connectionString);
}
